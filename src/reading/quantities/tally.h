// Tolls: nouns that stand for a number ("toll", "the number of wounded") and the number they are
// given in the sentence: "the toll rose to 14", "a death toll of 14", "put the number of dead at
// 31". SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// What a number counts that a tally of its sentence is given.
Counted toll_counts(const Passage& passage, std::uint32_t number);

/// What "toll" or "number of wounded" is a tally of.
Counted tally_counts(const Passage& passage, std::uint32_t noun);

}  // namespace dateline::reading
