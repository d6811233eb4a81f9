// Which words may bring what somebody says, and what is known of each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "reading/attributions/scene.h"

namespace dateline::reading {

/// Words that could be a cue at all: verbs, nouns and adjectives that govern something, colons,
/// "according". About a fifth of a report.
bool may_be_cue(const Scene& scene, std::uint32_t i);

/// What a head over vectors looks at (heads.h): some words, kNone where there is none, and how the
/// stretch was cut.
template <std::size_t kCount>
struct Look {
  std::array<std::uint32_t, kCount> words;
  std::uint32_t cut = 0;  ///< Below kCuts.
};
inline constexpr std::uint32_t kCuts = 64;

inline constexpr std::size_t kCueColumns = 40, kCueWords = 2, kCueProducts = 1;

/// Adds one row of kCueColumns keys.
void cue_features(const Scene& scene, std::uint32_t i, std::vector<Key>& keys);
Look<kCueWords> cue_look(const Scene& scene, std::uint32_t i);

/// What the clause of a word looks like: the labels to either side of it.
Key frame_of(const Scene& scene, std::uint32_t i);

/// The tokens of the cue: the word, its auxiliaries, its particle.
language::TokenRange cue_tokens(const Scene& scene, std::uint32_t i);

}  // namespace dateline::reading
