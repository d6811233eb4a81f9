// Stretches between quotation marks, in text order, not overlapping.
//
// Curly, low, angle and straight double marks, `` and '' count, straight ones up to three
// together as one; single ones where they open a word and close behind a comma or stop, so that
// apostrophes and quoted words do not. Each paragraph is
// read by itself: a mark that is never closed ends with its
// paragraph and, where the next one opens with a mark again, the two are one speech.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "dateline/record.h"

namespace dateline::reading {

struct Quote {
  Span span;  ///< What stands between the marks.
  std::uint32_t paragraph = 0;
  bool continues = false;  ///< Goes on from the quote before, which was left open.
};

std::vector<Quote> find_quotes(std::string_view text);

/// Whether a text is nothing but double quotation marks.
bool only_quote_marks(std::string_view text);

}  // namespace dateline::reading
