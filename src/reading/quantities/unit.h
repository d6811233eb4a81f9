// Units beside a number: money by its ISO 4217 code, distances, weights, rates. Rows of units.tsv,
// of up to five words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// The unit before or behind the number in atoms [from, end), or null. They grow by what belongs to
/// the number: a sign of money before it, money and percent behind it.
const knowledge::MeasureUnit* unit_beside(const Passage& passage, std::uint32_t& from,
                                          std::uint32_t& end);

/// The unit that the number's noun is, or null: "hundreds of thousands of dollars". Measures are
/// named so by vague numbers alone: "two associate degrees" are no temperature.
const knowledge::MeasureUnit* unit_noun(const Passage& passage, std::uint32_t noun, bool vague);

/// Gives a quantity its unit and what it is an amount of.
Counted measure(const knowledge::MeasureUnit& unit, Quantity& quantity);

}  // namespace dateline::reading
