// Hash maps keyed by strings that are asked with string_views, so that a lookup allocates nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace dateline::knowledge {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

template <typename T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

using StringSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

/// No key of a table is longer. A hostile text may be one word of a megabyte, asked for at every
/// date in it; its hash must not be taken each time.
inline constexpr std::size_t kLongestKey = 256;

/// The value of a key, or null.
template <typename T>
const T* find(const StringMap<T>& map, std::string_view key) {
  if (key.size() > kLongestKey) return nullptr;
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace dateline::knowledge
