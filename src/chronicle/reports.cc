// All reports, some at a time: who reads a whole store keeps no snapshot of it open meanwhile.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>

#include "chronicle/impl.h"
#include "chronicle/show.h"
#include "dateline/chronicle.h"

namespace dateline {

Result<std::string> Chronicle::reports(
    std::string_view after, std::size_t limit,
    const std::function<bool(const StoredReport&)>& visit) const {
  std::int64_t key = 0;
  if (!after.empty()) {
    const char* const end = after.data() + after.size();
    const auto got = std::from_chars(after.data() + 1, end, key);
    if (!after.starts_with('r') || got.ec != std::errc() || got.ptr != end) {
      return fail(4010, fmt::format("'{}' is no handle of a report, as r17 is", after));
    }
  }
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  chronicle::Database& database = **lease;
  std::string last;
  {
    const chronicle::Snapshot snapshot(database);
    auto rows =
        database.select("SELECT key FROM reports WHERE key > ? ORDER BY key LIMIT ?",
                        {key, limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(limit)});
    while (rows.next()) {
      last = fmt::format("r{}", rows.number(0));
      const auto report = chronicle::find_report(database, impl_->version, last);
      if (!report) return tl::unexpected(report.error());
      if (!visit(*report)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return last;
}

}  // namespace dateline
