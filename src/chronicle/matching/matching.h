// Happenings in a store: which incidents of which reports are one.
//
// An incident is a happening of its own when its report comes in (keep). Comparing (compare) links
// it with incidents of other reports that may be the same, each link with its chance, and groups
// what hangs together anew: a function of the links alone, so that the order in which reports come
// does not matter, and a new report changes only what it is linked with. What most of a happening's
// tellings say is brought up to date at the end (summarise).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "chronicle/database.h"
#include "chronicle/matching/likeness.h"
#include "dateline/record.h"

namespace dateline::chronicle::matching {

/// Keeps what a report is compared by. One that is in already, read anew or corrected, is compared
/// again only where that is something else than before.
void keep(Database& database, std::int64_t report, std::string_view content, const Record& record);

/// Has what a report tells brought up to date, because what it says is something else now.
void summarise_anew(Database& database, std::int64_t report);

/// Compares a report that is kept with those before it.
void compare(Database& database, std::int64_t report, const Likeness& likeness,
             std::string_view version);

/// Groups the incidents of reports that were compared, and what they are linked with.
void group_pending(Database& database);

}  // namespace dateline::chronicle::matching
