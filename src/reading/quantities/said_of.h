// What is said of a noun that has a number: harm and deeds that the sentence tells of it.
//
// "12 people killed in", "two missing climbers", "six dead" stand with the noun; of others it is
// the subject or the object of a verb: "12 men were arrested", "killing 12", "lost their lives".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// Nothing where the sentence says nothing that is counted. Without a noun, `noun` is the number.
Counted said_of(const Passage& passage, std::uint32_t noun, std::uint32_t number);

/// "attacked six times": what is counted of the verb that `noun`, the "times", stands with.
Counted times_counts(const Passage& passage, std::uint32_t noun);

}  // namespace dateline::reading
