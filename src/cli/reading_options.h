// The options of every command that reads reports: what to read, how, and with what.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "dateline/stream.h"

namespace dateline::cli {

/// Declares how a report is read: --verbatim, --date, --pipeline, --knowledge. `source` and
/// `reader` must outlive the app.
void declare_manner(CLI::App& command, SourceOptions& source, ReaderOptions& reader);

struct ReadingOptions {
  std::vector<std::string> files;
  SourceOptions source;
  ReaderOptions reader;
  unsigned threads = 0;
  unsigned time_limit = 300;  ///< Seconds a report.

  /// Declares FILES, and what declare_how() does. The struct must outlive the app.
  void declare(CLI::App& command);
  /// Declares --from, --max-bytes, --time-limit, --threads and the manner of reading.
  void declare_how(CLI::App& command);
};

}  // namespace dateline::cli
