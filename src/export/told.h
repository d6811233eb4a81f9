// What a happening is told to be: one value of each kind, with the account and the words that it
// was read from. All formats of one row a happening take their values from here.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::exporting {

/// A value beside its source. Where nobody tells it, `value` is empty and `by` null.
struct Told {
  std::string value;
  std::string quote;                  ///< The words it was read from, as far as there are some.
  const TimelineEvent* by = nullptr;  ///< The account that tells it.
};

struct ToldToll {
  std::string counts;
  double low = 0, best = 0, high = 0;
  Told lowest, best_of, highest;
};

/// Lives no longer than its happening.
struct ToldHappening {
  explicit ToldHappening(const Happening& happening);

  const Happening& happening;
  const TimelineEvent& fullest;  ///< The account that says most.
  Told type, day, actors, recipients, place;
  std::vector<ToldToll> tolls;
  std::vector<const TimelineEvent*> denied_by;  ///< Accounts that say it did not happen.

  const ToldToll* toll(std::string_view counts) const;
};

/// "dead 4: “four people”, Northwire, 2026-03-07 (r14.v11)": lowest, best and highest of each.
std::string quoted_tolls(const ToldHappening& told);

/// What of it is not sure, in words: "2 sources in 3 reports; disputed: day; denied by ...".
std::string doubts(const ToldHappening& told);

/// "ASSAULT explosives: Karst Front → 14 people, Kolvar (TSM)"
std::string headline(const ToldHappening& told);

/// The account that tells the happening's day best.
const TimelineEvent& day_teller(const Happening& happening);

/// The day at which it stands in a chronology: its own, else the first account's publication.
std::string standing_day(const Happening& happening);

}  // namespace dateline::exporting
