// A report as happenings are looked for in it: its tree, and what may fill a slot of a happening,
// one list a slot, each filler standing at one token.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
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

/// Whether a word may tell of a happening at all.
bool may_trigger(const language::Token& token);

/// Number of a word in a list, counted from 1; 0 where it is not there.
std::uint32_t number_of(std::string_view word, std::initializer_list<std::string_view> words);

/// Number of a word among so many, 0 of none.
std::uint16_t bucket(std::string_view word, std::uint32_t size);

}  // namespace dateline::reading::events
