// What became of happenings, in the order in which it became known: each has the number of its last
// change, so that a reader who has seen all up to a number asks for what came since.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "chronicle/database.h"

namespace dateline::chronicle {

/// Notes a happening whose row was brought up to date, where anything of it is new. What has gone
/// is noted by the tables themselves.
void note_change(Database& database, std::int64_t happening);

/// Of a store of before changes were noted: all happenings, as if they came now.
void note_all(Database& database);

}  // namespace dateline::chronicle
