// Reports of a source into a chronicle, each once, whatever ends the process that reads them.
//
// A report whose reading is in already is passed over before it is read, so that a run that was
// stopped, by whatever, is taken up again by the same command. Each report is kept as soon as it
// was read; one that cannot be read is kept with its reason.
//
// Reports are read in a child process. When that dies, what it had in hand is read again, each
// report in a process of its own; one that ends that too is rejected, and the run goes on. Where
// this process dies as well, the next run does the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "cli/keeping.h"
#include "cli/reading_options.h"

namespace dateline::cli {

/// How a run may end beside the exit statuses of commands (ended() makes one of each).
inline constexpr int kNothingRead = 3;  ///< There were reports, and all were rejected.
inline constexpr int kStoreFull = 4;
inline constexpr int kStoreBusy = 5;

inline constexpr char kGoesOn[] = "the same command goes on from here";

struct IngestOptions {
  ReadingOptions reading;
  std::string store;
  bool retry = false;
  std::string goes_on = kGoesOn;  ///< What is said where the store can take no more.
  bool only_news = false;         ///< Where there is nothing new, nothing is said at the end.
  int said = 0;                   ///< That the store is full, or busy, was said before.
  std::function<void(const ReportPlace&, const ReportRef&)> taken{};  ///< As Keeping::taken.
};

/// What every run asks of its source and its reader.
void prepare(ReadingOptions& reading);

/// Reads what the source gives, then compares it. The caller must have one thread, and no
/// connection to the store.
int ingest_all(const IngestOptions& options, Source& source, const Reader& reader);

/// The exit status of a command that ended so.
int ended(int how);

}  // namespace dateline::cli
