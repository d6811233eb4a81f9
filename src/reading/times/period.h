// The stretches of the calendar that expressions denote, and the values they are written with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "knowledge/time_rules.h"
#include "reading/times/calendar.h"

namespace dateline::reading {

struct Period {
  knowledge::TimeUnit grain = knowledge::TimeUnit::kDay;
  Day begin{};
  Day end{};
  std::string value;  ///< TIMEX3: "2026-03-09", "2026-W10", "2026-Q1", "198".
  bool season = false, half = false;
};

/// A period may lie where no day is_written; years are those of make_day.
Period day_period(Day day);
Period month_period(int year, int month);
Period quarter_period(int year, int quarter);
Period half_period(int year, int half);
/// Meteorological seasons of the northern half; winter begins in December of its year.
Period season_period(int year, int season);
Period year_period(int year);
Period decade_period(int year);
Period century_period(int year);
Period week_period(Day day);
Period weekend_period(Day day);
/// The period of this grain that holds a day.
Period period_of(knowledge::TimeUnit grain, Day day);

/// The day of a holiday (numbered as in time_rules.h) in a year.
Day holiday_of(int year, int holiday);

/// A day moved by a count of units; what leads farther off than that lies beyond what is_written.
Day moved(Day day, knowledge::TimeUnit unit, double count);

/// "P2W", "PT5H", "P2Y6M", "PXY" where there is no count.
std::string duration_value(knowledge::TimeUnit unit, std::optional<double> count);

}  // namespace dateline::reading
