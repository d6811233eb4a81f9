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

#include "article/page_features.h"
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
  struct Node {
    float threshold = 0;  ///< Of a leaf: its value.
    std::uint16_t feature = 0;
    std::uint16_t left = 0, right = 0;  ///< Within all nodes of the round; 0: a leaf.
  };
  struct Round {
    float base = 0;
    std::vector<std::uint16_t> roots;
    std::vector<Node> nodes;
    float score(const float* row) const;
  };
  std::array<Round, kRounds> rounds_;
};

}  // namespace dateline::article
