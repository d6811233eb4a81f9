// What stands with a noun and says what was done to it: "12 people killed in", "two missing
// climbers", "men who were arrested", "31 with burns".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// The first of a noun's modifiers that says something.
Counted modifiers_count(const Passage& passage, std::uint32_t noun);

}  // namespace dateline::reading
