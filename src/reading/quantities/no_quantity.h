// Numerals that are no quantities: scores, years, numbers of lists, of things and in names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

/// By what stands beside the number: "F-16", "10:30", "page 12", "12 years", "45 and older".
bool is_mere_numeral(const Passage& passage, const Number& number);

/// By its place in the sentence: "14 Hill Road", "Apollo 11", "4 Ada Obi" of a list, "men under
/// 35", "test scores".
/// `token` is the number's, `noun` the one it stands with.
bool is_name_or_limit(const Passage& passage, const Number& number, std::uint32_t token,
                      std::uint32_t noun);

/// "the 2004 and 2008 conventions": four digits without a comma that count nobody.
bool is_year(const Passage& passage, const Number& number, std::uint32_t noun);

/// "19 Hard Truths" in quotation marks.
bool is_in_title(const Passage& passage, const Number& number);

/// What a hyphen joins to a number that counts nothing: "one-time", "two-step", "one-on-one".
bool is_idiom(const Passage& passage, const Number& number);

/// "one of them", "one" for somebody. `token` is the number's.
bool is_one_of(const Passage& passage, const Number& number, std::uint32_t token);

/// Times are in the order of the text, as names are.
bool is_inside_time(const std::vector<Time>& times, Span span);
bool is_inside_name(const Passage& passage, std::uint32_t token);

}  // namespace dateline::reading
