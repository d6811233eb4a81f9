// "310 cases": of people who are ill, by their disease, by what they are called, or by what is
// spoken of near by; or of courts, and of anything else. Words are rows of case_words.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

/// What the noun "cases" counts; a thing where nothing says that they are of people who are ill.
Counted case_counts(const Passage& passage, std::uint32_t noun);

}  // namespace dateline::reading
