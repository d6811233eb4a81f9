// Which entity a token stands for: the mentions of a record, asked by the head word.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reading/tree.h"

namespace dateline::reading {

class MentionMap {
 public:
  MentionMap(const Tree& tree, const Record& record);

  /// Index of the entity whose mention has this token as its head, or kNone.
  std::uint32_t entity_at(std::uint32_t token) const { return at_[token]; }
  /// Its id, or nothing.
  std::string id_at(std::uint32_t token) const {
    return at_[token] == kNone ? std::string() : record_.entities[at_[token]].id;
  }

 private:
  const Record& record_;
  std::vector<std::uint32_t> at_;
};

}  // namespace dateline::reading
