// Who had the last word on an event's account, or on a happening.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dateline::chronicle {

inline constexpr std::string_view kMachineRead = "machine-read", kMachineMerged = "machine-merged";

inline constexpr std::array<std::string_view, 5> kStates = {
    kMachineRead, kMachineMerged, "person-confirmed", "person-corrected", "person-added"};

/// The state that something is in once a person did this to it last.
std::string_view state_after(std::string_view act);

/// The state of an event e, or of a happening h, as SQL.
std::string state_of_event(int version);
std::string state_of_happening(int version);

}  // namespace dateline::chronicle
