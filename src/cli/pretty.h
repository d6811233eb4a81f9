// A record for people: the report with what was read marked in it, and all that was read listed
// beneath with its values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/record.h"

namespace dateline::cli {

/// Appends the record; with `color`, marks are colours, else only the lists tell.
void append_pretty(const Record& record, int width, bool color, std::string& out);

}  // namespace dateline::cli
