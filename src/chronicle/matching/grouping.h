// Which tellings are one happening, from how likely each pair is: clusters that are joined, the
// likeliest pair of clusters first, as long as two tellings, one of each, are likely the same on
// average. A pair that was not found alike counts as no chance, and one of a single report as
// several such: what a report tells as two happenings is seldom one. What people hold together or
// apart is so whatever the chances.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace dateline::chronicle::matching {

/// That two tellings are one: a < b.
struct Link {
  std::size_t a = 0, b = 0;
  float chance = 0;
};

/// What a person said of two tellings: that they are one, or that they are not.
struct Tie {
  std::size_t a = 0, b = 0;
  bool same = false;
};

/// From which chance on tellings are taken for one.
inline constexpr float kSame = 0.2F;

/// The clusters of n tellings, each in order, in the order of their first. report says of each
/// telling which report tells it; pairs without a link have no chance. Of ties that contradict each
/// other the earlier in the list holds.
std::vector<std::vector<std::size_t>> groups_of(const std::vector<std::size_t>& report,
                                                const std::vector<Link>& links,
                                                const std::vector<Tie>& ties, float threshold);

/// As how many pairs count a telling and so many others, of which so many are of its own report.
double pairs_with(double others, double of_its_report);

}  // namespace dateline::chronicle::matching
