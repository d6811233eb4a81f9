// A Record to one line of JSON, as docs/record.md says. RapidJSON's writer, event by event, into
// one buffer; no tree is built. Linear in the size of the record, and the same bytes every time.
// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>

#include "dateline/record.h"
#include "record/offsets.h"
#include "record/utf8.h"

namespace dateline {

namespace {

using record::CodePoints;

class RecordWriter {
 public:
  RecordWriter(const Record& record, rapidjson::StringBuffer& buffer)
      : record_(record), points_(record.text), json_(buffer) {}

  void write() {
    json_.StartObject();
    text("schema", "dateline/1");
    text("id", record_.id);
    origin();
    known("title", record_.title);
    if (!record_.authors.empty()) strings("authors", record_.authors);
    known("language", record_.language);
    published();
    known("modified", record_.modified);
    key("read_by");
    json_.StartObject();
    known("engine", record_.read_by.engine);
    known("pipeline", record_.read_by.pipeline);
    known("knowledge", record_.read_by.knowledge);
    known("components", record_.read_by.components);
    known("reading", record_.read_by.reading);
    known("converter", record_.read_by.converter);
    json_.EndObject();
    text("text", record_.text);
    array("sections", record_.sections, [&](const Section& section) {
      json_.StartObject();
      known("kind", section.kind);
      span("span", section.span);
      json_.EndObject();
    });
    if (record_.source_map) {
      array("source_map", *record_.source_map, [&](const SourceSpan& one) {
        json_.StartObject();
        span("span", one.span);
        key("bytes");
        json_.StartArray();
        json_.Uint64(one.begin);
        json_.Uint64(one.end);
        json_.EndArray();
        json_.EndObject();
      });
    }
    if (record_.page_map) {
      array("page_map", *record_.page_map, [&](const PageSpan& one) {
        json_.StartObject();
        span("span", one.span);
        key("page");
        json_.Uint(one.page);
        key("box");
        json_.StartArray();
        for (const double side : {one.left, one.top, one.right, one.bottom}) number(side);
        json_.EndArray();
        json_.EndObject();
      });
    }
    if (record_.time_map) {
      array("time_map", *record_.time_map, [&](const TimeSpan& one) {
        json_.StartObject();
        span("span", one.span);
        key("ms");
        json_.StartArray();
        json_.Uint64(one.begin);
        json_.Uint64(one.end);
        json_.EndArray();
        json_.EndObject();
      });
    }
    spans("sentences", record_.sentences);
    if (record_.tokens) array("tokens", *record_.tokens, [&](const auto& item) { one(item); });
    if (record_.names) array("names", *record_.names, [&](const auto& item) { one(item); });
    array("entities", record_.entities, [&](const auto& item) { one(item); });
    array("times", record_.times, [&](const auto& item) { one(item); });
    array("places", record_.places, [&](const auto& item) { one(item); });
    array("quantities", record_.quantities, [&](const auto& item) { one(item); });
    array("attributions", record_.attributions, [&](const auto& item) { one(item); });
    array("events", record_.events, [&](const auto& item) { one(item); });
    array("gaps", record_.gaps, [&](const Gap& gap) {
      json_.StartObject();
      known("kind", gap.kind);
      spans("spans", gap.spans);
      known("note", gap.note);
      json_.EndObject();
    });
    strings("warnings", record_.warnings);
    json_.EndObject();
  }

 private:
  void origin() {
    const Origin& from = record_.source;
    if (from.uri.empty() && from.file.empty() && from.publisher.empty() && from.licence.empty() &&
        from.media_type.empty() && from.charset.empty() && from.retrieved.empty()) {
      return;
    }
    key("source");
    json_.StartObject();
    known("uri", from.uri);
    known("file", from.file);
    known("publisher", from.publisher);
    known("licence", from.licence);
    known("media_type", from.media_type);
    known("charset", from.charset);
    known("retrieved", from.retrieved);
    json_.EndObject();
  }

