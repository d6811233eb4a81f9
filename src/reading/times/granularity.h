// How fine a TIMEX3 value is: "2026-03" is a month, "P2W" is told in weeks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::reading {

/// second | minute | hour | part_of_day | day | weekend | week | fortnight | month | season |
/// quarter | half_year | year | decade | century | millennium; empty of no time on the calendar
/// ("PAST_REF").
std::string_view granularity_of(std::string_view value);

}  // namespace dateline::reading
