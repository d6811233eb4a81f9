// number_words.tsv: the words numbers are written with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct NumberWord {
  /// kOne 1-19, kTen 20-90, kHundred, kScale (dozen, thousand, ...), kOrdinal, kVague (dozens),
  /// kPart (thirds), kMoneyScale ("m" of "$4m"), kFew (so many of the scale behind: "several").
  enum class Kind : std::uint8_t {
    kOne,
    kTen,
    kHundred,
    kScale,
    kOrdinal,
    kVague,
    kHalf,
    kPart,
    kMoneyScale,
    kFew,
  };
  Kind kind = Kind::kOne;
  double value = 0;
  std::optional<double> most;  ///< kVague, kFew: the upper bound.
  std::size_t line = 0;        ///< In the table.
};

class NumberWords {
 public:
  static Result<NumberWords> load(const Directory& directory);

  /// A word in lower case, or null.
  const NumberWord* find(std::string_view word) const { return knowledge::find(words_, word); }

 private:
  StringMap<NumberWord> words_;
};

}  // namespace dateline::knowledge
