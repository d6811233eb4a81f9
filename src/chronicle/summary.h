// What the row of a happening says, column by column, as its accounts give it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "chronicle/database.h"

namespace dateline::chronicle {

/// In the order of a Summary.
inline constexpr char kSummaryColumns[] =
    "type, day_begin, day_end, published, main, reports, sources, disputed";

struct SummaryColumn {
  std::string_view name;
  std::string value;  ///< Empty: NULL.
};
using Summary = std::array<SummaryColumn, 8>;

/// Nothing where no report tells of it any more.
std::optional<Summary> summary_of(Database& database, int version, std::int64_t key);

}  // namespace dateline::chronicle
