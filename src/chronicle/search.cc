// Words to reports, by SQLite's full-text index, ranked by bm25.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "chronicle/conditions.h"
#include "chronicle/impl.h"
#include "chronicle/passages.h"
#include "chronicle/text_query.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::Snapshot;

namespace {

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
  const auto query = chronicle::text_query(words);
  if (!query) return tl::unexpected(query.error());

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
    const auto asked = chronicle::understood(database, impl_->version, filter);
    if (!asked) return tl::unexpected(asked.error());
    Conditions conditions(database, impl_->version);
    conditions.require("report_words MATCH " + conditions.value(*query));
    if (!asked->days.first.empty()) {
      conditions.require("substr(r.published, 1, 10) >= " + conditions.value(asked->days.first));
    }
    if (!asked->days.last.empty()) {
      conditions.require("substr(r.published, 1, 10) <= " + conditions.value(asked->days.last));
    }
    conditions.require_some_event(*asked);
    const std::string ranking =
        "SELECT r.key, bm25(report_words, 3.0, 1.0) FROM report_words JOIN reports r "
        "ON r.key = report_words.rowid" +
        conditions.where() + " ORDER BY 2, r.published, r.key" + conditions.limit(filter);
    auto ranked = database.select(ranking, conditions.values());
    while (ranked.next()) {
      auto rows = database.select(kFound, {*query, ranked.number(0)});
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
