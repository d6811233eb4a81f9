// Numerals that are names and codes, by what stands beside them: they are neither years nor
// quantities.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "knowledge/count_words.h"
#include "reading/numbers.h"

namespace dateline::reading {

/// "page 12", "Flight 2014", "No. 1984", "Unit 1204", "Bus 1949" (count_nouns.tsv).
bool is_name_of_a_thing(std::string_view text, const std::vector<Atom>& atoms, const Number& number,
                        const knowledge::StringMap<knowledge::CountNoun>& nouns);

/// "1925 Elm Street", "the 1900 block of Elm Street", "a 2015 model", but not "in 1925 Elm Street
/// was paved".
bool names_what_follows(std::string_view text, const std::vector<Atom>& atoms, const Number& number,
                        const knowledge::StringMap<knowledge::CountNoun>& nouns);

/// Part of a telephone number or the like: "806-555-1033", "(806) 555-1033", "+44 20 7946 2010",
/// "call 555-2010", "Tel. (02) 9876 1984".
bool is_telephone(std::string_view text, const std::vector<Atom>& atoms, const Number& number);

}  // namespace dateline::reading