  void published() {
    if (!record_.published) return;
    key("published");
    json_.StartObject();
    known("value", record_.published->value);
    known("from", record_.published->from);
    known("confidence", record_.published->confidence);
    json_.EndObject();
  }

  void one(const TokenInfo& token) {
    json_.StartObject();
    span("span", token.span);
    known("tag", token.tag);
    known("pos", token.pos);
    known("lemma", token.lemma);
    key("head");
    json_.Uint(token.head);
    known("dep", token.dep);
    json_.EndObject();
  }

  void one(const NameInfo& name) {
    json_.StartObject();
    span("span", name.span);
    known("label", name.label);
    json_.EndObject();
  }

  void one(const Entity& entity) {
    json_.StartObject();
    text("id", entity.id);
    known("kind", entity.kind);
    known("name", entity.name);
    some("aliases", entity.aliases, [&](const Alias& alias) {
      json_.StartObject();
      text("name", alias.name);
      known("span", alias.span);
      json_.EndObject();
    });
    array("mentions", entity.mentions, [&](const Mention& mention) {
      json_.StartObject();
      span("span", mention.span);
      known("form", mention.form);
      known("head", mention.head);
      known("name", mention.name);
      json_.EndObject();
    });
    some("roles", entity.roles, [&](const Role& role) {
      json_.StartObject();
      text("role", role.role);
      known("of", role.of);
      span("span", role.span);
      json_.EndObject();
    });
    if (entity.actor) {
      key("actor");
      json_.StartObject();
      known("country", entity.actor->country);
      known("sector", entity.actor->sector);
      known("from", entity.actor->from);
      json_.EndObject();
    }
    json_.EndObject();
  }

  void one(const Time& time) {
    json_.StartObject();
    text("id", time.id);
    span("span", time.span);
    known("type", time.type);
    known("value", time.value);
    known("granularity", time.granularity);
    known("mod", time.mod);
    known("quant", time.quant);
    known("freq", time.freq);
    known("begin", time.begin);
    known("end", time.end);
    known("from", time.from);
    known("anchor", time.anchor);
    json_.EndObject();
  }

  void one(const Place& place) {
    json_.StartObject();
    text("id", place.id);
    span("span", place.span);
    known("entity", place.entity);
    known("name", place.name);
    if (place.geonameid) {
      key("geonameid");
      json_.Int64(*place.geonameid);
    }
    known("lat", place.lat);
    known("lon", place.lon);
    known("country", place.country);
    known("admin1", place.admin1);
    known("feature", place.feature);
    known("precision", place.precision);
    known("confidence", place.confidence);
    json_.EndObject();
  }

  void one(const Quantity& quantity) {
    json_.StartObject();
    text("id", quantity.id);
    span("span", quantity.span);
    key("value");
    number(quantity.value);
    known("min", quantity.min);
    known("max", quantity.max);
    known("qualifier", quantity.qualifier);
    known("unit", quantity.unit);
    known("counts", quantity.counts);
    json_.EndObject();
  }

  void one(const Attribution& attribution) {
    json_.StartObject();
    text("id", attribution.id);
    if (!attribution.source.spans.empty() || !attribution.source.entity.empty()) {
      key("source");
      json_.StartObject();
      spans("spans", attribution.source.spans);
      known("entity", attribution.source.entity);
      json_.EndObject();
    }
    if (!attribution.cue.spans.empty() || !attribution.cue.lemma.empty()) {
      key("cue");
      json_.StartObject();
      spans("spans", attribution.cue.spans);
      known("lemma", attribution.cue.lemma);
      json_.EndObject();
    }
    if (!attribution.content.empty()) {
      key("content");
      json_.StartObject();
      spans("spans", attribution.content);
      json_.EndObject();
    }
    known("form", attribution.form);
    known("stance", attribution.stance);
    known("inside", attribution.inside);
    known("confidence", attribution.confidence);
    json_.EndObject();
  }

