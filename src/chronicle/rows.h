// A record as the rows of one report: each item with the words it was read from, and with its span
// in code points, so that any tool can check a value against its report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "chronicle/database.h"
#include "dateline/record.h"

namespace dateline::chronicle {

void write_rows(Database& database, std::int64_t report, const Record& record);

/// Takes them out again.
void forget_rows(Database& database, std::int64_t report);

}  // namespace dateline::chronicle
