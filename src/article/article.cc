// SPDX-License-Identifier: Apache-2.0
#include "article/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "article/content_id.h"
#include "article/dates/iso.h"
#include "article/decoding/encoding.h"
#include "article/decoding/guess.h"
#include "article/decoding/kind.h"
#include "article/html.h"
#include "article/language.h"
#include "article/plain/plain.h"
#include "article/white_space.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

/// Spans count bytes in 32 bits, and what HTML gives may be longer than its bytes.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

/// Lines of a plain text: each may become a section, which takes a hundred bytes and more. A report
/// of 32 MB, the most that is read by default, with 60 bytes a line has half as many.
constexpr std::size_t kMostLines = 1'000'000;

std::string repaired(std::string text) {
  record::repair_utf8(text);
  return text;
}

std::string_view section_text(const Record& record, std::string_view kind) {
  for (const Section& section : record.sections) {
    if (section.kind == kind) return section.span.of(record.text);
  }
  return {};
}

void read_plain(const Input& input, const Markers& markers, Record& record) {
  record.source.media_type = "text/plain";
  record.text = has_wide_mark(input.bytes) && !input.verbatim
                    ? decode(input.bytes, "", false, record.warnings).text
                    : input.bytes;
  if (const auto repair = record::repair_utf8(record.text)) {
    record.warnings.push_back(
        fmt::format("{} ill-formed UTF-8 sequence{} replaced by U+FFFD, the first at byte {}",
                    repair->count, repair->count == 1 ? "" : "s", repair->first));
  }
  if (!input.verbatim) record.text = tidy(record.text);
  record.sections = plain_sections(record.text, record.title, markers);
  if (!input.verbatim) unwrap(record.text, record.sections);
  if (record.title.empty()) record.title = squeeze(section_text(record, "title"));
}

/// What another reader made of the bytes. Where that does not know how the text is made, its looks
/// tell, as those of a plain text.
void read_extract(const Extract& extract, const Markers& markers, bool maps, Record& record) {
  record.source.media_type = extract.media_type;
  record.read_by.converter = extract.converter;
  record.text = extract.text;
  record.sections =
      extract.sections.empty()
          ? plain_sections(record.text, record.title.empty() ? extract.title : record.title,
                           markers)
          : mark_sections(record.text, extract.sections, markers);
  if (record.title.empty()) record.title = squeeze(repaired(extract.title));
  if (record.title.empty()) record.title = squeeze(section_text(record, "title"));
  if (auto day = read_given_date(extract.date)) {
    record.published = Published{std::move(*day), "text", std::nullopt};
  }
  record.modified = read_given_date(extract.modified).value_or("");
  if (!maps) return;
  record.page_map = extract.page_map;
  record.time_map = extract.time_map;
}

/// The day on which a file was made, where nothing else tells one; else that of its last change.
void take_files_day(const Extract& extract, Record& record) {
  if (record.published) return;
  auto day = read_given_date(extract.created);
  const bool created = day.has_value();
  if (!created) day = read_given_date(extract.modified);
  if (!day) return;
  record.warnings.push_back(
      fmt::format("nothing tells its day but that its file was {} on {}: it may be older",
                  created ? "made" : "changed", day->substr(0, 10)));
  record.published = Published{std::move(*day), created ? "created" : "modified", std::nullopt};
}

/// What is known of a report only from its own words.
void read_own_words(const Bylines& bylines, const OutletWords& outlets, Record& record) {
  if (record.authors.empty()) {
    add_names(bylines.announced(section_text(record, "byline")), record.authors);
  }
  // Of a page's days one was chosen, or none.
  if (record.source.media_type == "text/html") return;
  OwnHead head = read_own_head(record, outlets);
  for (const std::size_t line : head.lines) {
    if (record.sections[line].kind == "paragraph") record.sections[line].kind = "byline";
  }
  if (!record.published && !head.day.empty() && !is_future(head.day, record.source.retrieved)) {
    record.published = Published{std::move(head.day), "text", std::nullopt};
  }
  if (record.source.publisher.empty()) record.source.publisher = std::move(head.outlet);
}

