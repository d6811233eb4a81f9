// One report, or one event with its report, by any of its names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

/// Its record has what people corrected.
Result<StoredReport> find_report(Database& database, int version, std::string_view name);

}  // namespace dateline::chronicle
