// Bytes of one report to its article: text, sections, title, authors, publication date.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "article/markers.h"
#include "dateline/reader.h"

namespace dateline::article {

/// The tables of this room, loaded once and shared by all threads.
struct Tables {
  Markers markers;  ///< What lines of text give away.
  Markers markup;   ///< What the names in a page's markup give away.

  static Result<Tables> load(const std::filesystem::path& knowledge);
};

/// Returns a record with the fields of this room filled: id, source, title, authors, language,
/// published, modified, text, sections, warnings. An error is the reason the report is rejected
/// (too large, not text, no text at all).
Result<Record> read(const Input& input, const Tables& tables, std::size_t max_bytes);

}  // namespace dateline::article
