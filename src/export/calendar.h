// ISO days as numbers: how many lie between two, and which is the next.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dateline::exporting {

/// Nothing where it is no day.
std::optional<std::chrono::year_month_day> day_in(std::string_view iso);

/// 0 of a day and itself; nothing where one is no day.
std::optional<int> days_between(std::string_view begin, std::string_view end);

/// What a range of days is said to be: a day, or, where it is exactly one, a month or a year.
struct DayRange {
  std::chrono::year_month_day begin, end;
  bool is_month = false,
       is_year = false;  ///< Of `begin` only month and year, or only the year, are told.
};

/// A day alone stands for both ends. Nothing where neither is a day.
std::optional<DayRange> range_of(const std::string& begin, const std::string& end);

}  // namespace dateline::exporting
