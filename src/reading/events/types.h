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

}  // namespace dateline::reading::events
