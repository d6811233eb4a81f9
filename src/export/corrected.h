// Reports that people corrected, as material to learn from or to mark on: one format a row. Each
// gives one report after the other and keeps none.
//
// All of a report is given, what was read beside what people said; `state` tells the two apart.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::exporting {

/// A file of a report, by the end of its name.
struct ReportFile {
  std::string_view extension;
  std::string text;
};

struct CorrectedFormat {
  std::string_view name, says;
  bool in_files = false;  ///< Files of each report in a directory, not one stream.
  std::vector<ReportFile> (*write)(const CorrectedReport& report);
  std::string (*beside)() = nullptr;  ///< What "annotation.conf" in the directory says.
};

std::span<const CorrectedFormat> corrected_formats();

/// The format of this name. Fails (DL5001) where there is none, with the one that was meant.
Result<const CorrectedFormat*> corrected_format_called(std::string_view name);

}  // namespace dateline::exporting
