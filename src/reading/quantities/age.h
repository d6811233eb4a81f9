// Ages: "Roe, 51,", "36-year-old", "aged 19", "she was 34". They tell how old somebody is, not how
// many there are.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

inline constexpr double kOldestAge = 120;

/// By what stands beside the number: that it is an age, or nothing.
Counted age_beside(const Passage& passage, const Number& number);

/// By its clause: the one who is so old is a single person. `token` is the number's, `noun` the one
/// it stands with.
bool is_told_age(const Passage& passage, const Number& number, std::uint32_t token,
                 std::uint32_t noun);

}  // namespace dateline::reading
