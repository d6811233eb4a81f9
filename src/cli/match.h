// Comparing the reports of a chronicle, with progress on a terminal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "cli/complaints.h"
#include "dateline/chronicle.h"

namespace dateline::cli {

/// Compares what was not compared yet, and joins actors by the tables in this directory (empty: the
/// installed ones). Gives an exit status: that of `trouble`, which says what goes wrong, if it
/// does.
int match_reports(
    Chronicle& chronicle, const std::string& knowledge,
    const std::function<int(const Error&)>& trouble = [](const Error& error) {
      return complain_of(error);
    });

}  // namespace dateline::cli
