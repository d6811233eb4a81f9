// What depends on a word alone: spaCy's lexical attributes and the keys they hash to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::language {

/// One word form as the models see it. The same text with another norm (an exception of the
/// tokenizer: "n't" is "not") is another lexeme. Keys are hash_string of the attribute's text.
struct Lexeme {
  std::string_view text;
  std::string_view lower;
  std::uint64_t orth = 0;
  std::uint64_t lower_key = 0;
  std::uint64_t norm = 0;
  std::uint64_t prefix = 0;  ///< Of the first character.
  std::uint64_t suffix = 0;  ///< Of the last three characters.
  std::uint64_t shape = 0;   ///< Of "Xxxx", "dd.d", ...
  bool is_space = false;
  bool special_norm = false;  ///< The norm comes from an exception of the tokenizer.
};

}  // namespace dateline::language
