// Small parsers for the cells of tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace dateline::knowledge {

/// The whole cell as a number; nothing where it is anything else.
inline std::optional<double> parse_double(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

inline std::optional<int> parse_int(std::string_view cell) {
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

/// The value beside a name in a list of pairs, or null.
template <typename List>
auto find_pair(const List& list, std::string_view name) -> decltype(&list.begin()->second) {
  for (const auto& pair : list) {
    if (pair.first == name) return &pair.second;
  }
  return nullptr;
}

}  // namespace dateline::knowledge
