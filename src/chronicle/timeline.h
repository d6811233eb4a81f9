// One event put together from the tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

std::optional<TimelineEvent> find_event(Database& database, int version, std::int64_t report,
                                        std::string_view id);

}  // namespace dateline::chronicle