  void one(const Event& event) {
    json_.StartObject();
    text("id", event.id);
    known("incident", event.incident);
    known("type", event.type);
    known("mode", event.mode);
    if (!event.contexts.empty()) strings("contexts", event.contexts);
    span("trigger", event.trigger);
    key("sentence");
    json_.Uint(event.sentence);
    const auto participant = [&](const Participant& who) {
      json_.StartObject();
      known("entity", who.entity);
      span("span", who.span);
      json_.EndObject();
    };
    some("actors", event.actors, participant);
    some("recipients", event.recipients, participant);
    if (event.date) {
      key("date");
      json_.StartObject();
      known("begin", event.date->begin);
      known("end", event.date->end);
      known("time", event.date->time);
      known("from", event.date->from);
      json_.EndObject();
    }
    known("place", event.place);
    if (!event.quantities.empty()) strings("quantities", event.quantities);
    known("polarity", event.polarity);
    known("status", event.status);
    if (!event.within.empty()) strings("within", event.within);
    if (!event.according_to.empty()) strings("according_to", event.according_to);
    if (event.main) {
      key("main");
      json_.Bool(*event.main);
    }
    known("confidence", event.confidence);
    json_.EndObject();
  }

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  void string(std::string_view value) {
    // Only what came from outside the readers (a file's name, say) can be other than UTF-8.
    if (!record::is_utf8(value)) {
      std::string repaired(value);
      record::repair_utf8(repaired);
      json_.String(repaired.data(), static_cast<rapidjson::SizeType>(repaired.size()));
      return;
    }
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }

  void number(std::optional<double> value) {
    constexpr double kExact = 9007199254740992.0;  // 2^53: below, every whole number is itself.
    if (!value || !std::isfinite(*value)) {
      json_.Null();
    } else if (*value == std::trunc(*value) && std::abs(*value) <= kExact) {
      json_.Int64(static_cast<std::int64_t>(*value));
    } else {
      char digits[32];
      const auto [end, error] = std::to_chars(digits, digits + sizeof digits, *value);
      json_.RawValue(digits, static_cast<std::size_t>(end - digits), rapidjson::kNumberType);
    }
  }

  void text(std::string_view name, std::string_view value) {
    key(name);
    string(value);
  }

  void span(std::string_view name, Span value) {
    key(name);
    pair(value);
  }

  void pair(Span value) {
    json_.StartArray();
    json_.Uint(points_.at(value.begin));
    json_.Uint(points_.at(value.end));
    json_.EndArray();
  }

  // What is unknown leaves no trace.
  void known(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void known(std::string_view name, std::optional<double> value) {
    if (!value || !std::isfinite(*value)) return;
    key(name);
    number(value);
  }
  void known(std::string_view name, std::optional<Span> value) {
    if (value) span(name, *value);
  }

  template <typename Items, typename Write>
  void array(std::string_view name, const Items& items, Write write_one) {
    key(name);
    json_.StartArray();
    for (const auto& item : items) write_one(item);
    json_.EndArray();
  }

  template <typename Items, typename Write>
  void some(std::string_view name, const Items& items, Write write_one) {
    if (!items.empty()) array(name, items, write_one);
  }

  void strings(std::string_view name, const std::vector<std::string>& items) {
    array(name, items, [&](const std::string& item) { string(item); });
  }

  void spans(std::string_view name, const std::vector<Span>& items) {
    array(name, items, [&](Span item) { pair(item); });
  }

  const Record& record_;
  CodePoints points_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
};

}  // namespace

void append_json(const Record& record, std::string& out) {
  // About what a record takes, so that the buffer seldom grows.
  std::size_t expected = 4096 + record.text.size() + record.text.size() / 16;
  if (record.tokens) expected += record.tokens->size() * 112;
  rapidjson::StringBuffer buffer(nullptr, expected);
  RecordWriter(record, buffer).write();
  out.append(buffer.GetString(), buffer.GetSize());
}

}  // namespace dateline
