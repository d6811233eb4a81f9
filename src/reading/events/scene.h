// A report as happenings are looked for in it: its tree, and what may fill a slot of a happening,
// one list a slot, each filler standing at one token.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "reading/mentions.h"
#include "reading/tree.h"

namespace dateline::reading::events {

/// What may fill a slot.
struct Filler {
  std::uint32_t head = 0;      ///< The token that it stands at.
  language::TokenRange words;  ///< Its phrase.
  std::uint32_t item = kNone;  ///< Index into the record's list of its kind; of parties: entities.
  std::uint32_t kind = 0;      ///< Small number for what it is; see kKinds.
};

/// Voices are learned beside the others, and no reader asks for them yet: attributions say whose
/// words an event lies in.
enum class Slot : std::uint8_t { kParty, kPlace, kTime, kQuantity, kVoice };
inline constexpr std::size_t kSlots = 5;

class Scene {
 public:
  Scene(const language::Document& document, const Record& record);

  const language::Token& operator[](std::uint32_t i) const { return tokens[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(tokens.size()); }
  /// Fillers of a slot that stand in the sentences around a trigger, in text order; the place of
  /// the dateline comes first where it is none of these.
  std::vector<const Filler*> around(Slot slot, std::uint32_t trigger) const;
  const std::vector<Filler>& fillers(Slot slot) const {
    return fillers_[static_cast<std::size_t>(slot)];
  }

  const language::Document& document;
  const Record& record;
  const std::vector<language::Token>& tokens;
  Tree tree;
  MentionMap mentions;

 private:
  void find_parties();
  void find_items();
  language::TokenRange phrase(std::uint32_t head) const;

  std::array<std::vector<Filler>, kSlots> fillers_;
};

/// How a filler stands to a trigger, in numbers below kPairSizes: the labels on the way between
/// them, sentences and words between them, the filler's label, what it is, and how the trigger
/// itself stands in its sentence.
inline constexpr std::array<std::uint32_t, 6> kPairSizes{1'024, 16, 32, 64, 64, 64};
using PairFeatures = std::array<std::uint16_t, kPairSizes.size()>;
PairFeatures pair_features(const Scene& scene, Slot slot, std::uint32_t trigger,
                           const Filler& filler);

/// How two triggers stand to each other that may tell of one happening.
inline constexpr std::array<std::uint32_t, 5> kLinkSizes{16, 32, 16, 16, 16};
using LinkFeatures = std::array<std::uint16_t, kLinkSizes.size()>;
LinkFeatures link_features(const Scene& scene, std::uint32_t earlier, std::uint32_t later);

/// Number of a word among so many, 0 of none.
std::uint16_t bucket(std::string_view word, std::uint32_t size);

/// Whether a word may tell of a happening at all.
bool may_trigger(const language::Token& token);

/// Where a word stands: the place of its sentence in the report, and whether a headline.
inline constexpr std::uint32_t kWhereSize = 24;
std::uint16_t where_in_report(const Scene& scene, std::uint32_t token);

}  // namespace dateline::reading::events
