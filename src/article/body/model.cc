// SPDX-License-Identifier: Apache-2.0
#include "article/body/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

/// What the first round says is body with less is not asked again: more than half of the blocks.
/// Swept on pages whose sites the trees had not seen: .01 to .08 make no difference to F1.
constexpr float kHopeless = 0.05F;

int feature_index(std::string_view name) {
  const auto* feature = std::find(kFeatureNames.begin(), kFeatureNames.end(), name);
  if (feature != kFeatureNames.end()) return static_cast<int>(feature - kFeatureNames.begin());
  const auto* context = std::find(kContextNames.begin(), kContextNames.end(), name);
  if (context == kContextNames.end()) return -1;
  return static_cast<int>(kFeatures) + static_cast<int>(context - kContextNames.begin());
}

}  // namespace

Result<PageModel> PageModel::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(
      path, {"round", "tree", "node", "feature", "threshold", "left", "right", "value"});
  if (!table) return tl::unexpected(table.error());
  PageModel model;
  // The rows of a tree follow each other, its nodes numbered from 0; a child comes after its
  // parent, so that every walk ends.
  constexpr int kMostNodes = 60000;
  int tree = -1, first = 0;
  Round* round = nullptr;
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](std::string_view what) {
      return fail(3010, fmt::format("{}:{}: {}", path.string(), line, what));
    };
    std::array<int, 5> number{};
    constexpr std::array<std::size_t, 5> kWhole = {0, 1, 2, 5, 6};
    for (std::size_t i = 0; i < kWhole.size(); ++i) {
      const auto value = knowledge::parse_int(cells[kWhole[i]]);
      if (!value || *value < 0 || *value > kMostNodes) return complain("a number is wrong");
      number[i] = *value;
    }
    const auto value = knowledge::parse_double(cells[7]);
    if (!value || number[0] < 1 || number[0] > static_cast<int>(kRounds)) {
      return complain("a number is wrong");
    }
    if (round != &model.rounds_[static_cast<std::size_t>(number[0] - 1)]) {
      round = &model.rounds_[static_cast<std::size_t>(number[0] - 1)];
      tree = -1;
    }
    if (number[1] == 0) {
      round->base = static_cast<float>(*value);
      continue;
    }
    if (number[1] != tree) {
      tree = number[1];
      first = static_cast<int>(round->nodes.size());
      round->trees.push_back({static_cast<std::uint16_t>(first), 0});
    }
    const int index = static_cast<int>(round->nodes.size());
    if (index != first + number[2] || index >= kMostNodes) return complain("a node is missing");
    const auto self = static_cast<std::uint16_t>(index);
    round->values.push_back(static_cast<float>(*value));
    if (cells[3].empty()) {
      round->nodes.push_back({0, 0, {self, self}});
      continue;
    }
    const int feature = feature_index(cells[3]);
    const auto threshold = knowledge::parse_double(cells[4]);
    if (feature < 0) return complain(fmt::format("no feature '{}'", cells[3]));
    if (!threshold) return complain("a threshold is wrong");
    if (number[3] <= number[2] || number[4] <= number[2])
      return complain("a tree runs in a circle");
    round->nodes.push_back({static_cast<float>(*threshold),
                            static_cast<std::uint16_t>(feature),
                            {static_cast<std::uint16_t>(first + number[3]),
                             static_cast<std::uint16_t>(first + number[4])}});
    if (first + std::max(number[3], number[4]) > kMostNodes) return complain("a node is missing");
  }
  for (Round& one : model.rounds_) {
    const auto count = one.nodes.size();
    for (const Node& node : one.nodes) {
      if (node.child[0] >= count || node.child[1] >= count) {
        return fail(3010, fmt::format("{}: a tree is not whole", path.string()));
      }
    }
    one.measure_depths();
  }
  return model;
}

/// A child stands behind its parent, so that one pass finds how deep each node lies.
void PageModel::Round::measure_depths() {
  std::vector<std::uint16_t> depth(nodes.size(), 0);
  for (std::size_t t = 0; t < trees.size(); ++t) {
    const std::size_t end = t + 1 < trees.size() ? trees[t + 1].root : nodes.size();
    for (std::size_t n = trees[t].root; n < end; ++n) {
      trees[t].depth = std::max(trees[t].depth, depth[n]);
      for (const std::uint16_t child : nodes[n].child) {
        if (child != n) depth[child] = static_cast<std::uint16_t>(depth[n] + 1);
      }
    }
  }
}

