// `dateline export --corrections`: the reports that people corrected, to learn from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dateline::cli {

/// `file`: a file, or the directory of a format of several; empty: standard output. Gives an exit
/// status.
int export_corrections(const std::string& store, const std::string& format, const std::string& file,
                       bool replace);

}  // namespace dateline::cli
