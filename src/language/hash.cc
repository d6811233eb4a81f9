// SPDX-License-Identifier: Apache-2.0
#include "language/hash.h"

#include <bit>
#include <cstring>

namespace dateline::language {

std::uint64_t hash_string(std::string_view text) {
  if (text.empty()) return 0;
  constexpr std::uint64_t kMix = 0xc6a4a7935bd1e995;
  constexpr int kShift = 47;
  std::uint64_t hash = 1 ^ (text.size() * kMix);
  while (text.size() >= 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data(), 8);
    text.remove_prefix(8);
    block *= kMix;
    block ^= block >> kShift;
    hash = (hash ^ (block * kMix)) * kMix;
  }
  if (!text.empty()) {
    std::uint64_t tail = 0;
    std::memcpy(&tail, text.data(), text.size());
    hash = (hash ^ tail) * kMix;
  }
  hash ^= hash >> kShift;
  hash *= kMix;
  return hash ^ (hash >> kShift);
}

namespace {

std::uint64_t finish(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

}  // namespace

std::array<std::uint32_t, 4> hash_rows(std::uint64_t key, std::uint32_t seed) {
  // The general algorithm, unrolled for a key of eight bytes: they are all tail.
  std::uint64_t h1 = std::rotl(key * 0x87c37b91114253d5, 31) * 0x4cf5ad432745937f;
  h1 ^= seed ^ 8;
  std::uint64_t h2 = seed ^ 8;
  h1 += h2;
  h2 += h1;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 += h2;
  h2 += h1;
  return {static_cast<std::uint32_t>(h1), static_cast<std::uint32_t>(h1 >> 32),
          static_cast<std::uint32_t>(h2), static_cast<std::uint32_t>(h2 >> 32)};
}

}  // namespace dateline::language
