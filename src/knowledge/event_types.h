// The types of events: PLOVER 2.0's sixteen (Open Event Data Alliance) and three of our own at the
// end, in the order of the type head. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace dateline::knowledge {

inline constexpr std::array<std::string_view, 19> kEventTypes{
    "AGREE",   "CONSULT", "SUPPORT", "CONCEDE",  "COOPERATE", "AID",      "RETREAT",
    "REQUEST", "ACCUSE",  "REJECT",  "THREATEN", "PROTEST",   "SANCTION", "MOBILIZE",
    "COERCE",  "ASSAULT", "MOVE",    "DISASTER", "OFFICE"};

}  // namespace dateline::knowledge
