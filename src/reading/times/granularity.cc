// SPDX-License-Identifier: Apache-2.0
#include "reading/times/granularity.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dateline::reading {

namespace {

bool is_letter(char c) { return c >= 'A' && c <= 'Z' && c != 'X'; }

/// The last unit of a duration: "P2Y6M" is told in months.
std::string_view of_duration(std::string_view value) {
  std::size_t unit = value.size();
  while (unit > 1 && is_letter(value[unit - 1])) --unit;
  const std::string_view name = value.substr(unit);
  if (value.find('T') != std::string_view::npos) {
    return name == "S" ? "second" : name == "M" ? "minute" : name == "H" ? "hour" : "";
  }
  constexpr std::pair<std::string_view, std::string_view> kUnits[] = {
      {"D", "day"},      {"WE", "weekend"},   {"W", "week"}, {"F", "fortnight"},
      {"M", "month"},    {"Q", "quarter"},    {"Y", "year"}, {"DE", "decade"},
      {"CE", "century"}, {"L", "millennium"},
  };
  const auto* found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                   [&](auto& row) { return row.first == name; });
  return found == std::end(kUnits) ? "" : found->second;
}

/// "T17:30", "T17", "TMO"
std::string_view of_clock(std::string_view clock) {
  if (clock.size() > 1 && is_letter(clock[1])) return "part_of_day";
  return clock.size() >= 9 ? "second" : clock.size() >= 6 ? "minute" : "hour";
}

/// What stands behind the year: "-03", "-W10-5", "-Q3".
std::string_view of_rest(std::string_view rest) {
  if (rest.starts_with("-W") && rest != "-WI") {
    return rest.ends_with("-WE") ? "weekend" : rest.size() > 4 ? "day" : "week";
  }
  if (rest.starts_with("-Q")) return "quarter";
  if (rest.starts_with("-H")) return "half_year";
  if (rest.size() > 1 && is_letter(rest[1])) return "season";
  return rest.size() > 3 ? "day" : "month";
}

}  // namespace

std::string_view granularity_of(std::string_view value) {
  if (value.empty() || value.ends_with("_REF")) return {};
  if (value.starts_with("P")) return of_duration(value);
  if (value.starts_with("BC")) value.remove_prefix(2);
  if (const auto clock = value.find('T'); clock != std::string_view::npos) {
    return of_clock(value.substr(clock));
  }
  const auto dash = std::min(value.find('-'), value.size());
  if (dash < value.size()) return of_rest(value.substr(dash));
  return dash == 4 ? "year" : dash == 3 ? "decade" : dash == 2 ? "century" : "";
}

}  // namespace dateline::reading
