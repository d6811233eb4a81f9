// Bytes of one report to its article: text, sections, title, authors, publication date.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "article/tables.h"
#include "dateline/reader.h"

namespace dateline::article {

/// Returns a record with the fields of this room filled: id, source, title, authors, language,
/// published, modified, text, sections, warnings. An error is the reason the report is rejected
/// (too large, not text, no text at all).
Result<Record> read(const Input& input, const Tables& tables, std::size_t max_bytes,
                    bool source_map = false);

}  // namespace dateline::article
