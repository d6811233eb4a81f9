// Each outlet: its reports, what it tells, and how its accounts stand to those of others.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "chronicle/impl.h"

namespace dateline {

namespace {

/// A happening has the id of its earliest telling.
constexpr char kSources[] =
    "SELECT r.outlet, r.first, r.last, r.reports, coalesce(o.happenings, 0), coalesce(o.alone, 0), "
    "coalesce(o.first, 0), coalesce(o.disputed, 0) FROM "
    "(SELECT outlet, min(substr(published, 1, 10)) AS first, max(substr(published, 1, 10)) AS "
    "last, count(*) AS reports FROM reports GROUP BY outlet) r LEFT JOIN "
    "(SELECT p.outlet AS outlet, count(DISTINCT h.key) AS happenings, "
    "count(DISTINCT iif(h.sources = 1, h.key, NULL)) AS alone, "
    "count(DISTINCT iif(h.sources > 1 AND h.id = t.id, h.key, NULL)) AS first, "
    "count(DISTINCT iif(h.disputed IS NOT NULL, h.key, NULL)) AS disputed "
    "FROM tellings t JOIN happenings h ON h.key = t.happening JOIN reports p ON p.key = t.report "
    "WHERE h.main >= ?1 GROUP BY p.outlet) o ON o.outlet = r.outlet ORDER BY r.reports DESC, 1";

}  // namespace

Result<std::size_t> Chronicle::sources(bool background,
                                       const std::function<bool(const SourceCount&)>& visit) const {
  if (auto error = chronicle::lacks_happenings(impl_->version)) {
    return tl::unexpected(std::move(*error));
  }
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  chronicle::Database& database = **lease;
  std::size_t given = 0;
  {
    auto rows = database.select(kSources, {std::int64_t{background ? 0 : 1}});
    const auto count = [&](int column) { return static_cast<std::uint64_t>(rows.number(column)); };
    while (rows.next()) {
      ++given;
      if (!visit({rows.text(0), rows.text(1), rows.text(2), count(3), count(4), count(5), count(6),
                  count(7)})) {
        break;
      }
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
