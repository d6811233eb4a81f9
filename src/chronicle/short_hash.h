// A short hash by which happenings and actors are named and changes noticed: the same on every
// machine, of what is no secret.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::chronicle {

/// FNV-1a of 64 bits; `before`: of what stands before these bytes.
constexpr std::uint64_t short_hash(std::string_view bytes,
                                   std::uint64_t before = 14695981039346656037ull) {
  for (const char byte : bytes) {
    before = (before ^ static_cast<std::uint8_t>(byte)) * 1099511628211ull;
  }
  return before;
}

}  // namespace dateline::chronicle
