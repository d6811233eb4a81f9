// Which reports are compared at all: those that share rare words and tell of the same months.
//
// A report's keys are its own rarest words with the month of its publication and, of a happening
// that it tells of another month, the rarest words of its sentences with that one. So what a report
// is compared with grows with the news of those months, not with the store.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "chronicle/matching/likeness.h"

namespace dateline::chronicle::matching {

struct Key {
  WordId word = 0;
  std::int32_t month = 0;  ///< Months since the year 0.
  auto operator<=>(const Key&) const = default;
};

/// How many months apart two reports may tell of one happening.
inline constexpr std::int32_t kMonths = 2;

/// In order, each once. Reports without a day have none, and are compared with nothing.
std::vector<Key> keys_of(const Compared& report, const Rarity& rarity);

}  // namespace dateline::chronicle::matching
