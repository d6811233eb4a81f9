// What people corrected, put into what was read of a report.
//
// This is the one place where corrections become values: the tables of a report are always its
// record as it was read with its corrections applied, in the order of the log, so every reader,
// filter and export sees them. Taking one back is applying the others anew. Reports are compared by
// what was read, without what was rejected and with what was added: that a value was read wrongly
// does not tear apart what people see as one, and they may say themselves what is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "chronicle/database.h"
#include "dateline/corrections.h"
#include "dateline/record.h"

namespace dateline::chronicle::corrections {

/// Where words of a correction stand now.
struct Attached {
  std::int64_t correction = 0;
  std::size_t n = 0;
  std::string event, incident;  ///< Empty where it is no event's.
  std::optional<Error> reason;  ///< Why the correction does not hold there.
};

/// Applies what these corrections, in their order, say of the report of this content.
std::vector<Attached> apply(const std::vector<Correction>& corrections, std::string_view content,
                            Record& record);

/// Makes the rows of a report: as it was read, and corrected. `anew` where it has rows already.
/// Gives where the words of its corrections stand now.
std::vector<Attached> keep_corrected(Database& database, std::int64_t report,
                                     std::string_view content, const Record& read, bool anew);

/// The same for a report that is in, once its corrections are others.
Result<std::vector<Attached>> rewrite(Database& database, std::int64_t report);

}  // namespace dateline::chronicle::corrections
