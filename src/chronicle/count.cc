// How many happenings there are of each month, place, actor and so on.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "chronicle/impl.h"
#include "chronicle/listing.h"

namespace dateline {

using chronicle::Snapshot;

namespace {

/// What can be counted by: its column, and the tables that it stands in beside a happening h. {0}
/// tells the tables of one from those of another.
struct Counted {
  std::string_view by, column, joins;
};
constexpr std::array kCounted = std::to_array<Counted>({
    {"year", "substr(coalesce(h.day_begin, h.day_end, h.published), 1, 4)", ""},
    {"month", "substr(coalesce(h.day_begin, h.day_end, h.published), 1, 7)", ""},
    {"day", "coalesce(h.day_begin, h.day_end, h.published)", ""},
    {"type", "h.type", ""},
    {"place", "coalesce(p{0}.name, p{0}.words)",
     " JOIN tellings t{0} ON t{0}.happening = h.key JOIN events e{0} ON e{0}.report = t{0}.report "
     "AND coalesce(e{0}.incident, e{0}.id) = t{0}.incident JOIN places p{0} ON p{0}.report = "
     "e{0}.report AND p{0}.id = e{0}.place"},
    {"country", "p{0}.country",
     " JOIN tellings t{0} ON t{0}.happening = h.key JOIN events e{0} ON e{0}.report = t{0}.report "
     "AND coalesce(e{0}.incident, e{0}.id) = t{0}.incident JOIN places p{0} ON p{0}.report = "
     "e{0}.report AND p{0}.id = e{0}.place AND p{0}.country IS NOT NULL"},
    {"actor", "coalesce(n{0}.name, x{0}.words)",
     " JOIN tellings t{0} ON t{0}.happening = h.key JOIN events e{0} ON e{0}.report = t{0}.report "
     "AND coalesce(e{0}.incident, e{0}.id) = t{0}.incident JOIN participants x{0} ON x{0}.report = "
     "e{0}.report AND x{0}.event = e{0}.id AND x{0}.role = 'actor' LEFT JOIN entities n{0} ON "
     "n{0}.report = x{0}.report AND n{0}.id = x{0}.entity"},
    {"source", "r{0}.outlet",
     " JOIN tellings t{0} ON t{0}.happening = h.key JOIN reports r{0} ON r{0}.key = t{0}.report"},
});

Result<std::vector<const Counted*>> counted_by(const std::vector<std::string>& by) {
  std::vector<std::string_view> names;
  for (const Counted& one : kCounted) names.push_back(one.by);
  std::vector<const Counted*> all;
  for (const std::string& name : by) {
    const auto* found = std::ranges::find(kCounted, name, &Counted::by);
    if (found == kCounted.end()) {
      return fail(4025,
                  fmt::format("nothing is counted by '{}': give {}", name, fmt::join(names, ", ")));
    }
    all.push_back(found);
  }
  if (all.empty() || all.size() > 2 || (all.size() == 2 && all[0] == all[1])) {
    return fail(4025, fmt::format("give one or two to count by, of {}", fmt::join(names, ", ")));
  }
  return all;
}

}  // namespace

Result<std::size_t> Chronicle::count(const HappeningFilter& filter,
                                     const std::vector<std::string>& by,
                                     const std::function<bool(const Count&)>& visit) const {
  if (auto error = chronicle::lacks_happenings(impl_->version)) {
    return tl::unexpected(std::move(*error));
  }
  const auto counted = counted_by(by);
  if (!counted) return tl::unexpected(counted.error());
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  chronicle::Database& database = **lease;
  std::size_t given = 0;
  {
    const Snapshot snapshot(database);
    auto conditions = chronicle::happenings_that_fit(database, impl_->version, filter);
    if (!conditions) return tl::unexpected(conditions.error());
    std::string columns, joins;
    for (std::size_t n = 0; n < counted->size(); ++n) {
      columns += fmt::format(fmt::runtime((*counted)[n]->column), n) + ", ";
      joins += fmt::format(fmt::runtime((*counted)[n]->joins), n);
    }
    const std::string_view group = by.size() == 1 ? "1" : "1, 2";
    const bool in_time = by[0] == "year" || by[0] == "month" || by[0] == "day";
    const std::string sql = fmt::format(
        "SELECT {}count(DISTINCT h.key) AS n FROM happenings h{}{} GROUP BY {} ORDER BY {}{}{}",
        columns, joins, conditions->where(), group, in_time ? "" : "n DESC, ", group,
        conditions->limit(filter.events));
    auto rows = database.select(sql, conditions->values());
    while (rows.next()) {
      Count count;
      for (std::size_t n = 0; n < by.size(); ++n)
        count.of.push_back(rows.text(static_cast<int>(n)));
      count.happenings = static_cast<std::uint64_t>(rows.number(static_cast<int>(by.size())));
      ++given;
      if (!visit(count)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
