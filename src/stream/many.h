// Files that hold many reports: each is taken apart by a reader of its own, a report at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "dateline/stream.h"
#include "stream/bytes.h"
#include "stream/http_body.h"

namespace dateline::stream {

class Many {
 public:
  virtual ~Many() = default;
  /// The next report, or why there is none at its place; nothing at the end of the file, or where
  /// the stop flag of its bytes is set.
  virtual std::optional<Found> next() = 0;
};

/// What a file, or an entry of an archive, turned out to be.
struct Opened {
  std::optional<Found> one;    ///< A report, or why it cannot be read.
  std::unique_ptr<Many> many;  ///< Or many of them.
};

/// The report in the bytes of a file that holds one.
Result<Page> report_in(std::string bytes, SourceFormat format, bool verbatim);

/// By its name and, where that says nothing, its first bytes. `depth`: in how many archives it
/// lies.
Opened open_bytes(Bytes bytes, ReportPlace place, const SourceOptions& options, unsigned depth);

}  // namespace dateline::stream
