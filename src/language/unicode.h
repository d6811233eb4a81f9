// Python's view of characters: what str.isspace, isalpha, isdigit, isupper and lower say.
//
// spaCy's lexical attributes are defined by these. All take valid UTF-8. Python 3.11 knows Unicode
// 14 and ICU 72 Unicode 15: the 4,489 characters added between them are the only known difference.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline::language {

/// Bytes of the character that starts with `lead`; 1 for a byte that starts none.
constexpr std::size_t utf8_width(unsigned char lead) {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/// Whether a byte continues a character.
constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Decodes the character at `at` and moves `at` behind it; U+FFFD for bytes that are none.
char32_t next_character(std::string_view text, std::size_t& at);

/// Number of characters.
std::size_t count_characters(std::string_view text);

/// Bytes of the first / last `count` characters, all where there are fewer.
std::size_t head_bytes(std::string_view text, std::size_t count);
std::size_t tail_bytes(std::string_view text, std::size_t count);

bool is_valid_utf8(std::string_view text);

bool is_space(char32_t character);
bool is_alpha(char32_t character);
bool is_digit(char32_t character);
bool is_upper(char32_t character);

/// Whether there is a character and all are of the kind.
bool is_space(std::string_view text);
bool is_alpha(std::string_view text);

/// str.lower(): full case mapping without a language, with the final sigma.
std::string lower_case(std::string_view text);

/// Letters without the marks above and below them: "ichiyō" becomes "ichiyo".
std::string without_marks(std::string_view text);

}  // namespace dateline::language
