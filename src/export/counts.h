// How many happenings there are of something, as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::exporting {

/// `by`: what was counted by; what is unknown of it is left out.
void append_json_line(const Count& count, const std::vector<std::string>& by, std::string& out);
void append_json_line(const PlaceCount& place, std::string& out);
void append_json_line(const SourceCount& source, std::string& out);

}  // namespace dateline::exporting
