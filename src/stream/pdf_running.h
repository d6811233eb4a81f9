// Lines that stand on page after page beside the report: running heads and feet, page numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "stream/pdf_pages.h"

namespace dateline::stream {

/// Of each line whether it is one: it stands near the upper or the lower edge, and so do lines of
/// the same words, but for their numbers, at the same height of a third of the pages; or it is a
/// page's number.
std::vector<bool> running_lines(const PdfPages& pages);

/// A line's words with small letters, and "#" for its numbers.
std::string running_shape(const PdfPages& pages, const PdfLine& line);

/// "#", "- # -", "page # of #".
bool is_page_number(const std::string& shape);

}  // namespace dateline::stream
