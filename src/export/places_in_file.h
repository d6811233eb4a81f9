// Where words of a record stand in the file it was read from, for people: the pages and boxes of a
// PDF, the times of a recording.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/record.h"

namespace dateline::exporting {

/// "page 3, 72 100 to 300 127 pt; page 4, ...", "0:01:02.500 to 0:01:07.000"; empty where the
/// record does not say.
std::string places_in_file(const Record& record, Span words);

}  // namespace dateline::exporting
