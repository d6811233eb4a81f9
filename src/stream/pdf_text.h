// A report's text of the pages of a PDF: paragraphs put together over lines, columns and pages,
// words that are broken at line ends whole again, running heads, feet and page numbers kept apart,
// a headline and subheads told by the size of their letters. Linear in the words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/reader.h"
#include "stream/pdf_pages.h"

namespace dateline::stream {

/// Without converter; its text is empty where the pages have none.
Extract text_of(const PdfPages& pages);

}  // namespace dateline::stream
