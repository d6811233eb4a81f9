// SPDX-License-Identifier: Apache-2.0
#include "language/document.h"

#include <algorithm>
#include <iterator>

namespace dateline::language {

void Document::index_children() {
  const auto n = static_cast<std::uint32_t>(tokens.size());
  first_child_.assign(n + 1, 0);
  children_.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (tokens[i].head != i) ++first_child_[tokens[i].head + 1];
  }
  for (std::uint32_t i = 0; i < n; ++i) first_child_[i + 1] += first_child_[i];
  std::vector<std::uint32_t> next(first_child_.begin(), first_child_.end() - 1);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (tokens[i].head != i) children_[next[tokens[i].head]++] = i;
  }
  children_.resize(first_child_[n]);
}

TokenRange Document::tokens_of(Span bytes) const {
  if (tokens.empty()) return {};
  const auto first =
      std::partition_point(tokens.begin(), std::prev(tokens.end()),
                           [&](const Token& t) { return t.span.end <= bytes.begin; });
  const auto last = std::partition_point(std::next(first), tokens.end(),
                                         [&](const Token& t) { return t.span.begin < bytes.end; });
  return {static_cast<std::uint32_t>(first - tokens.begin()),
          static_cast<std::uint32_t>(last - tokens.begin())};
}

TokenRange Document::subtree(std::uint32_t i) const {
  // Iterative: a hostile text can make a tree as deep as it is long.
  TokenRange range{i, i + 1};
  std::vector<std::uint32_t> open{i};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    range.begin = std::min(range.begin, at);
    range.end = std::max(range.end, at + 1);
    for (const std::uint32_t child : children(at)) open.push_back(child);
  }
  return range;
}

}  // namespace dateline::language
