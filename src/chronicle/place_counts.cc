// How many happenings there are at each place, and at none.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "chronicle/impl.h"
#include "chronicle/listing.h"

namespace dateline {

namespace {

/// The places p of the events of a happening h.
constexpr char kPlacesOf[] =
    " JOIN tellings t ON t.happening = h.key JOIN events e ON e.report = t.report AND "
    "coalesce(e.incident, e.id) = t.incident JOIN places p ON p.report = e.report AND p.id = "
    "e.place";

}  // namespace

Result<PlaceTotals> Chronicle::places(const HappeningFilter& filter,
                                      const std::function<bool(const PlaceCount&)>& visit) const {
  if (auto error = chronicle::lacks_happenings(impl_->version)) {
    return tl::unexpected(std::move(*error));
  }
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  chronicle::Database& database = **lease;
  PlaceTotals totals;
  {
    const chronicle::Snapshot snapshot(database);
    auto conditions = chronicle::happenings_that_fit(database, impl_->version, filter);
    if (!conditions) return tl::unexpected(conditions.error());
    const auto number = [&](const std::string& sql) {
      auto rows = database.select(sql, conditions->values());
      return rows.next() ? static_cast<std::uint64_t>(rows.number(0)) : 0;
    };
    totals.happenings =
        number(fmt::format("SELECT count(*) FROM happenings h{}", conditions->where()));
    totals.unplaced =
        totals.happenings - number(fmt::format("SELECT count(DISTINCT h.key) FROM happenings h{}{}",
                                               kPlacesOf, conditions->where()));
    const std::string sql = fmt::format(
        "SELECT coalesce(p.name, p.words), p.country, p.admin1, p.precision, p.geonameid, p.lat, "
        "p.lon, count(DISTINCT h.key) AS n FROM happenings h{}{} GROUP BY 1, 2, 3, 5 ORDER BY n "
        "DESC, 1, 2, 3, 5{}",
        kPlacesOf, conditions->where(), conditions->limit(filter.events));
    auto rows = database.select(sql, conditions->values());
    while (rows.next()) {
      PlaceCount place{rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                       {},           rows.real(5), rows.real(6), 0};
      if (!rows.text(4).empty()) place.geonameid = rows.number(4);
      place.happenings = static_cast<std::uint64_t>(rows.number(7));
      if (!visit(place)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return totals;
}

}  // namespace dateline
