// The types of happenings and how sure a report is of one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace dateline::reading::events {

/// PLOVER 2.0's sixteen types (Open Event Data Alliance) and three of our own at the end, in the
/// order of the type head; "O" is no happening.
inline constexpr std::array<std::string_view, 20> kTypes{
    "O",        "AGREE",   "CONSULT", "SUPPORT", "CONCEDE",  "COOPERATE", "AID",
    "RETREAT",  "REQUEST", "ACCUSE",  "REJECT",  "THREATEN", "PROTEST",   "SANCTION",
    "MOBILIZE", "COERCE",  "ASSAULT", "MOVE",    "DISASTER", "OFFICE"};

inline constexpr std::array<std::string_view, 4> kStatuses{"actual", "planned", "alleged",
                                                           "denied"};

}  // namespace dateline::reading::events
