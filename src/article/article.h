// Bytes of one report to its article: text, sections, title, authors, publication date.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/reader.h"

namespace dateline::article {

/// Returns a record with the fields of this room filled: id, source, title, authors, published,
/// modified, text, sections, warnings. An error is the reason the report is rejected (too large,
/// not text, no text at all).
Result<Record> read(const Input& input, std::size_t max_bytes);

}  // namespace dateline::article
