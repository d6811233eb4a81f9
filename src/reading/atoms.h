// A text cut finer than words: runs of letters, runs of digits, single marks.
//
// Dates and numbers are written across the borders of the language pipeline's tokens
// ("mid-November", "19-Nov-12", "5 1/2", "U.S.-led"), so the readers of times and quantities look
// at atoms and know of each in which token it lies. Lexing is linear and allocates one vector.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/document.h"

namespace dateline::reading {

struct Atom {
  enum class Kind : std::uint8_t { kWord, kDigits, kMark };
  Span span;
  Kind kind = Kind::kMark;
  bool space_before = false;  ///< White space or a line break lies before it.
  std::uint32_t token = 0;    ///< The token that holds its first byte, or the next one.
};

/// Letters are ASCII letters and all characters beyond ASCII but dashes, quotes, no-break spaces
/// and vulgar fractions; an apostrophe and what follows it are atoms of their own.
std::vector<Atom> cut_atoms(const language::Document& document);

/// Writes the ASCII-lower-cased form of a word into `buffer` and returns a view of it; a word
/// longer than the buffer yields an empty view, as no word of a table is that long.
std::string_view lower_into(std::string_view word, char (&buffer)[32]);

}  // namespace dateline::reading
