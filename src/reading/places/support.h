// How much the other names of a report speak for a candidate: those with places near it, in the
// same subdivision or country, or that are these themselves.
//
// Candidates are summed up on two grids of the Earth, by the weight each has among those of its
// name, so that the work grows with the names alone, not with their pairs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>

#include "reading/places/choices.h"

namespace dateline::reading {

class Support {
 public:
  explicit Support(std::span<const Named> names);

  /// Numbers of other names, by the weight of their candidates.
  struct Of {
    double near = 0, around = 0;                 ///< Within some 60 km; within some 300.
    double admin1 = 0, admin2 = 0, country = 0;  ///< In the same one.
    double admin1_said = 0, admin2_said = 0, country_said = 0;  ///< That are the one it lies in.
    double country_share = 0;  ///< Of all weight that lies in some country.
    double contains = 0;       ///< In it, where it is a subdivision of a country.
  };
  /// Of one candidate; `own` is what the name it belongs to has given, which does not count.
  Of of(const Support& own, const Choice& choice) const;

 private:
  using Sums = std::unordered_map<std::uint64_t, double>;
  Sums fine_, coarse_, admin1_, admin2_, country_, said_;
  double total_ = 0;
};

}  // namespace dateline::reading
