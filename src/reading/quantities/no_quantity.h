// Numerals that are no quantities: ages, scores, numbers of lists, of things and in names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

/// By what stands beside the number: "F-16", "10:30", "page 12", "Roe, 51,", "36-year-old".
bool is_mere_numeral(const Passage& passage, const Number& number);

/// "one of them", "one" for somebody. `token` is the number's.
bool is_one_of(const Passage& passage, const Number& number, std::uint32_t token);

/// Times are in the order of the text, as names are.
bool is_inside_time(const std::vector<Time>& times, Span span);
bool is_inside_name(const Passage& passage, std::uint32_t token);

}  // namespace dateline::reading
