// The formats in which happenings leave a chronicle, one row each. A format is a writer that is
// given one happening after the other and keeps none of them, so a store of any size takes no more
// memory than its largest happening. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "dateline/chronicle.h"
#include "dateline/result.h"

namespace dateline::exporting {

class Writer {
 public:
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;

  virtual void begin(std::string&) {}
  /// Appends what the format has of a happening; gives how many rows that were. None: the format
  /// has no place for it.
  virtual std::size_t add(const Happening& happening, std::string& out) = 0;
  virtual void end(std::string&) {}
};

struct Format {
  std::string_view name, extension, media_type, says;
  std::string_view row;  ///< What one row is: "happening", "claim".
  bool texts = false;    ///< It quotes what stands around a value: HappeningFilter::texts.
  /// `knowledge` is the directory of the tables that code it, if any do; empty: the installed one.
  Result<std::unique_ptr<Writer>> (*open)(const std::string& knowledge);
};

std::span<const Format> formats();

/// The format of this name. Fails (DL5001) where there is none, with the one that was meant.
Result<const Format*> format_called(std::string_view name);

}  // namespace dateline::exporting
