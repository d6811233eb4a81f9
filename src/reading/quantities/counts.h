// What a number counts, of all that its noun and its sentence say.
//
// A noun often says it alone ("12 deaths"); of people it says less than what was done to them
// ("12 protesters were killed"); other nouns say nothing, and the sentence is asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// By its noun, or, where that is `number` itself, by what is said of the number.
Counted counts_of(const Passage& passage, std::uint32_t noun, std::uint32_t number);

/// "60 dead and wounded" behind the number that ends before atom `end`.
Counted dead_and_wounded(const Passage& passage, std::uint32_t end);

/// Whether a bare number stands where people are named, so that it may go on counting what the one
/// before it in its sentence counted: "killed 18; the opposition says 45", "took in 900,000
/// refugees, some 500,000 went on". The dead do nothing more: "five died and 20 were taken away".
bool may_count_on(const Passage& passage, std::uint32_t number, std::string_view before);

}  // namespace dateline::reading
