// The two hashes spaCy's models are keyed by (Austin Appleby's MurmurHash, public domain).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dateline::language {

/// MurmurHash64A with seed 1: the key of a string in spaCy's string store. The empty string is 0.
std::uint64_t hash_string(std::string_view text);

/// MurmurHash3 x64 128 of one 64-bit key: the four rows thinc's HashEmbed adds up.
std::array<std::uint32_t, 4> hash_rows(std::uint64_t key, std::uint32_t seed);

}  // namespace dateline::language
