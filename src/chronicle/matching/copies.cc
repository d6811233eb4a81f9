// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/copies.h"

#include <algorithm>

namespace dateline::chronicle::matching {

namespace {

constexpr std::size_t kRun = 5;
constexpr std::uint32_t kFewest = 20;

/// The finalizer of MurmurHash3: every bit of the value moves every bit of the result.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdull;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53ull;
  return value ^ (value >> 33);
}

}  // namespace

Sketch sketch_of(const std::vector<WordId>& words) {
  Sketch sketch;
  if (words.size() < kRun) return sketch;
  std::vector<std::uint64_t> runs;
  runs.reserve(words.size());
  for (std::size_t at = 0; at + kRun <= words.size(); ++at) {
    std::uint64_t run = 0;
    for (std::size_t k = 0; k < kRun; ++k) run = mixed(run ^ words[at + k]) + k;
    runs.push_back(run);
  }
  std::ranges::sort(runs);
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  sketch.of = static_cast<std::uint32_t>(runs.size());
  runs.resize(std::min(runs.size(), kSketch));
  sketch.smallest = std::move(runs);
  return sketch;
}

double shared_text(const std::vector<std::uint64_t>& a, std::uint32_t of_a,
                   const std::vector<std::uint64_t>& b, std::uint32_t of_b) {
  if (std::min(of_a, of_b) < kFewest) return 0;
  // The smallest of both together are a fair sample of all runs of both.
  std::size_t i = 0, j = 0, seen = 0, both = 0;
  for (; seen < kSketch && i < a.size() && j < b.size(); ++seen) {
    if (a[i] == b[j]) ++both;
    const std::uint64_t least = std::min(a[i], b[j]);
    if (a[i] == least) ++i;
    if (b[j] == least) ++j;
  }
  if (seen == 0) return 0;
  const double resemblance = static_cast<double>(both) / static_cast<double>(seen);
  const double shared = resemblance * (static_cast<double>(of_a) + of_b) / (1 + resemblance);
  return std::min(1.0, shared / std::min(of_a, of_b));
}

}  // namespace dateline::chronicle::matching
