// SPDX-License-Identifier: Apache-2.0
#include "reading/times/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dateline::reading {

using knowledge::TimeUnit;
using std::chrono::days;

namespace {

/// The first year of ten or a hundred, of years BC too.
int floored(int year, int of) { return year - (year % of + of) % of; }

Period years(TimeUnit grain, int first, int count, std::string value) {
  return {grain, *make_day(first, 1, 1), *make_day(first + count - 1, 12, 31), std::move(value)};
}

std::string number_text(double value) {
  return value == std::floor(value) && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                               : fmt::format("{:.4g}", value);
}

/// "PT30M" for half an hour.
std::string one_half(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kMinute:
      return "PT30S";
    case TimeUnit::kHour:
      return "PT30M";
    case TimeUnit::kDay:
      return "PT12H";
    case TimeUnit::kYear:
      return "P6M";
    case TimeUnit::kDecade:
      return "P5Y";
    case TimeUnit::kCentury:
      return "P50Y";
    default:
      return {};
  }
}

/// "P2Y6M" for two and a half years.
std::string half_value(TimeUnit unit, int whole) {
  switch (unit) {
    case TimeUnit::kMinute:
      return fmt::format("PT{}M30S", whole);
    case TimeUnit::kHour:
      return fmt::format("PT{}H30M", whole);
    case TimeUnit::kDay:
      return fmt::format("P{}DT12H", whole);
    case TimeUnit::kYear:
      return fmt::format("P{}Y6M", whole);
    default:
      return {};
  }
}

std::string duration_text(TimeUnit unit, const std::string& count) {
  switch (unit) {
    case TimeUnit::kSecond:
      return "PT" + count + "S";
    case TimeUnit::kMinute:
      return "PT" + count + "M";
    case TimeUnit::kHour:
      return "PT" + count + "H";
    case TimeUnit::kDay:
      return "P" + count + "D";
    case TimeUnit::kWeekend:
      return "P" + count + "WE";
    case TimeUnit::kWeek:
      return "P" + count + "W";
    case TimeUnit::kFortnight:
      return "P" + count + "F";
    case TimeUnit::kMonth:
      return "P" + count + "M";
    case TimeUnit::kQuarter:
      return "P" + count + "Q";
    case TimeUnit::kYear:
      return "P" + count + "Y";
    case TimeUnit::kDecade:
      return "P" + count + "DE";
    case TimeUnit::kCentury:
      return "P" + count + "CE";
    case TimeUnit::kMillennium:
      return "P" + count + "L";
  }
  return {};
}

}  // namespace

Day moved(Day day, TimeUnit unit, double count) {
  constexpr double kYears = 10'500, kMonths = 12 * kYears, kDays = 366 * kYears;
  const auto months = [&](double each) {
    return add_months(day,
                      static_cast<int>(std::clamp(std::round(count * each), -kMonths, kMonths)));
  };
  const auto by_days = [&](double each) {
    return day + days{static_cast<int>(std::clamp(std::round(count * each), -kDays, kDays))};
  };
  switch (unit) {
    case TimeUnit::kDay:
      return by_days(1);
    case TimeUnit::kWeek:
    case TimeUnit::kWeekend:
      return by_days(7);
    case TimeUnit::kFortnight:
      return by_days(14);
    case TimeUnit::kMonth:
      return months(1);
    case TimeUnit::kQuarter:
      return months(3);
    case TimeUnit::kYear:
      return months(12);
    case TimeUnit::kDecade:
      return months(120);
    case TimeUnit::kCentury:
      return months(1200);
    case TimeUnit::kMillennium:
      return months(12000);
    default:
      return day;
  }
}

Period day_period(Day day) { return {TimeUnit::kDay, day, day, format_day(day)}; }

Period month_period(int year, int month) {
  return {TimeUnit::kMonth, *make_day(year, month, 1),
          *make_day(year, month, month_length(year, month)),
          fmt::format("{:04}-{:02}", year, month)};
}

Period quarter_period(int year, int quarter) {
  return {TimeUnit::kQuarter, *make_day(year, quarter * 3 - 2, 1),
          *make_day(year, quarter * 3, month_length(year, quarter * 3)),
          fmt::format("{:04}-Q{}", year, quarter)};
}