std::array<float, PageModel::kTogether> PageModel::Round::score(const Rows& rows) const {
  std::array<float, kTogether> sums;
  sums.fill(base);
  for (const Tree& tree : trees) {
    std::array<std::uint16_t, kTogether> at;
    at.fill(tree.root);
    for (std::uint16_t step = 0; step < tree.depth; ++step) {
      for (std::size_t r = 0; r < kTogether; ++r) {
        const Node& node = nodes[at[r]];
        at[r] = node.child[rows[r][node.feature] <= node.threshold ? 0 : 1];
      }
    }
    for (std::size_t r = 0; r < kTogether; ++r) sums[r] += values[at[r]];
  }
  for (float& sum : sums) sum = 1.0F / (1.0F + std::exp(-sum));
  return sums;
}

std::vector<float> PageModel::score(const Page& page, const Blocks& blocks,
                                    const std::vector<Features>& features) const {
  const std::size_t count = features.size();
  std::vector<float> first(count), second(count);
  Rows rows;
  for (std::size_t begin = 0; begin < count; begin += kTogether) {
    for (std::size_t r = 0; r < kTogether; ++r) {
      rows[r] = features[std::min(begin + r, count - 1)].data();
    }
    const auto scores = rounds_[0].score(rows);
    std::copy_n(scores.begin(), std::min(kTogether, count - begin), first.begin() + begin);
  }

  // Sums over the words in each container.
  struct Sum {
    double sure = 0, words = 0;
  };
  std::unordered_map<std::uint32_t, Sum> sums;
  std::vector<std::array<std::uint32_t, 2>> containers(count);
  double total = 0;
  const auto words_of = [&](std::size_t i) { return std::max<double>(blocks.blocks[i].words, 1); };
  for (std::size_t i = 0; i < count; ++i) {
    containers[i] = containers_of(page, blocks.blocks[i]);
    const double words = words_of(i), sure = first[i] * words;
    total += sure;
    for (std::size_t k = 0; k < 2; ++k) {
      if (k == 1 && containers[i][1] == containers[i][0]) continue;
      Sum& sum = sums[containers[i][k]];
      sum.sure += sure;
      sum.words += words;
    }
  }
  if (total == 0) total = 1;
  double told = 0;
  std::array<std::array<float, kInputs>, kTogether> inputs{};
  for (std::size_t r = 0; r < kTogether; ++r) rows[r] = inputs[r].data();
  std::array<std::size_t, kTogether> asked;
  std::size_t waiting = 0;
  const auto ask = [&] {
    const auto scores = rounds_[1].score(rows);
    for (std::size_t r = 0; r < waiting; ++r) second[asked[r]] = scores[r];
    waiting = 0;
  };
  for (std::size_t i = 0; i < count; told += first[i] * words_of(i), ++i) {
    if (first[i] < kHopeless) {
      second[i] = first[i];
      continue;
    }
    auto& row = inputs[waiting];
    std::copy(features[i].begin(), features[i].end(), row.begin());
    const Sum& one = sums[containers[i][0]];
    const Sum& two = sums[containers[i][1]];
    const std::array<double, kContextNames.size()> context = {first[i],
                                                              i > 0 ? first[i - 1] : 0,
                                                              i > 1 ? first[i - 2] : 0,
                                                              i + 1 < count ? first[i + 1] : 0,
                                                              i + 2 < count ? first[i + 2] : 0,
                                                              one.sure / one.words,
                                                              two.sure / two.words,
                                                              two.sure / total,
                                                              told / total};
    std::transform(context.begin(), context.end(), row.begin() + kFeatures,
                   [](double value) { return static_cast<float>(value); });
    asked[waiting++] = i;
    if (waiting == kTogether) ask();
  }
  if (waiting > 0) ask();
  return second;
}

}  // namespace dateline::article
