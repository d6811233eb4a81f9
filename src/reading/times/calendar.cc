// SPDX-License-Identifier: Apache-2.0
#include "reading/times/calendar.h"

#include <fmt/format.h>

#include <algorithm>

namespace dateline::reading {

namespace ch = std::chrono;

namespace {

/// std::chrono counts years in 16 bits; arithmetic stays well inside.
constexpr int kFarthestYear = 30000;

}  // namespace

std::optional<Day> make_day(int year, int month, int day) {
  if (year < -kFarthestYear || year > kFarthestYear || month < 1 || day < 1) return std::nullopt;
  const ch::year_month_day date{ch::year{year}, ch::month{static_cast<unsigned>(month)},
                                ch::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

std::optional<Day> parse_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  const std::string_view cells[3] = {iso.substr(0, 4), iso.substr(5, 2), iso.substr(8, 2)};
  for (int i = 0; i < 3; ++i) {
    for (const char c : cells[i]) {
      if (c < '0' || c > '9') return std::nullopt;
      parts[i] = parts[i] * 10 + (c - '0');
    }
  }
  return parts[0] > 0 ? make_day(parts[0], parts[1], parts[2]) : std::nullopt;
}

bool is_written(Day day) {
  const int year = civil(day).year;
  return year >= 1 && year <= 9999;
}

Civil civil(Day day) {
  const ch::year_month_day date{day};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::string format_day(Day day) {
  const Civil c = civil(day);
  return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
}

int weekday(Day day) { return static_cast<int>(ch::weekday{day}.iso_encoding()); }

IsoWeek iso_week(Day day) {
  const Day thursday = day + ch::days{4 - weekday(day)};
  const int year = civil(thursday).year;
  const Day first = *make_day(year, 1, 1);
  return {year, static_cast<int>((thursday - first).count() / 7) + 1};
}

Day week_begin(IsoWeek week) {
  const Day fourth = *make_day(week.year, 1, 4);  // always in week 1
  return fourth - ch::days{weekday(fourth) - 1} + ch::days{7 * (week.week - 1)};
}

int month_length(int year, int month) {
  const ch::year_month_day_last last{ch::year{year},
                                     ch::month_day_last{ch::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Day add_months(Day day, int months) {
  const Civil c = civil(day);
  int index = c.year * 12 + (c.month - 1) + months;
  index = std::clamp(index, (1 - kFarthestYear) * 12, (kFarthestYear - 1) * 12);
  const int year = index >= 0 ? index / 12 : -((11 - index) / 12);
  const int month = index - year * 12 + 1;
  return *make_day(year, month, std::min(c.day, month_length(year, month)));
}

}  // namespace dateline::reading
