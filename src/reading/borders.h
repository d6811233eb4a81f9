// Where a text's stretches meet that the language pipeline reads as one: a headline without a stop
// and the first paragraph, a dateline ("ABYEI, Sudan, May 26 (Horn Wire) - ") and the telling.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "language/document.h"

namespace dateline::reading {

class Borders {
 public:
  explicit Borders(const language::Document& document);

  /// The part of the range, perhaps nothing, that lies in one stretch with a token.
  language::TokenRange around(std::uint32_t token, language::TokenRange range) const;
  /// The range without what divides it, in pieces.
  std::vector<language::TokenRange> pieces(language::TokenRange range) const;
  /// Whether the token is part of a dateline, which tells of nothing.
  bool in_dateline(std::uint32_t token) const;

 private:
  std::vector<std::uint32_t> dividers_;  ///< Empty lines and datelines' dashes.
  std::vector<language::TokenRange> datelines_;
};

}  // namespace dateline::reading
