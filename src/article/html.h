// A web page to its article.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "article/tables.h"
#include "dateline/reader.h"

namespace dateline::article {

/// Fills the fields of the record from the page; what the input gives (title) is kept. Fails for a
/// page in more pieces than are held at once.
Result<void> read_html(const Input& input, const Tables& tables, bool source_map, Record& record);

}  // namespace dateline::article
