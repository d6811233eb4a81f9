// SPDX-License-Identifier: Apache-2.0
#include "article/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "article/content_id.h"
#include "article/dates.h"
#include "article/kind.h"
#include "article/plain.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

/// Spans count bytes in 32 bits, and what HTML gives may be longer than its bytes.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

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

/// The day that head or dateline of the report name: "HARBOUR GAZETTE | March 9, 2026" above the
/// first paragraph, or "LAGOS, March 9, 2026 (Reuters) - " at its beginning.
std::optional<std::string> date_in_head(const Record& record) {
  constexpr std::size_t kDatelineBytes = 120;
  for (const Section& section : record.sections) {
    std::string_view words = section.span.of(record.text);
    if (section.kind == "title" || section.kind == "dek" || section.kind == "caption") continue;
    const bool is_paragraph = section.kind == "paragraph";
    if (is_paragraph) {
      words = words.substr(0, kDatelineBytes);
      std::size_t end = std::string_view::npos;
      for (const std::string_view dash : {" - ", " \u2013 ", " \u2014 ", " -- ", "\u2014"}) {
        end = std::min(end, words.find(dash));
      }
      words = end == std::string_view::npos ? std::string_view() : words.substr(0, end);
    }
    if (auto date = find_date(words)) return date;
    if (is_paragraph) break;
  }
  return std::nullopt;
}

void read_plain(const Input& input, const Markers& markers, Record& record) {
  record.source.media_type = "text/plain";
  record.text = input.bytes;
  if (const auto repair = record::repair_utf8(record.text)) {
    record.warnings.push_back(
        fmt::format("{} ill-formed UTF-8 sequence{} replaced by U+FFFD, the first at byte {}",
                    repair->count, repair->count == 1 ? "" : "s", repair->first));
  }
  if (!input.verbatim) record.text = tidy(record.text);
  record.sections = plain_sections(record.text, record.title, markers);
  if (!input.verbatim) unwrap(record.text, record.sections);
  if (record.title.empty()) record.title = squeeze(section_text(record, "title"));
  record.authors = authors_of(section_text(record, "byline"));
  if (auto date = date_in_head(record)) {
    record.published = Published{std::move(*date), "text", std::nullopt};
  }
}

/// The date that came with the report outranks what the report says of itself.
void take_given_date(const std::string& date, Record& record) {
  if (date.empty()) return;
  if (auto value = normalise_date(date)) {
    record.published = Published{std::move(*value), "given", std::nullopt};
  } else {
    record.warnings.push_back(fmt::format(
        "the given date '{}' is no day in ISO 8601 (2026-03-09) and was not used", repaired(date)));
  }
}

}  // namespace

Result<Tables> Tables::load(const std::filesystem::path& knowledge) {
  auto markers = Markers::load(knowledge / "section_markers.tsv");
  if (!markers) return tl::unexpected(markers.error());
  return Tables{std::move(*markers)};
}

Result<Record> read(const Input& input, const Tables& tables, std::size_t max_bytes) {
  const std::size_t most = std::min(max_bytes, kMostBytes);
  if (input.bytes.size() > most) {
    return fail(1001, fmt::format("the report has {} bytes; at most {} are read (--max-bytes)",
                                  input.bytes.size(), most));
  }
  // A text kept as given is known to be one.
  if (!input.verbatim || input.media_type == MediaType::kHtml) {
    const std::string_view kind = binary_kind(input.bytes);
    if (!kind.empty()) return fail(1002, fmt::format("not a report but {}", kind));
  }

  Record record;
  record.id = input.id.empty() ? content_id(input.bytes) : repaired(input.id);
  record.source.uri = repaired(input.uri);
  record.title = squeeze(repaired(input.title));
  read_plain(input, tables.markers, record);
  if (record.sections.empty()) {
    if (!input.verbatim) return fail(1003, "there is no text in it");
    record.warnings.emplace_back("there is no text in it");
  }
  take_given_date(input.date, record);
  return record;
}

}  // namespace dateline::article
