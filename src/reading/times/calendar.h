// Days, ISO weeks and month lengths of the proleptic Gregorian calendar.
//
// A day can be counted that no record can hold: ISO 8601 writes the years 1 to 9999 (is_written).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dateline::reading {

using Day = std::chrono::sys_days;

/// The day of these numbers, or nothing where there is no such day (February 29, 2015).
std::optional<Day> make_day(int year, int month, int day);
/// The day an ISO 8601 date or date-time begins with.
std::optional<Day> parse_day(std::string_view iso);
/// Whether format_day can write it: the years 1 to 9999.
bool is_written(Day day);
std::string format_day(Day day);

struct Civil {
  int year, month, day;
};
Civil civil(Day day);

/// 1 is Monday.
int weekday(Day day);

struct IsoWeek {
  int year, week;
};
IsoWeek iso_week(Day day);
/// Monday of an ISO week.
Day week_begin(IsoWeek week);

int month_length(int year, int month);
Day add_months(Day day, int months);

}  // namespace dateline::reading
