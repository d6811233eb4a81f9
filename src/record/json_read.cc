// One line of JSON back to a Record. RapidJSON parses iteratively (depth costs no stack) and checks
// UTF-8; numbers are converted by from_chars. Fields that are unknown are passed over, a field of
// the wrong type or a span outside the text is an error that names its place.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "dateline/record.h"
#include "record/offsets.h"

namespace dateline {

namespace {

using Json = rapidjson::Value;

constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

/// Builds the document, converting the digits of each number by itself: the parser's own
/// conversion of long fractions with great exponents is not to be trusted with any input.
struct Numbers {
  rapidjson::Document& document;

  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    std::int64_t whole = 0;
    const char* const end = digits + size;
    if (const auto got = std::from_chars(digits, end, whole);
        got.ec == std::errc() && got.ptr == end) {
      return document.Int64(whole);
    }
    double real = 0;
    const auto got = std::from_chars(digits, end, real);
    if (got.ec == std::errc::result_out_of_range) return document.Null();
    return got.ec == std::errc() && got.ptr == end && document.Double(real);
  }
  bool Null() { return document.Null(); }
  bool Bool(bool value) { return document.Bool(value); }
  bool Int(int value) { return document.Int(value); }
  bool Uint(unsigned value) { return document.Uint(value); }
  bool Int64(std::int64_t value) { return document.Int64(value); }
  bool Uint64(std::uint64_t value) { return document.Uint64(value); }
  bool Double(double value) { return document.Double(value); }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return document.String(text, size, copy);
  }
  bool StartObject() { return document.StartObject(); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return document.Key(text, size, copy);
  }
  bool EndObject(rapidjson::SizeType members) { return document.EndObject(members); }
  bool StartArray() { return document.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) { return document.EndArray(elements); }
};

std::optional<Error> parse(std::string_view json, rapidjson::Document& document) {
  if (json.size() > kMaxBytes) {
    return Error{1091, "a record of more than 1 GiB of JSON is not read", {}};
  }
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  const auto generate = [&](rapidjson::Document& into) {
    Numbers numbers{into};
    return !reader.Parse < rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
           rapidjson::kParseNumbersAsStringsFlag > (stream, numbers).IsError();
  };
  document.Populate(generate);
  if (reader.HasParseError()) {
    const std::size_t at = reader.GetErrorOffset();
    return Error{1090,
                 fmt::format("not JSON at byte {}: {}", at,
                             rapidjson::GetParseError_En(reader.GetParseErrorCode())),
                 at};
  }
  if (stream.Tell() != json.size()) {
    return Error{1090, fmt::format("not JSON at byte {}: more follows the object", stream.Tell()),
                 stream.Tell()};
  }
  return std::nullopt;
}

/// Takes a parsed record apart. The first mistake is kept; what is read after it is dropped.
class RecordReader {
 public:
  explicit RecordReader(const Json& root) : root_(root), bytes_(text_of(root)) {}

