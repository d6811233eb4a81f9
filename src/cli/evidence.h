// One event with all its evidence: every value beside the words it was read from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/chronicle.h"

namespace dateline::cli {

/// Appends the event of a stored report that has one, for people.
void append_evidence(const StoredReport& stored, int width, bool color, std::string& out);

}  // namespace dateline::cli
