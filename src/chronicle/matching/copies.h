// Whether one report was made from another's text: the share of runs of five words that both have.
//
// Of all runs a report has, the numbers of the smallest hash values are kept (a bottom-k sketch:
// Broder, On the resemblance and containment of documents, 1997), from which the shares are
// estimated. The libraries that Debian has for it are written in Go.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "chronicle/matching/words.h"

namespace dateline::chronicle::matching {

inline constexpr std::size_t kSketch = 96;

struct Sketch {
  std::vector<std::uint64_t> smallest;  ///< At most kSketch, in order.
  std::uint32_t of = 0;                 ///< How many different runs the text has.
};

Sketch sketch_of(const std::vector<WordId>& words);

/// What share of the runs of the shorter text are in the longer one, 0 to 1; 0 of texts of fewer
/// than twenty runs, which say too little.
double shared_text(const std::vector<std::uint64_t>& a, std::uint32_t of_a,
                   const std::vector<std::uint64_t>& b, std::uint32_t of_b);

/// From which share on a report is a copy of the other. Reports of one happening that were written
/// apart share the words of those they quote, a tenth of their runs or less.
inline constexpr double kCopied = 0.4;

}  // namespace dateline::chronicle::matching
