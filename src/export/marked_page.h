// A page as it was kept, with the words that were read marked in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dateline/record.h"

namespace dateline::exporting {

/// The page with <mark> around the words of a span of the record's text, the first of them with
/// id="dateline", in the page's own encoding. What the record's source map does not lead to stays
/// unmarked, and so does a page whose encoding does not write ASCII as ASCII anywhere (UTF-16,
/// ISO-2022).
std::string marked_page(std::string_view page, const Record& record, Span words);

}  // namespace dateline::exporting
