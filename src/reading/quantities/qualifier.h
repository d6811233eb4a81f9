// How sure a number is: "at least 12", "some 300", "50 or more". Phrases are rows of
// qualifiers.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

/// The qualifier that ends before atom `at`, or null; moves `at` to its beginning.
const knowledge::Qualifier* qualifier_before(const Passage& passage, std::uint32_t& at);

/// The qualifier that begins at atom `at` ("or so", "-odd"), or null; moves `at` behind it.
const knowledge::Qualifier* qualifier_after(const Passage& passage, std::uint32_t& at);

/// Sets the bounds that a quantity's value and qualifier give.
void set_bounds(Quantity& quantity);

}  // namespace dateline::reading
