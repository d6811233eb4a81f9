// SPDX-License-Identifier: Apache-2.0
#include "knowledge/event_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dateline/event_types.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<std::string_view, 49> kSides{
    "obj",    "mutual",  "guest",   "none",   "about",  "above",   "across", "after", "against",
    "along",  "amid",    "among",   "around", "at",     "before",  "behind", "below", "beneath",
    "beside", "between", "beyond",  "by",     "down",   "during",  "for",    "from",  "in",
    "inside", "into",    "near",    "of",     "off",    "on",      "onto",   "out",   "outside",
    "over",   "past",    "through", "to",     "toward", "towards", "under",  "up",    "upon",
    "via",    "with",    "within",  "without"};

}  // namespace

bool EventWord::has_side(std::string_view side) const {
  return std::find(sides.begin(), sides.end(), side) != sides.end();
}

std::optional<std::string> wrong_with(const EventWord& word) {
  std::array<std::string_view, kEventTypes.size()> types;
  std::transform(kEventTypes.begin(), kEventTypes.end(), types.begin(),
                 [](const EventType& type) { return type.name; });
  if (std::find(types.begin(), types.end(), word.type) == types.end()) {
    return fmt::format("no type '{}'; there are {}", word.type, fmt::join(types, ", "));
  }
  for (const std::string& side : word.sides) {
    if (std::find(kSides.begin(), kSides.end(), side) == kSides.end()) {
      return fmt::format("'{}' is no side: obj, mutual, guest, none or a preposition", side);
    }
  }
  if (word.has_side("mutual") && word.has_side("guest")) {
    return "sides cannot be both mutual and guest";
  }
  return std::nullopt;
}

}  // namespace dateline::knowledge
