// What a report tells of one happening: its sides, place, day, tolls, voice and how sure it is,
// gathered from all words that tell of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "reading/events/happenings.h"

namespace dateline::reading::events {

/// A filler taken for a slot, and the trigger that speaks for it most.
struct Taken {
  const Filler* filler = nullptr;
  std::uint32_t trigger = kNone;
  float probability = 0;
  bool by_clause =
      false;  ///< The clause of a user's own words names it; nothing was learned of it.
};

struct Slots {
  std::vector<Taken> actors, recipients;
  Taken place, time;
  /// Of each trigger in order: the place that its own sentence tells of it, else `place`.
  std::vector<Taken> place_of_trigger;
  std::vector<Taken> tolls;
  /// Index of the attributions on whose source's word it rests; nothing where no head knows.
  std::optional<std::set<std::uint32_t>> voices;
  float is_new = 0;  ///< Log odds that it is as new as the report.
  bool main = false;
  std::uint32_t status = 0;  ///< Index into kStatuses.
};

/// What might have filled a slot, and how likely that was.
struct Rival {
  std::string_view slot;  ///< actor | recipient | place | country | day | toll
  const Filler* filler = nullptr;
  float probability = 0;
};

/// Where `rivals` is set, the likeliest few of each slot are added to it.
Slots fill_slots(const Scene& scene, const Panel& panel, const knowledge::Words& words,
                 const Happening& happening, std::vector<Rival>* rivals = nullptr);

}  // namespace dateline::reading::events
