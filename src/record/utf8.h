// UTF-8 at the border: is it ASCII, is it valid, and a repaired copy where it is not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::record {

bool is_ascii(std::string_view text);

/// Valid as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// A copy in which every byte that is not part of a valid character has become U+FFFD.
std::string repaired_utf8(std::string_view text);

}  // namespace dateline::record
