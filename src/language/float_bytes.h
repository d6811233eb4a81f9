// Floats as files keep them: little-endian, in single or in half precision.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dateline::language {

inline constexpr std::size_t kHalfBytes = 2;

/// The numbers in `bytes`, each `size` bytes long: 4, or kHalfBytes. Every half is a float, so
/// nothing is rounded.
std::vector<float> floats_of(std::string_view bytes, std::size_t size);

}  // namespace dateline::language
