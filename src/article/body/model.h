// Which blocks of a page are its article's body: sums of small trees over the blocks' features
// (knowledge/page_trees.tsv), in two rounds. The second sees what the first said of a block, of its
// neighbours and of what it lies in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "article/blocks/features.h"
#include "dateline/result.h"

namespace dateline::article {

/// What the second round sees beside the features.
constexpr std::array kContextNames = {"score",         "score_before_1", "score_before_2",
                                      "score_after_1", "score_after_2",  "score_around",
                                      "score_wider",   "score_page",     "score_told"};

class PageModel {
 public:
  static Result<PageModel> load(const std::filesystem::path& path);

  /// How likely each block is body, 0 to 1.
  std::vector<float> score(const Page& page, const Blocks& blocks,
                           const std::vector<Features>& features) const;

 private:
  static constexpr std::size_t kRounds = 2;
  static constexpr std::size_t kInputs = kFeatures + kContextNames.size();
  /// Blocks that are led through a tree together: a processor waits for one step of a walk as long
  /// as for several that do not ask for each other.
  static constexpr std::size_t kTogether = 8;
  using Rows = std::array<const float*, kTogether>;
  struct Node {
    float threshold = 0;
    std::uint16_t feature = 0;
    std::array<std::uint16_t, 2> child{};  ///< Within all nodes of the round; a leaf's are itself.
  };
  struct Tree {
    std::uint16_t root = 0, depth = 0;
  };
  struct Round {
    float base = 0;
    std::vector<Tree> trees;
    std::vector<Node> nodes;
    std::vector<float> values;  ///< Of the leaves, by node.
    std::array<float, kTogether> score(const Rows& rows) const;
    void measure_depths();
  };
  std::array<Round, kRounds> rounds_;
};

}  // namespace dateline::article
