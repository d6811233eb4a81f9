// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::article {

constexpr std::size_t kLongestName = 32;     ///< Of a named reference, with its ';'.
constexpr std::size_t kLongestBareName = 6;  ///< Of one that may stand without.

/// "amp;" is "&"; empty for a name that HTML does not have.
std::string_view named_characters(std::string_view name);

}  // namespace dateline::article
