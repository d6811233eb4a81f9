// A sum of small decision trees, learned elsewhere and kept as a table: the chance of "yes" from a
// row of named numbers.
//
// Columns: tree, node, feature, threshold, left, right, value. The nodes of a tree follow each
// other, numbered from 0, its root; a leaf has no feature. At or below the threshold: left.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::knowledge {

class Trees {
 public:
  /// Loads a table whose features must be among these names. Fails (DL3010) where a tree is not
  /// whole.
  static Result<Trees> load(const std::filesystem::path& path,
                            std::span<const std::string_view> features);

  /// The chance, 0 to 1, of a row with all the features; its log odds.
  float score(std::span<const float> row) const;
  float log_odds(std::span<const float> row) const;

 private:
  struct Node {
    float threshold = 0;  ///< Of a leaf: its value.
    std::uint32_t feature = 0;
    std::uint32_t left = 0, right = 0;  ///< Among all nodes; of a leaf 0, where no child can be.
  };
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_;
};

}  // namespace dateline::knowledge
