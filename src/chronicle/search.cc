// Words to reports, by SQLite's full-text index, ranked by bm25.
//
// Every word the user gives becomes a quoted string of the index's query language, so that nothing
// in it is an operator. A text in double quotes stands together.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <unordered_set>

#include "chronicle/conditions.h"
#include "chronicle/impl.h"
#include "chronicle/names.h"
#include "chronicle/passages.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::Snapshot;

namespace {

bool has_word(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, character);
    if (character > 0 && u_isalnum(character)) return true;
  }
  return false;
}

/// "Kolvar's" asks for Kolvar: the index knows the s for a word of its own.
std::string_view without_possessive(std::string_view word) {
  for (const std::string_view ending : {"'s", "\u2019s", "'", "\u2019"}) {
    if (word.size() > ending.size() && word.ends_with(ending)) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

/// The words and phrases of what the user typed, each once, as strings of the index's query.
std::vector<std::string> phrases_of(std::string_view words) {
  std::vector<std::string> phrases;
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string_view phrase) {
    if (has_word(phrase) && seen.insert(chronicle::folded(phrase)).second) {
      phrases.push_back(fmt::format("\"{}\"", phrase));
    }
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
      add(without_possessive(words.substr(0, end)));
      words.remove_prefix(end);
    }
  }
  return phrases;
}

/// Takes the marks out of a snippet and notes where they were.
void take_marks(std::string_view marked, SearchHit& found) {
  while (!marked.empty()) {
    const auto at = static_cast<std::uint32_t>(found.snippet.size());
    if (marked.starts_with(chronicle::kHitBegins)) {
      found.hits.push_back({at, at});
      marked.remove_prefix(chronicle::kHitBegins.size());
    } else if (marked.starts_with(chronicle::kHitEnds)) {
      if (!found.hits.empty()) found.hits.back().end = at;
      marked.remove_prefix(chronicle::kHitEnds.size());
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
  const std::vector<std::string> phrases = phrases_of(words);
  if (phrases.empty()) return fail(4012, "nothing to search for: give at least one word");
  constexpr std::size_t kMostPhrases = 32;
  if (phrases.size() > kMostPhrases) {
    return fail(4012,
                fmt::format("a search of more than {} different words is not made", kMostPhrases));
  }
  const std::string query = fmt::format("{}", fmt::join(phrases, " "));

  Conditions conditions;
  conditions.require("report_words MATCH " + conditions.value(query));
  if (!days->first.empty()) {
    conditions.require("substr(r.published, 1, 10) >= " + conditions.value(days->first));
  }
  if (!days->last.empty()) {
    conditions.require("substr(r.published, 1, 10) <= " + conditions.value(days->last));
  }
  conditions.require_source(filter.source, "attributions a");
  conditions.require_some_event(filter);
  std::string ranking =
      "SELECT r.key, bm25(report_words, 3.0, 1.0) FROM report_words JOIN reports r "
      "ON r.key = report_words.rowid" +
      conditions.where() + " ORDER BY 2, r.published, r.key";
  ranking += conditions.limit(filter);
  // Only of what is given, and not of all that was ranked.
  constexpr std::string_view kFound =
      "SELECT r.id, r.title, r.outlet, r.uri, r.published, passage(report_words), "
      "(SELECT nullif(f.uri, r.uri) FROM found f WHERE f.report = r.key AND f.n = 0) "
      "FROM report_words JOIN reports r ON r.key = report_words.rowid "
      "WHERE report_words MATCH ?1 AND report_words.rowid = ?2";

  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::vector<SearchHit> all;
  {
    const Snapshot snapshot(database);
    auto ranked = database.select(ranking, conditions.values());
    while (ranked.next()) {
      auto rows = database.select(kFound, {query, ranked.number(0)});
      if (!rows.next()) break;
      SearchHit& found = all.emplace_back();
      found.report = {fmt::format("r{}", ranked.number(0)),
                      rows.text(0),
                      rows.text(1),
                      rows.text(2),
                      rows.text(3),
                      rows.text(4),
                      rows.text(6)};
      take_marks(rows.text(5), found);
      found.score = -ranked.real(1).value_or(0);
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return all;
}

}  // namespace dateline
