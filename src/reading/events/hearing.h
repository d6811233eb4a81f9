// What one trigger says of the fillers around it and of itself, asked once of the heads: how likely
// each filler is for each slot, whether it is the report's news, and how sure the report is of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "reading/events/features.h"
#include "reading/events/panel.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// How likely a filler is for each answer of its slot.
struct Likely {
  const Filler* filler = nullptr;
  PairHead::Answer probability{};
};

/// Chances that sum to 1 or less, by the key of what they are of, in order of the keys.
using Chances = std::vector<std::pair<std::uint64_t, float>>;

/// What is asked of two triggers that may tell of one happening.
enum class Matter : std::uint8_t { kActor, kRecipient, kDay, kPlace };
inline constexpr std::size_t kMatters = 4;

struct Hearing {
  std::array<std::vector<Likely>, kSlots> slots;
  std::array<Chances, kMatters> matters;  ///< The same, fillers that stand for one taken together.
  std::array<float, kStatuses.size()> status{};  ///< Log probabilities.
  float main = 0, is_new = 0;                    ///< Log odds.

  const std::vector<Likely>& of(Slot slot) const { return slots[static_cast<std::size_t>(slot)]; }
  const Chances& of(Matter matter) const { return matters[static_cast<std::size_t>(matter)]; }
};

Hearing hear(const Scene& scene, const Panel& panel, const View& trigger);

}  // namespace dateline::reading::events
