// Sequences of keys, found wherever they occur in a longer one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace dateline::language {

class PhraseTrie {
 public:
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kNone = 0xffffffff;

  void add(std::span<const std::uint64_t> keys) {
    std::uint32_t node = kRoot;
    for (const std::uint64_t key : keys) {
      const auto [edge, is_new] = edges_.try_emplace({node, key}, ends_.size());
      if (is_new) ends_.push_back(false);
      node = edge->second;
    }
    ends_[node] = true;
  }

  /// The node `key` leads to, or kNone.
  std::uint32_t next(std::uint32_t node, std::uint64_t key) const {
    const auto edge = edges_.find({node, key});
    return edge == edges_.end() ? kNone : edge->second;
  }

  /// Whether a sequence ends at the node.
  bool ends(std::uint32_t node) const { return ends_[node]; }

 private:
  struct Edge {
    std::uint32_t node;
    std::uint64_t key;
    bool operator==(const Edge&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Edge& edge) const {
      return (edge.key ^ edge.node) * 0x9e3779b97f4a7c15;
    }
  };

  std::unordered_map<Edge, std::uint32_t, Hash> edges_;
  std::vector<bool> ends_{false};
};

}  // namespace dateline::language
