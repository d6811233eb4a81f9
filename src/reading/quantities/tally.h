// Tolls: words that stand for a number ("toll", "the number of wounded") and the number they are
// given in the sentence: "the toll rose to 14", "put the number of dead at 31", "fatalities stood
// at 17". Words are rows of tallies.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// What a number counts that a tally of its sentence is given. Of a tally that does not say what it
/// counts ("brings the total to 19"), the row without counts.
Counted toll_counts(const Passage& passage, std::uint32_t number);

/// What "toll" or "number of wounded" is a tally of.
Counted tally_counts(const Passage& passage, std::uint32_t noun);

/// Whether the phrase behind this "from" tells of a change: "rose from 9 to 14" is no range.
bool is_change(const Passage& passage, std::uint32_t from);

}  // namespace dateline::reading
