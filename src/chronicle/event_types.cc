// SPDX-License-Identifier: Apache-2.0
#include "dateline/event_types.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace dateline {

namespace {

/// How many letters must be put in, left out, changed, or swapped with the next.
std::size_t slips_between(std::string_view one, std::string_view other) {
  std::vector<std::size_t> before(other.size() + 1), row(other.size() + 1), next(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= one.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const bool same = one[i - 1] == other[j - 1];
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
        next[j] = std::min(next[j], before[j - 2] + 1);
      }
    }
    before.swap(row);
    row.swap(next);
  }
  return row.back();
}

}  // namespace

std::string nearest_word(std::string_view meant, const std::vector<std::string_view>& words) {
  constexpr std::size_t kLongest = 64;
  if (meant.empty() || meant.size() > kLongest) return "";
  std::string_view best;
  // A third of the letters may be wrong, and two at most.
  std::size_t fewest = std::min<std::size_t>(2, std::max<std::size_t>(1, meant.size() / 3)) + 1;
  for (const std::string_view word : words) {
    const bool cut_short = meant.size() >= 3 && word.starts_with(meant);
    const std::size_t slips = cut_short ? 1 : slips_between(meant, word);
    if (slips < fewest) {
      fewest = slips;
      best = word;
    }
  }
  return std::string(best);
}

std::string no_such(std::string_view what, std::string_view given,
                    const std::vector<std::string_view>& words, std::string_view meant) {
  const std::string near = nearest_word(meant.empty() ? given : meant, words);
  return fmt::format("there is no {} '{}': {}", what, given,
                     near.empty() ? fmt::format("{}", fmt::join(words, ", "))
                                  : fmt::format("did you mean {}?", near));
}

}  // namespace dateline
