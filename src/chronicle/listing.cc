// SPDX-License-Identifier: Apache-2.0
#include "chronicle/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "chronicle/facts.h"
#include "chronicle/schema.h"

namespace dateline::chronicle {

const Listing kHappeningsListed{
    .index = "happening_index",
    .facts = "happening_facts",
    .table = "happenings h",
    .joins = "",
    .on = "h.key = f.happening",
    .number = "h.key",
    .name = "h.id",
    .begins = "coalesce(h.day_begin, h.day_end, h.published)",
    .ends = "coalesce(h.day_end, h.day_begin, h.published)",
    .ties =
        "(coalesce(h.day_begin, h.day_end) IS NULL) || coalesce(h.day_end, '') || char(1) || "
        "coalesce(h.published, '') || char(1) || h.id"};

// An event without a date of its own stands at its report's publication.
const Listing kEventsListed{
    .index = "event_index",
    .facts = "event_facts",
    .table = "events e",
    .joins =
        " JOIN reports r ON r.key = e.report LEFT JOIN places p ON p.report = e.report AND "
        "p.id = e.place",
    .on = "e.report = f.report AND e.id = f.event",
    .number = "e.report",
    .name = "e.id",
    .begins = "coalesce(e.day_begin, e.day_end, substr(r.published, 1, 10))",
    .ends = "coalesce(e.day_end, e.day_begin, substr(r.published, 1, 10))",
    .ties =
        "(coalesce(e.day_begin, e.day_end) IS NULL) || coalesce(e.day_end, '') || char(1) || "
        "coalesce(r.published, '') || char(1) || printf('%019d%010d', e.report, "
        "e.trigger_begin) || e.id"};

namespace {

struct Item {
  Position position;
  std::int64_t number;
  std::string name;
};

class InOrder {
 public:
  InOrder(Database& database, const Listing& listing, const Conditions& conditions,
          const Asked& asked, const Visit& visit)
      : database_(database),
        listing_(listing),
        conditions_(conditions),
        asked_(asked),
        visit_(visit) {}

  /// Of these places, what also has this word of the index, if one is given; all at once or day by
  /// day.
  bool give(std::int64_t first, std::int64_t end, std::string_view with, bool at_once) {
    Conditions conditions = conditions_;
    if (!with.empty()) conditions.require_fact(std::string(with));
    const std::string query = conditions.value(conditions.index_query());
    const std::string sql = fmt::format(
        "SELECT x.rowid >> {}, {}, {}, {} FROM {} x CROSS JOIN {} f ON f.place = x.rowid CROSS "
        "JOIN {} "
        "ON {}{}{} {} x.{} MATCH {} AND x.rowid >= 0 + {} AND x.rowid < 0 + {} ORDER BY x.rowid",
        facts::kDayShift, listing_.ties, listing_.number, listing_.name, listing_.index,
        listing_.facts, listing_.table, listing_.on, listing_.joins, conditions.where(),
        conditions.where().empty() ? "WHERE" : "AND", listing_.index, query,
        conditions.value(std::to_string(first)), conditions.value(std::to_string(end)));
    auto rows = database_.select(sql, conditions.values());
    while (rows.next()) {
      const std::int64_t day = rows.number(0);
      if (!at_once && !items_.empty() && items_.back().position.day != day && !flush()) {
        return false;
      }
      items_.push_back({{day, rows.text(1)}, rows.number(2), rows.text(3)});
    }
    return at_once || flush();
  }

  bool flush() {
    std::ranges::sort(items_, std::less<>(), &Item::position);
    bool on = true;
    for (const Item& item : items_) on = on && give_one(item);
    items_.clear();
    return on;
  }

  /// False once there were enough.
  bool give_one(const Item& item) {
    if (asked_.after && item.position <= *asked_.after) return true;
    if (!visit_(item.number, item.name, item.position)) return false;
    return ++given_ != asked_.filter.limit;
  }

 private:
  Database& database_;
  const Listing& listing_;
  const Conditions& conditions_;
  const Asked& asked_;
  const Visit& visit_;
  std::size_t given_ = 0;
  std::vector<Item> items_;
};

void sorted_as_a_whole(Database& database, const Listing& listing, Conditions& conditions,
                       const Asked& asked, const Visit& visit) {
  const std::string sql =
      fmt::format("SELECT {}, {}, {}, {} FROM {}{}{} ORDER BY {} IS NULL, 3, 4", listing.number,
                  listing.name, listing.begins, listing.ties, listing.table, listing.joins,
                  conditions.where(), listing.begins);
  InOrder order(database, listing, conditions, asked, visit);
  auto rows = database.select(sql, conditions.values());
  while (rows.next() &&
         order.give_one({{facts::place_of(rows.bytes(2)) >> facts::kDayShift, rows.text(3)},
                         rows.number(0),
                         rows.text(1)})) {
  }
}

/// What begins or ends within the days asked for.
void require_days(const Listing& listing, const Asked& asked, Conditions& conditions) {
  const auto& [first, last] = asked.days;
  if (!first.empty()) {
    conditions.require(fmt::format("{} >= {}", listing.ends, conditions.value(first)));
  }
  if (!last.empty()) {
    conditions.require(fmt::format("{} <= {}", listing.begins, conditions.value(last)));
  }
}

}  // namespace

Result<Conditions> happenings_that_fit(Database& database, int version,
                                       const HappeningFilter& filter) {
  const auto asked = understood(database, version, filter.events);
  if (!asked) return tl::unexpected(asked.error());
  Conditions conditions(database, version);
  if (!filter.background) conditions.require_main();
  conditions.require_account(*asked);
  require_days(kHappeningsListed, *asked, conditions);
  if (version >= kFactsSince) {
    conditions.require(fmt::format(
        "h.key IN (SELECT f.happening FROM happening_index x CROSS JOIN happening_facts f ON "
        "f.place = x.rowid WHERE x.happening_index MATCH {})",
        conditions.value(conditions.index_query())));
  }
  return conditions;
}

void in_order(Database& database, int version, const Listing& listing, Conditions conditions,
              const Asked& asked, const Visit& visit) {
  const auto& [first, last] = asked.days;
  require_days(listing, asked, conditions);
  if (version < kFactsSince) return sorted_as_a_whole(database, listing, conditions, asked, visit);
  constexpr std::int64_t kOneDay = std::int64_t{1} << facts::kDayShift;
  const std::int64_t undated = facts::place_of(""), end = !last.empty()
                                                              ? facts::place_of(last) + kOneDay
                                                          : !first.empty() ? undated
                                                                           : undated + kOneDay;
  const std::int64_t after = asked.after ? asked.after->day << facts::kDayShift : 0;
  InOrder order(database, listing, conditions, asked, visit);
  if (const std::int64_t begin = first.empty() ? 0 : facts::place_of(first); after < begin) {
    for (const auto& [name, days] : facts::kSpans) {
      order.give(std::max<std::int64_t>(0, begin - days * kOneDay), begin,
                 fmt::format("\"{}\"", facts::word(facts::kSpan, name)), true);
    }
    if (order.flush()) order.give(begin, end, "", false);
  } else {
    order.give(after, end, "", false);
  }
}

}  // namespace dateline::chronicle