  Result<Record> read() {
    if (!root_.IsObject()) return wrong("the record is not an object");
    const Json* schema = member(root_, "schema");
    if (schema == nullptr || !schema->IsString()) return wrong("'schema' is missing");
    const std::string_view given(schema->GetString(), schema->GetStringLength());
    if (given != "dateline/1") {
      return wrong(fmt::format("schema '{}' is not 'dateline/1'", given.substr(0, 64)));
    }
    if (const Json* body = member(root_, "text"); body == nullptr || !body->IsString()) {
      return wrong("'text' is missing");
    }
    Record record;
    take(root_, "id", record.id);
    if (const Json* source = object(root_, "source")) {
      take(*source, "uri", record.source.uri);
      take(*source, "file", record.source.file);
      take(*source, "publisher", record.source.publisher);
      take(*source, "licence", record.source.licence);
      take(*source, "media_type", record.source.media_type);
      take(*source, "charset", record.source.charset);
      take(*source, "retrieved", record.source.retrieved);
    }
    take(root_, "title", record.title);
    take(root_, "authors", record.authors);
    take(root_, "language", record.language);
    if (const Json* published = object(root_, "published")) {
      Published& into = record.published.emplace();
      take(*published, "value", into.value);
      take(*published, "from", into.from);
      take(*published, "confidence", into.confidence);
    }
    take(root_, "modified", record.modified);
    if (const Json* read_by = object(root_, "read_by")) {
      take(*read_by, "engine", record.read_by.engine);
      take(*read_by, "pipeline", record.read_by.pipeline);
      take(*read_by, "knowledge", record.read_by.knowledge);
      take(*read_by, "components", record.read_by.components);
      take(*read_by, "reading", record.read_by.reading);
      take(*read_by, "converter", record.read_by.converter);
    }
    take(root_, "text", record.text);
    each(root_, "sections", record.sections);
    if (member(root_, "source_map")) each(root_, "source_map", record.source_map.emplace());
    if (member(root_, "page_map")) each(root_, "page_map", record.page_map.emplace());
    if (member(root_, "time_map")) each(root_, "time_map", record.time_map.emplace());
    take(root_, "sentences", record.sentences);
    if (member(root_, "tokens")) each(root_, "tokens", record.tokens.emplace());
    if (member(root_, "names")) each(root_, "names", record.names.emplace());
    each(root_, "entities", record.entities);
    each(root_, "times", record.times);
    each(root_, "places", record.places);
    each(root_, "quantities", record.quantities);
    each(root_, "attributions", record.attributions);
    each(root_, "events", record.events);
    each(root_, "gaps", record.gaps);
    take(root_, "warnings", record.warnings);
    if (!mistake_.empty()) return wrong(mistake_);
    return record;
  }

 private:
  static tl::unexpected<Error> wrong(std::string_view what) {
    return fail(1092, fmt::format("not a record: {}", what));
  }

  static std::string_view text_of(const Json& root) {
    const Json* text = root.IsObject() ? member(root, "text") : nullptr;
    if (text == nullptr || !text->IsString()) return {};
    return {text->GetString(), text->GetStringLength()};
  }

  /// A member that says something: null is the same as absent.
  static const Json* member(const Json& from, const char* name) {
    const auto found = from.FindMember(name);
    return found == from.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
  }

  void expected(const char* name, const char* what) {
    if (mistake_.empty()) mistake_ = fmt::format("'{}' is not {}", name, what);
  }

  const Json* object(const Json& from, const char* name) {
    const Json* found = member(from, name);
    if (found != nullptr && !found->IsObject()) {
      expected(name, "an object");
      return nullptr;
    }
    return found;
  }

  const Json* list(const Json& from, const char* name) {
    const Json* found = member(from, name);
    if (found != nullptr && !found->IsArray()) {
      expected(name, "an array");
      return nullptr;
    }
    return found;
  }

  void take(const Json& from, const char* name, std::string& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    if (!found->IsString()) return expected(name, "a string");
    into.assign(found->GetString(), found->GetStringLength());
  }

  void take(const Json& from, const char* name, std::optional<double>& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    if (!found->IsNumber()) return expected(name, "a number");
    into = found->GetDouble();
  }

  void take(const Json& from, const char* name, std::optional<bool>& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    if (!found->IsBool()) return expected(name, "true or false");
    into = found->GetBool();
  }

  void take(const Json& from, const char* name, std::optional<std::int64_t>& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    if (!found->IsInt64()) return expected(name, "a whole number");
    into = found->GetInt64();
  }

  void take(const Json& from, const char* name, std::uint32_t& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    if (!found->IsUint()) return expected(name, "a whole number");
    into = found->GetUint();
  }

  void take(const Json& from, const char* name, std::vector<std::string>& into) {
    const Json* found = list(from, name);
    if (found == nullptr) return;
    for (const Json& item : found->GetArray()) {
      if (!item.IsString()) return expected(name, "an array of strings");
      into.emplace_back(item.GetString(), item.GetStringLength());
    }
  }

