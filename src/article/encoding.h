// Bytes in whatever encoding as UTF-8.
//
// The encoding is, in this order: the byte order mark's; the one given (HTTP header, JSON); the one
// the page names in its first bytes; UTF-8 where the bytes are valid UTF-8; windows-1252. The last
// is a guess and comes with a warning, as does every byte that had to be replaced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline::article {

/// `bytes` as valid UTF-8 without a byte order mark.
std::string decode(std::string_view bytes, std::string_view charset,
                   std::vector<std::string>& warnings);

}  // namespace dateline::article