Period half_period(int year, int half) {
  Period p{TimeUnit::kQuarter, *make_day(year, half * 6 - 5, 1),
           *make_day(year, half * 6, half == 1 ? 30 : 31), fmt::format("{:04}-H{}", year, half)};
  p.half = true;
  return p;
}

Period season_period(int year, int season) {
  const int first = season * 3;
  const Day begin = *make_day(year, first, 1);
  Period p{TimeUnit::kQuarter, begin, add_months(begin, 3) - days{1},
           fmt::format("{:04}-{}", year, knowledge::kTimeSeasons[season])};
  p.season = true;
  return p;
}

Period year_period(int year) { return years(TimeUnit::kYear, year, 1, fmt::format("{:04}", year)); }

Period decade_period(int year) {
  const int first = floored(year, 10);
  return years(TimeUnit::kDecade, first, 10, fmt::format("{:03}", first / 10));
}

Period century_period(int year) {
  const int first = floored(year, 100);
  return years(TimeUnit::kCentury, first, 100, fmt::format("{:02}", first / 100));
}

Period week_period(Day day) {
  const IsoWeek week = iso_week(day);
  const Day begin = week_begin(week);
  return {TimeUnit::kWeek, begin, begin + days{6},
          fmt::format("{:04}-W{:02}", week.year, week.week)};
}

Period weekend_period(Day day) {
  Period p = week_period(day);
  p.grain = TimeUnit::kWeekend;
  p.begin = p.end - days{1};
  p.value += "-WE";
  return p;
}

Period period_of(TimeUnit grain, Day day) {
  const Civil c = civil(day);
  switch (grain) {
    case TimeUnit::kWeek:
    case TimeUnit::kFortnight:
      return week_period(day);
    case TimeUnit::kWeekend:
      return weekend_period(day);
    case TimeUnit::kMonth:
      return month_period(c.year, c.month);
    case TimeUnit::kQuarter:
      return quarter_period(c.year, (c.month + 2) / 3);
    case TimeUnit::kYear:
      return year_period(c.year);
    case TimeUnit::kDecade:
      return decade_period(c.year);
    case TimeUnit::kCentury:
    case TimeUnit::kMillennium:
      return century_period(c.year);
    default:
      return day_period(day);
  }
}

namespace {

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return *make_day(year, n / 31, n % 31 + 1);
}

}  // namespace

Day holiday_of(int year, int holiday) {
  if (holiday >= knowledge::kEaster - 200) {
    return easter(year) + days{std::min(holiday - knowledge::kEaster, 200)};
  }
  const bool by_weekday = holiday >= knowledge::kNthWeekday;
  if (by_weekday) holiday -= knowledge::kNthWeekday;
  const int month = std::clamp(holiday / 100, 1, 12), rest = holiday % 100;
  if (!by_weekday) return make_day(year, month, rest).value_or(*make_day(year, month, 1));
  const int wanted = std::clamp(rest % 10, 1, 7), nth = std::clamp(rest / 10, 1, 5);
  if (nth == 5) {  // the last one
    const Day last = *make_day(year, month, month_length(year, month));
    return last - days{(weekday(last) - wanted + 7) % 7};
  }
  const Day first = *make_day(year, month, 1);
  return first + days{(wanted - weekday(first) + 7) % 7 + 7 * (nth - 1)};
}

std::string duration_value(TimeUnit unit, std::optional<double> count) {
  if (!count || *count >= 1e15) return duration_text(unit, "X");
  if (*count == 0.5) {
    if (std::string value = one_half(unit); !value.empty()) return value;
  }
  if (unit == TimeUnit::kDecade) {  // "two decades" are usually noted as P20Y
    unit = TimeUnit::kYear;
    *count *= 10;
  }
  if (*count > 1 && *count < 1e6 && *count - std::floor(*count) == 0.5) {
    std::string value = half_value(unit, static_cast<int>(*count));
    if (!value.empty()) return value;
  }
  return duration_text(unit, number_text(*count));
}

}  // namespace dateline::reading
