// Formats whose text is made by a reader of their own before the report is read: PDF, documents of
// word processors, subtitles. Done by the threads that read, so that many are made at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/halt.h"
#include "dateline/reader.h"
#include "stream/pdf.h"

namespace dateline::stream {

/// Used by any number of threads.
class Extractor {
 public:
  /// `limit`: bytes that a text, or a part of a file that is unpacked, may have.
  explicit Extractor(std::size_t limit) : limit_(limit) {}

  /// Puts the extract into the input where its format has one; else leaves it. An error is the
  /// reason the report is rejected.
  Result<void> prepare(Input& input, std::vector<std::string>& warnings, const Halt& halt) const;

 private:
  std::size_t limit_;
  PdfConverter pdf_;
};

}  // namespace dateline::stream
