// Words to reports, by SQLite's full-text index, ranked by bm25.
//
// Every word the user gives becomes a quoted string of the index's query language, so that nothing
// in it is an operator. A text in double quotes stands together.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chronicle/conditions.h"
#include "chronicle/impl.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::Value;

namespace {

// Non-characters that mark the words found inside a snippet; no text has a use for them.
constexpr std::string_view kHitBegins = "\uFDD0", kHitEnds = "\uFDD1";

bool has_word(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, character);
    if (character > 0 && u_isalnum(character)) return true;
  }
  return false;
}

/// The index's query for what the user typed; empty where it has no word.
std::string query_of(std::string_view words) {
  std::string query;
  const auto add = [&](std::string_view phrase) {
    if (has_word(phrase)) query += fmt::format("{}\"{}\"", query.empty() ? "" : " ", phrase);
  };
  constexpr std::string_view kSpace(" \t\r\n\f\v\0", 7);
  while (!words.empty()) {
    if (words.front() == '"') {
      words.remove_prefix(1);
      const std::size_t end = std::min(words.find('"'), words.size());
      std::string phrase(words.substr(0, end));
      std::erase(phrase, '\0');
      add(phrase);
      words.remove_prefix(std::min(end + 1, words.size()));
    } else if (kSpace.find(words.front()) != std::string_view::npos) {
      words.remove_prefix(1);
    } else {
      std::size_t end = 0;
      while (end < words.size() && words[end] != '"' &&
             kSpace.find(words[end]) == std::string_view::npos) {
        ++end;
      }
      add(words.substr(0, end));
      words.remove_prefix(end);
    }
  }
  return query;
}

/// Takes the marks out of a snippet and notes where they were.
void take_marks(std::string_view marked, SearchHit& found) {
  while (!marked.empty()) {
    const auto at = static_cast<std::uint32_t>(found.snippet.size());
    if (marked.starts_with(kHitBegins)) {
      found.hits.push_back({at, at});
      marked.remove_prefix(kHitBegins.size());
    } else if (marked.starts_with(kHitEnds)) {
      if (!found.hits.empty()) found.hits.back().end = at;
      marked.remove_prefix(kHitEnds.size());
    } else {
      found.snippet += marked.front();
      marked.remove_prefix(1);
    }
  }
}

}  // namespace

Result<std::vector<SearchHit>> Chronicle::search(std::string_view words,
                                                 const Filter& filter) const {
  const auto days = chronicle::days_of(filter);
  if (!days) return tl::unexpected(days.error());
  // The index would take a word of any length; nobody types one.
  constexpr std::size_t kMostBytes = 4096;
  if (words.size() > kMostBytes) {
    return fail(4012, fmt::format("a search of more than {} bytes is not made", kMostBytes));
  }
  std::string query = query_of(words);
  if (query.empty()) return fail(4012, "nothing to search for: give at least one word");

  Conditions conditions;
  conditions.require("report_words MATCH " + conditions.value(std::move(query)));
  if (!days->first.empty()) {
    conditions.require("substr(r.published, 1, 10) >= " + conditions.value(days->first));
  }
  if (!days->last.empty()) {
    conditions.require("substr(r.published, 1, 10) <= " + conditions.value(days->last));
  }
  conditions.require_source(filter.source, "attributions a");
  conditions.require_some_event(filter);
  std::string sql = fmt::format(
      "SELECT r.key, r.id, r.title, r.outlet, r.uri, r.published, "
      "snippet(report_words, -1, '{}', '{}', '\u2026', 24), bm25(report_words, 3.0, 1.0) "
      "FROM report_words JOIN reports r ON r.key = report_words.rowid{}"
      " ORDER BY 8, r.published, r.key",
      kHitBegins, kHitEnds, conditions.where());
  sql += conditions.limit(filter);

  const std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  std::vector<SearchHit> all;
  {
    auto rows = database.select(sql, conditions.values());
    while (rows.next()) {
      SearchHit& found = all.emplace_back();
      found.report = {fmt::format("r{}", rows.number(0)),
                      rows.text(1),
                      rows.text(2),
                      rows.text(3),
                      rows.text(4),
                      rows.text(5)};
      take_marks(rows.text(6), found);
      found.score = -rows.real(7).value_or(0);
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return all;
}

}  // namespace dateline
