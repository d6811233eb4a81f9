// SPDX-License-Identifier: Apache-2.0
#include "knowledge/trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

Result<Trees> Trees::load(const std::filesystem::path& path,
                          std::span<const std::string_view> features) {
  auto table =
      Table::load(path, {"tree", "node", "feature", "threshold", "left", "right", "value"});
  if (!table) return tl::unexpected(table.error());
  Trees made;
  constexpr int kMost = 1000000;
  int tree = 0, first = 0;
  std::uint32_t furthest = 0;  // Child that is still to come.
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](std::string_view what) {
      return fail(3010, fmt::format("{}:{}: {}", path.string(), line, what));
    };
    const auto whole = [&](std::size_t cell) {
      const auto value = parse_int(cells[cell]);
      return value && *value >= 0 && *value < kMost ? *value : -1;
    };
    const int number = whole(0), node = whole(1), left = whole(4), right = whole(5);
    const auto threshold = parse_double(cells[3]), value = parse_double(cells[6]);
    if (number < 1 || node < 0 || left < 0 || right < 0 || !threshold || !value) {
      return complain("a number is wrong");
    }
    const auto index = static_cast<int>(made.nodes_.size());
    if (number != tree) {
      if (furthest >= made.nodes_.size() && index > 0) return complain("a node is missing before");
      tree = number;
      first = index;
      furthest = static_cast<std::uint32_t>(index);
      made.roots_.push_back(static_cast<std::uint32_t>(index));
    }
    if (index != first + node) return complain("a node is missing before");
    if (cells[2].empty()) {
      made.nodes_.push_back({static_cast<float>(*value), 0, 0, 0});
      continue;
    }
    const auto feature = std::find(features.begin(), features.end(), cells[2]);
    if (feature == features.end()) return complain(fmt::format("no feature '{}'", cells[2]));
    // A child comes after its parent, so that every walk ends.
    if (left <= node || right <= node) return complain("a tree runs in a circle");
    made.nodes_.push_back(
        {static_cast<float>(*threshold), static_cast<std::uint32_t>(feature - features.begin()),
         static_cast<std::uint32_t>(first + left), static_cast<std::uint32_t>(first + right)});
    furthest = std::max({furthest, made.nodes_.back().left, made.nodes_.back().right});
  }
  if (furthest >= made.nodes_.size() && !made.nodes_.empty()) {
    return fail(3010, fmt::format("{}: a tree is not whole", path.string()));
  }
  return made;
}

float Trees::score(std::span<const float> row) const {
  return 1.0F / (1.0F + std::exp(-log_odds(row)));
}

float Trees::log_odds(std::span<const float> row) const {
  float sum = 0;
  for (std::uint32_t at : roots_) {
    while (nodes_[at].left != 0) {
      const Node& node = nodes_[at];
      at = row[node.feature] <= node.threshold ? node.left : node.right;
    }
    sum += nodes_[at].threshold;
  }
  return sum;
}

}  // namespace dateline::knowledge
