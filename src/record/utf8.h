// UTF-8 at the border: is it ASCII, is it valid, and repaired where it is not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dateline::record {

bool is_ascii(std::string_view text);

/// Valid as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Whether a byte continues a character.
constexpr bool is_continuation(char byte) { return (byte & 0xC0) == 0x80; }

struct Repair {
  std::size_t count = 0;  ///< How many replacement characters were put in.
  std::size_t first = 0;  ///< Byte of the input at which the first ill-formed sequence begins.
};

/// Makes the string valid in place: each maximal part of an ill-formed sequence becomes one U+FFFD,
/// as the Unicode standard recommends and as Python's errors="replace" does. Nothing where the
/// string is valid already.
std::optional<Repair> repair_utf8(std::string& text);

}  // namespace dateline::record
