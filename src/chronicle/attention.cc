// What needs a look: reports without a day, warnings, copies, rejections, files that were not
// read, and corrections that lead to nothing any more.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "chronicle/impl.h"
#include "chronicle/schema.h"

namespace dateline {

using chronicle::Database;
using chronicle::Snapshot;
using chronicle::Transaction;

namespace {

struct Question {
  int since;  ///< Version of the store from which on it can be asked.
  const char* sql;
};

/// kind, where, file, reason; in the order in which they are given.
constexpr Question kQuestions[] = {
    {1,
     "SELECT 'undated', 'r' || key, coalesce(uri, id), 'no day of publication, so \"on "
     "Friday\" and the like have none: --date or --about gives one' FROM reports WHERE published "
     "IS NULL ORDER BY key"},
    {1,
     "SELECT 'assumed', 'r' || key, coalesce(uri, id), 'its day of publication was assumed: ' || "
     "published FROM reports WHERE published_from = 'assumed' ORDER BY key"},
    {chronicle::kWarningsSince,
     "SELECT 'warning', 'r' || report, coalesce(uri, id), warning FROM warnings "
     "JOIN reports ON key = report ORDER BY report, n"},
    {1,
     "SELECT 'copy', 'r' || report, coalesce(nullif(f.uri, ''), f.id), 'the same as ' || "
     "coalesce(r.uri, r.id) FROM found f JOIN reports r ON r.key = f.report WHERE f.n > 0 "
     "ORDER BY report, n"},
    {1,
     "SELECT 'rejected', uri || iif(line > 0, ':' || line, ''), uri, reason || ' (DL' || code || "
     "')' FROM rejected ORDER BY uri, line"},
    {chronicle::kWarningsSince,
     "SELECT 'not_read', file, file, reason FROM passed_over ORDER BY file"},
    {chronicle::kCorrectionsSince,
     "SELECT 'correction', coalesce('r' || r.key, ''), coalesce(r.uri, r.id, w.content), "
     "'correction ' || c.n || ' (' || c.act || ', \"' || w.words || '\") holds no more: ' || "
     "iif(r.key IS NULL, 'its report is not in this store', k.reason) FROM corrections c JOIN "
     "corrected_words w ON "
     "w.correction = c.n LEFT JOIN reports r ON r.content = w.content LEFT JOIN corrected k ON "
     "k.correction = w.correction AND k.n = w.n WHERE (r.key IS NULL OR k.reason IS NOT NULL) AND "
     "NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.n) ORDER BY c.n, w.n"},
};

}  // namespace

Result<void> Chronicle::keep_passed_over(const std::vector<PassedOver>& files) {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  Transaction transaction(database);
  for (const PassedOver& one : files) {
    database.run("INSERT OR REPLACE INTO passed_over VALUES (?, ?)", one.file, one.reason);
  }
  database.run("DELETE FROM passed_over WHERE file IN (SELECT uri FROM found)");
  if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  return {};
}

Result<std::vector<Attention>> Chronicle::attention() const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const Snapshot snapshot(database);
  std::vector<Attention> all;
  for (const Question& question : kQuestions) {
    if (impl_->version < question.since) continue;
    auto rows = database.select(question.sql);
    while (rows.next()) all.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3)});
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return all;
}

}  // namespace dateline
