// Python's regular expressions in PCRE2's spelling.
//
// The files of a pipeline hold patterns as Python's `re` reads them. Most of the syntax is shared;
// what differs is spelled out: \uXXXX, what is white space, what ends a text, what a bracket inside
// a class means, {,n}. What PCRE2 cannot say the same way is an error. On the way the translation
// notes where matches can lie, so that PythonRegex need not search a long word from its beginning.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::language {

struct TranslatedRegex {
  std::string pattern;
  bool ignore_case = false;
  bool multi_line = false;
  bool dot_all = false;
  /// Every match ends where the text does, and one longer than this many characters is a run of
  /// one repeated character or class, whose shorter ends match as well. 0: not known.
  std::size_t tail = 0;
};

/// The message of an error says what is not understood and at which byte of the pattern.
Result<TranslatedRegex> translate_python_regex(std::string_view pattern);

}  // namespace dateline::language
