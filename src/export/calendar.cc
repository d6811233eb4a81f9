// SPDX-License-Identifier: Apache-2.0
#include "export/calendar.h"

#include <charconv>

namespace dateline::exporting {

namespace chrono = std::chrono;

std::optional<chrono::year_month_day> day_in(std::string_view iso) {
  constexpr std::size_t kDay = 10;
  if (iso.size() < kDay || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(iso.data() + at, iso.data() + at + size, value);
    return value;
  };
  const chrono::year_month_day day{chrono::year(number(0, 4)),
                                   chrono::month(static_cast<unsigned>(number(5, 2))),
                                   chrono::day(static_cast<unsigned>(number(8, 2)))};
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::optional<int> days_between(std::string_view begin, std::string_view end) {
  const auto first = day_in(begin), last = day_in(end);
  if (!first || !last) return std::nullopt;
  return static_cast<int>((chrono::sys_days(*last) - chrono::sys_days(*first)).count());
}

std::optional<DayRange> range_of(const std::string& begin, const std::string& end) {
  const auto first = day_in(begin.empty() ? end : begin), last = day_in(end.empty() ? begin : end);
  if (!first || !last) return std::nullopt;
  DayRange range{*first, *last};
  const bool from_first = unsigned(first->day()) == 1;
  const bool to_last = *last == chrono::year_month_day(last->year() / last->month() / chrono::last);
  if (first->year() != last->year() || !from_first || !to_last) return range;
  range.is_month = first->month() == last->month();
  range.is_year = first->month() == chrono::January && last->month() == chrono::December;
  return range;
}

}  // namespace dateline::exporting
