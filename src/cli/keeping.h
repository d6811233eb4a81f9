// From a source of reports into a chronicle: what is in is passed over, what is read is kept, what
// cannot be read is kept with its reason.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "cli/progress.h"
#include "dateline/chronicle.h"
#include "dateline/stream.h"

namespace dateline::cli {

/// The reason of a report that ended the process that read it.
inline constexpr int kEndedTheProcess = 4016;

struct Counts {
  std::uint64_t added = 0, replaced = 0, skipped = 0, rejected = 0;

  Counts& operator+=(const Counts& more);
  /// "read 3 (1 anew), skipped 2, rejected 0"
  std::string text() const;
};

struct Keeping {
  RunOptions run;
  /// Reports of these contents are passed over and counted nowhere: they were dealt with before.
  std::unordered_set<std::string> settled{};
  bool retry = false;  ///< Also what ended the process that read it is read again.
  /// Called with each report that is new, or was read anew, once it is kept.
  std::function<void(const ReportPlace&, const ReportRef&)> taken{};
  /// Called once a report is kept, or its reason.
  std::function<void(std::uint64_t number)> kept{};
};

/// What needs a look of the reports that a run met: how many, and the first few by name.
class Looks {
 public:
  enum class Kind { kUndated, kWarned, kCopy, kNotRead };

  void add(Kind kind, const std::string& name);
  Looks& operator+=(const Looks& more);
  /// A line a kind: what, how many, which, what to do.
  std::vector<std::string> lines() const;

 private:
  struct Seen {
    std::uint64_t count = 0;
    std::vector<std::string> first;
  };
  std::map<Kind, Seen> seen_;
};

struct Outcome {
  Counts counts;
  Looks looks;
  std::optional<Error> problem;  ///< Why it went no further, where it did not.
};

/// Rejections are told on stderr as they come.
Outcome keep_all(Source& source, const Reader& reader, Chronicle& chronicle, Progress& progress,
                 const Keeping& keeping);

}  // namespace dateline::cli
