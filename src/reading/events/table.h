// What the table of words (verbs.tsv) says of a word that may tell of a happening.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "knowledge/words.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// The row for this word, of this type where one is given: the first whose condition stands below
/// the word, else the first without a condition, else null.
const knowledge::EventWord* row_of(const knowledge::Words& words, const Scene& scene,
                                   std::uint32_t token, std::string_view type = {});

/// What the type head is told of a word besides its vector, in numbers below kWordSizes: the type
/// of its row, with or without a condition, and its tag.
inline constexpr std::array<std::uint32_t, 2> kWordSizes{40, 48};
using WordFeatures = std::array<std::uint16_t, kWordSizes.size()>;
WordFeatures word_features(const knowledge::Words& words, const Scene& scene, std::uint32_t token);

}  // namespace dateline::reading::events
