// Numbers as they are written: "1,200", "5 1/2", "twenty-four", "2.5 million", "half a million",
// "nineteen ninety-six", "2nd", "dozens", "hundreds of thousands".
//
// One pass over the atoms finds all of them, longest first. Words come from number_words.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "knowledge/number_words.h"
#include "reading/atoms.h"

namespace dateline::reading {

struct Number {
  std::uint32_t begin = 0, end = 0;  ///< Atoms.
  double value = 0;
  bool ordinal = false;    ///< "third", "3rd"
  bool spelled = false;    ///< Holds a word.
  bool vague = false;      ///< "dozens": value and `most` are bounds.
  bool year_like = false;  ///< "nineteen ninety-six", or four digits without a comma.
  bool fraction = false;
  bool part = false;  ///< "two-thirds"
  double scale = 1;   ///< What its last words multiply: 1e6 in "2.5 million".
  int digits = 0;     ///< Of a number that is one run of digits, else 0.
  std::optional<double> most;
};

std::vector<Number> find_numbers(std::string_view text, const std::vector<Atom>& atoms,
                                 const knowledge::NumberWords& words);

}  // namespace dateline::reading