  void take(const Json& from, const char* name, std::vector<Span>& into) {
    const Json* found = list(from, name);
    if (found == nullptr) return;
    for (const Json& item : found->GetArray()) {
      if (const auto span = span_of(item)) {
        into.push_back(*span);
      } else {
        return expected(name, "an array of spans of the text");
      }
    }
  }

  void take(const Json& from, const char* name, std::optional<Span>& into) {
    const Json* found = member(from, name);
    if (found == nullptr) return;
    into = span_of(*found);
    if (!into) expected(name, "a span of the text");
  }

  /// A span that must be there.
  void take(const Json& from, const char* name, Span& into) {
    const Json* found = member(from, name);
    const auto span = found == nullptr ? std::nullopt : span_of(*found);
    if (!span) return expected(name, "a span of the text");
    into = *span;
  }

  std::optional<Span> span_of(const Json& pair) const {
    if (!pair.IsArray() || pair.Size() != 2 || !pair[0].IsUint64() || !pair[1].IsUint64()) {
      return std::nullopt;
    }
    const auto begin = bytes_.at(pair[0].GetUint64()), end = bytes_.at(pair[1].GetUint64());
    if (!begin || !end || *begin > *end) return std::nullopt;
    return Span{*begin, *end};
  }

  template <typename Item>
  void each(const Json& from, const char* name, std::vector<Item>& into) {
    const Json* found = list(from, name);
    if (found == nullptr) return;
    into.reserve(found->Size());
    for (const Json& item : found->GetArray()) {
      if (!item.IsObject()) return expected(name, "an array of objects");
      one(item, into.emplace_back());
      if (!mistake_.empty()) return;
    }
  }

  void one(const Json& from, SourceSpan& place) {
    take(from, "span", place.span);
    offsets(from, "bytes", place.begin, place.end);
  }

  void one(const Json& from, TimeSpan& place) {
    take(from, "span", place.span);
    offsets(from, "ms", place.begin, place.end);
  }

  void one(const Json& from, PageSpan& place) {
    take(from, "span", place.span);
    take(from, "page", place.page);
    const Json* box = list(from, "box");
    if (box == nullptr || box->Size() != 4) return expected("box", "four numbers");
    double* const sides[] = {&place.left, &place.top, &place.right, &place.bottom};
    for (rapidjson::SizeType i = 0; i < 4; ++i) {
      if (!(*box)[i].IsNumber()) return expected("box", "four numbers");
      *sides[i] = (*box)[i].GetDouble();
    }
  }

  void offsets(const Json& from, const char* name, std::uint64_t& begin, std::uint64_t& end) {
    const Json* pair = list(from, name);
    if (pair == nullptr || pair->Size() != 2 || !(*pair)[0].IsUint64() || !(*pair)[1].IsUint64()) {
      return expected(name, "a pair of offsets");
    }
    begin = (*pair)[0].GetUint64();
    end = (*pair)[1].GetUint64();
  }

  void one(const Json& from, Section& section) {
    take(from, "kind", section.kind);
    take(from, "span", section.span);
  }

  void one(const Json& from, TokenInfo& token) {
    take(from, "span", token.span);
    take(from, "tag", token.tag);
    take(from, "pos", token.pos);
    take(from, "lemma", token.lemma);
    take(from, "head", token.head);
    take(from, "dep", token.dep);
  }

  void one(const Json& from, NameInfo& name) {
    take(from, "span", name.span);
    take(from, "label", name.label);
  }

  void one(const Json& from, Alias& alias) {
    take(from, "name", alias.name);
    take(from, "span", alias.span);
  }

  void one(const Json& from, Mention& mention) {
    take(from, "span", mention.span);
    take(from, "form", mention.form);
    take(from, "head", mention.head);
    take(from, "name", mention.name);
  }

  void one(const Json& from, Role& role) {
    take(from, "role", role.role);
    take(from, "of", role.of);
    take(from, "span", role.span);
  }

