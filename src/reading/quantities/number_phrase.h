// The number itself, of one numeral or of two: "20 to 30" and "one or two" are ranges, "six in 10"
// is a rate.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

struct NumberPhrase {
  enum class Form { kOne, kRange, kRate };
  Form form = Form::kOne;
  std::uint32_t begin = 0, end = 0;  ///< Atoms.
  std::size_t last = 0;              ///< Index of its last numeral.
  std::optional<double> value, min, max;
};

/// The phrase that begins with the n-th numeral.
NumberPhrase number_phrase(const Passage& passage, std::size_t n);

/// "by 5 to 4", "52 to 38": the n-th numeral against a smaller one. No quantities.
bool is_vote(const Passage& passage, std::size_t n);

}  // namespace dateline::reading
