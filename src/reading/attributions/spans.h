// Whose words a cue brings and which they are: the stretches that could be, and what is known of
// each. A model chooses among them (learner.h), so each list holds many wrong ones.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "reading/attributions/cues.h"
#include "reading/attributions/scene.h"

namespace dateline::reading {

/// Runs of tokens in text order; none where there is no such thing.
using Pieces = std::vector<language::TokenRange>;

struct Candidate {
  Pieces pieces;
  std::uint32_t head = kNone;  ///< The word it hangs on.
  std::uint32_t shape = 0;     ///< How it was cut.
};

inline constexpr std::size_t kSourceColumns = 22;
inline constexpr std::size_t kContentColumns = 28;

inline constexpr std::size_t kContentWords = 6, kContentProducts = 2;

/// The first candidate is that there is none.
std::vector<Candidate> source_candidates(const Scene& scene, std::uint32_t cue);
void source_features(const Scene& scene, std::uint32_t cue, const Candidate& candidate,
                     std::vector<Key>& keys);

/// Given who speaks (perhaps nobody).
std::vector<Candidate> content_candidates(const Scene& scene, std::uint32_t cue,
                                          const Candidate& source);
void content_features(const Scene& scene, std::uint32_t cue, const Candidate& source,
                      const Candidate& candidate, std::vector<Key>& keys);
Look<kContentWords> content_look(std::uint32_t cue, const Candidate& candidate);

}  // namespace dateline::reading
