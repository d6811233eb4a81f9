// What fits a filter, in the order of the timeline.
//
// The index gives it day by day, so that a first page costs no more than its days; within a day it
// is put in order here. What began before the first day asked for and reaches it is looked up
// beside, by how long it lasts. A store of before the index is sorted as a whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "chronicle/conditions.h"
#include "chronicle/database.h"

namespace dateline::chronicle {

/// What is listed, in SQL.
struct Listing {
  std::string_view index, facts;  ///< Tables of the index.
  std::string_view table, joins;  ///< What holds it, and what its conditions and order need beside.
  std::string_view on;            ///< How a row f of `facts` leads to it.
  std::string_view number, name;  ///< What it is called.
  std::string_view begins, ends;  ///< Its first and its last day; NULL: none.
  std::string_view ties;          ///< A text by which those of one day are ordered.
};

extern const Listing kHappeningsListed, kEventsListed;

using Visit =
    std::function<bool(std::int64_t number, const std::string& name, const Position& position)>;

/// Calls `visit` for each until it returns false. `conditions` holds all that is asked but the
/// days.
void in_order(Database& database, int version, const Listing& listing, Conditions conditions,
              const Asked& asked, const Visit& visit);

/// Which happenings h fit, for those who have another order in mind.
Result<Conditions> happenings_that_fit(Database& database, int version,
                                       const HappeningFilter& filter);

}  // namespace dateline::chronicle