/// Bytes that are no report. A text to be kept as given may hold any characters, and may begin as
/// the bytes of some format do, as long as it is a text.
std::optional<Error> reason_against(const Input& input) {
  if (input.media_type == MediaType::kSubtitles) {
    return Error{1002, "not a report but subtitles, of which no text was made", {}};
  }
  const std::string_view format = format_by_magic(input.bytes);
  if (!format.empty() && !(input.verbatim && record::is_utf8(input.bytes))) {
    return Error{1002, fmt::format("not a report but {}", format), {}};
  }
  const bool is_wide_page =
      input.media_type == MediaType::kHtml && !wide_by_nuls(input.bytes).empty();
  if (!input.verbatim && !has_wide_mark(input.bytes) && !is_wide_page && is_binary(input.bytes)) {
    return Error{1002, "not a report but binary data", {}};
  }
  return std::nullopt;
}

/// The date that came with the report outranks what the report says of itself.
void take_given_date(const std::string& date, const std::string& from, Record& record) {
  if (date.empty()) return;
  if (auto value = read_given_date(date)) {
    record.published =
        Published{std::move(*value), from.empty() ? "given" : repaired(from), std::nullopt};
  } else {
    record.warnings.push_back(fmt::format(
        "the given date '{}' was not used: it is no day, or may be two (give it as 2026-03-09)",
        repaired(date)));
  }
}

/// What is known from beside the report outranks it too.
void take_beside(const Input& input, Record& record) {
  for (const auto& [known, into] : {std::pair(&input.beside.publisher, &record.source.publisher),
                                    std::pair(&input.beside.licence, &record.source.licence)}) {
    if (const std::string text = squeeze(repaired(*known)); !text.empty()) *into = text;
  }
  take_given_date(input.beside.date, "given", record);
}

/// The address that the report goes by: as it was given, or as its page says; else its file.
void settle_address(const Input& input, Record& record) {
  record.source.file = repaired(input.file);
  for (const std::string* known : {&input.beside.uri, &input.uri}) {
    if (!known->empty()) {
      record.source.uri = repaired(*known);
      break;
    }
  }
  if (record.source.uri.empty()) record.source.uri = record.source.file;
}

}  // namespace

Result<Record> read(const Input& input, const Tables& tables, std::size_t max_bytes,
                    bool source_map) {
  const std::size_t most = std::min(max_bytes, kMostBytes);
  if (input.bytes.size() > most) {
    return fail(1001, fmt::format("the report has {} bytes; at most {} are read (--max-bytes)",
                                  input.bytes.size(), most));
  }
  if (input.extract && input.extract->text.size() > most) {
    return fail(1001, fmt::format("the report's text has {} bytes; at most {} are read "
                                  "(--max-bytes)",
                                  input.extract->text.size(), most));
  }
  if (auto error = reason_against(input); error && !input.extract) {
    return tl::unexpected(std::move(*error));
  }

  Record record;
  record.id = input.id.empty() ? content_id(input.bytes) : repaired(input.id);
  record.source.retrieved = repaired(input.retrieved);
  const std::string& title = input.beside.title.empty() ? input.title : input.beside.title;
  record.title = squeeze(repaired(title));
  if (input.extract) {
    read_extract(*input.extract, tables.markers, source_map, record);
  } else if (input.media_type == MediaType::kHtml) {
    if (auto done = read_html(input, tables, source_map, record); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  } else {
    const auto lines =
        static_cast<std::size_t>(std::count(input.bytes.begin(), input.bytes.end(), '\n'));
    if (lines > kMostLines) {
      return fail(1001,
                  fmt::format("the text has {} lines; at most {} are read", lines, kMostLines));
    }
    read_plain(input, tables.markers, record);
  }
  if (record.sections.empty()) {
    if (!input.verbatim) return fail(1003, "there is no text in it");
    record.warnings.emplace_back("there is no text in it");
  }
  take_given_date(input.date, input.date_from, record);
  take_beside(input, record);
  settle_address(input, record);
  read_own_words(tables.bylines, tables.outlets, record);
  note_language(record);
  if (input.extract) take_files_day(*input.extract, record);
  if (!record.published) take_given_date(input.assumed_date, "assumed", record);
  return record;
}

}  // namespace dateline::article
