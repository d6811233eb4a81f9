// Words that a correction rests on: found by who marks them, and found again in another reading.
//
// Where the text is as it was they stand at the same place. Where it is another (an article that
// was cut out otherwise), they are told from the same words elsewhere by what stands on both sides,
// white space aside. Linear in the text for each place at which the words stand.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "dateline/corrections.h"
#include "dateline/record.h"
#include "dateline/result.h"

namespace dateline::chronicle::corrections {

/// The code of what leads to nothing in what is read.
inline constexpr int kUnattached = 4035;

/// The words of a span with what stands around them; part, content and event are left open.
CorrectionWords words_at(std::string_view text, Span span);

/// Where they stand in this text, or why that cannot be told.
Result<Span> found_again(const CorrectionWords& words, std::string_view text);

/// Everywhere these whole words stand as they are, else whatever the case of A to Z.
std::vector<Span> places_of(std::string_view words, std::string_view text);

}  // namespace dateline::chronicle::corrections
