// A word that tells of an event: its type and mode, and where the sides of the deed stand.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::knowledge {

struct EventWord {
  std::vector<std::string> with;  ///< Lemmas one of which must stand below it; empty: none need to.
  std::string type, mode;
  /// Where the other party stands: obj, a preposition, mutual, guest or none; empty is obj.
  std::vector<std::string> sides;
  std::size_t line = 0;  ///< Of the row in its table.

  bool has_side(std::string_view side) const;
};

/// What is wrong with its type or its sides, or nothing.
std::optional<std::string> wrong_with(const EventWord& word);

}  // namespace dateline::knowledge