  void one(const Json& from, Entity& entity) {
    take(from, "id", entity.id);
    take(from, "kind", entity.kind);
    take(from, "name", entity.name);
    each(from, "aliases", entity.aliases);
    each(from, "mentions", entity.mentions);
    each(from, "roles", entity.roles);
    if (const Json* actor = object(from, "actor")) {
      ActorCode& into = entity.actor.emplace();
      take(*actor, "country", into.country);
      take(*actor, "sector", into.sector);
      take(*actor, "from", into.from);
    }
  }

  void one(const Json& from, Time& time) {
    take(from, "id", time.id);
    take(from, "span", time.span);
    take(from, "type", time.type);
    take(from, "value", time.value);
    take(from, "granularity", time.granularity);
    take(from, "mod", time.mod);
    take(from, "quant", time.quant);
    take(from, "freq", time.freq);
    take(from, "begin", time.begin);
    take(from, "end", time.end);
    take(from, "from", time.from);
    take(from, "anchor", time.anchor);
  }

  void one(const Json& from, Place& place) {
    take(from, "id", place.id);
    take(from, "span", place.span);
    take(from, "entity", place.entity);
    take(from, "name", place.name);
    take(from, "geonameid", place.geonameid);
    take(from, "lat", place.lat);
    take(from, "lon", place.lon);
    take(from, "country", place.country);
    take(from, "admin1", place.admin1);
    take(from, "feature", place.feature);
    take(from, "precision", place.precision);
    take(from, "confidence", place.confidence);
  }

  void one(const Json& from, Quantity& quantity) {
    take(from, "id", quantity.id);
    take(from, "span", quantity.span);
    take(from, "value", quantity.value);
    take(from, "min", quantity.min);
    take(from, "max", quantity.max);
    take(from, "qualifier", quantity.qualifier);
    take(from, "unit", quantity.unit);
    take(from, "counts", quantity.counts);
  }

  void one(const Json& from, Attribution& attribution) {
    take(from, "id", attribution.id);
    if (const Json* source = object(from, "source")) {
      take(*source, "spans", attribution.source.spans);
      take(*source, "entity", attribution.source.entity);
    }
    if (const Json* cue = object(from, "cue")) {
      take(*cue, "spans", attribution.cue.spans);
      take(*cue, "lemma", attribution.cue.lemma);
    }
    if (const Json* content = object(from, "content")) take(*content, "spans", attribution.content);
    take(from, "form", attribution.form);
    take(from, "stance", attribution.stance);
    take(from, "inside", attribution.inside);
    take(from, "confidence", attribution.confidence);
  }

  void one(const Json& from, Participant& participant) {
    take(from, "entity", participant.entity);
    take(from, "span", participant.span);
  }

  void one(const Json& from, Event& event) {
    take(from, "id", event.id);
    take(from, "incident", event.incident);
    take(from, "type", event.type);
    take(from, "mode", event.mode);
    take(from, "contexts", event.contexts);
    take(from, "trigger", event.trigger);
    take(from, "sentence", event.sentence);
    each(from, "actors", event.actors);
    each(from, "recipients", event.recipients);
    if (const Json* date = object(from, "date")) {
      EventDate& into = event.date.emplace();
      take(*date, "begin", into.begin);
      take(*date, "end", into.end);
      take(*date, "time", into.time);
      take(*date, "from", into.from);
    }
    take(from, "place", event.place);
    take(from, "quantities", event.quantities);
    take(from, "polarity", event.polarity);
    take(from, "status", event.status);
    take(from, "within", event.within);
    take(from, "according_to", event.according_to);
    take(from, "main", event.main);
    take(from, "confidence", event.confidence);
  }

  void one(const Json& from, Gap& gap) {
    take(from, "kind", gap.kind);
    take(from, "spans", gap.spans);
    take(from, "note", gap.note);
  }

  const Json& root_;
  record::Bytes bytes_;
  std::string mistake_;
};

}  // namespace

Result<Record> record_from_json(std::string_view json) {
  rapidjson::Document document;
  if (auto mistake = parse(json, document)) return tl::unexpected(std::move(*mistake));
  return RecordReader(document).read();
}

}  // namespace dateline
