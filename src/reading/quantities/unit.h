// Units beside a number: money by its ISO 4217 code, distances, weights, rates. Rows of units.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

struct Measured {
  const knowledge::MeasureUnit* unit = nullptr;  ///< Null: it is no measure.
  std::string_view words;                        ///< The unit as it is written.

  explicit operator bool() const { return unit != nullptr; }
  /// What the number is an amount of.
  Counted counted() const;
};

/// The unit before or behind the number in atoms [from, end). They grow by what belongs to the
/// number: a sign of money before it, money and percent behind it.
Measured unit_beside(const Passage& passage, std::uint32_t& from, std::uint32_t& end);

/// Money that the number's noun names: "hundreds of thousands of dollars".
Measured money_noun(const Passage& passage, std::uint32_t noun);

}  // namespace dateline::reading
