// Comparing the reports of a chronicle, with progress on a terminal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/chronicle.h"

namespace dateline::cli {

/// Compares what was not compared yet, and joins actors by the tables in this directory (empty: the
/// installed ones); says what goes wrong. Gives an exit status.
int match_reports(Chronicle& chronicle, const std::string& knowledge);

}  // namespace dateline::cli
