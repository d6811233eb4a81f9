// The types of happenings and how sure a report is of one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "dateline/event_types.h"

namespace dateline::reading::events {

/// In the order of the type head; "O" is no happening.
inline constexpr auto kTypes = [] {
  std::array<std::string_view, 1 + kEventTypes.size()> types{"O"};
  std::transform(kEventTypes.begin(), kEventTypes.end(), types.begin() + 1,
                 [](const EventType& type) { return type.name; });
  return types;
}();

inline constexpr std::array<std::string_view, 4> kStatuses{"actual", "planned", "alleged",
                                                           "denied"};

/// Whether a happening of this type (an index into kTypes) does this to people: "dead".
inline bool harms(std::uint32_t type, std::string_view counts) {
  const std::string_view tolls = kEventTypes[type - 1].tolls;
  for (std::size_t at = 0; at < tolls.size();) {
    const std::size_t end = std::min(tolls.find(' ', at), tolls.size());
    if (tolls.substr(at, end - at) == counts) return true;
    at = end + 1;
  }
  return false;
}

/// Whether so many may be counted of a happening of this type: what no type does may be of any.
inline bool may_count(std::uint32_t type, std::string_view counts) {
  if (harms(type, counts)) return true;
  for (std::uint32_t other = 1; other < kTypes.size(); ++other) {
    if (harms(other, counts)) return false;
  }
  return true;
}

}  // namespace dateline::reading::events
