// Bytes in whatever encoding as UTF-8.
//
// The encoding is, in this order: the byte order mark's; the one given (HTTP header, JSON); the one
// the page names in its first bytes; UTF-8 where the bytes are valid UTF-8; what the bytes look
// like (guess.h), also where they cannot be in the one that was named. The last is a guess
// and comes with a warning, as does every byte that had to be replaced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::article {

struct Decoded {
  std::string text;     ///< Valid UTF-8 without a byte order mark.
  std::string charset;  ///< Of the bytes.

  /// Where a byte of the text stands in the bytes that were given; only where it was asked for.
  std::uint64_t stored(std::uint32_t at) const;

  /// Ends of characters (text, bytes given) after which the two go on byte for byte.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> ends;
};

/// Whether the byte order mark is UTF-16's or UTF-32's.
bool has_wide_mark(std::string_view bytes);

/// `offsets`: whether stored() will be asked.
Decoded decode(std::string_view bytes, std::string_view charset, bool offsets,
               std::vector<std::string>& warnings);

}  // namespace dateline::article
