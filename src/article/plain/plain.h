// The sections of a plain text: which lines are headline, byline, caption, credit, subhead, list,
// quotation, boilerplate, and which are paragraphs.
//
// Lines are first put together into units: where the text is hard-wrapped, a block between blank
// lines is one unit; where it is not, every line is. The table of markers names some units, the
// shape and the neighbours of a unit name others, all the rest are paragraphs. Every line that is
// not blank belongs to exactly one section, in order. Linear in the text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/plain/markers.h"
#include "dateline/record.h"

namespace dateline::article {

/// `title`: the headline where it is known from elsewhere, or empty. `text` is valid UTF-8.
std::vector<Section> plain_sections(std::string_view text, std::string_view title,
                                    const Markers& markers);

/// Sections found otherwise (by a page's tags): those that are "paragraph" or "subhead" are looked
/// at again for what their words give away. A caption that ends in its credit becomes two sections.
std::vector<Section> mark_sections(std::string_view text, const std::vector<Section>& sections,
                                   const Markers& markers);

/// White space tidied: byte order mark and control characters gone, line ends "\n", no blanks at
/// line ends, one blank line where there were more, none at either end.
std::string tidy(std::string_view text);

/// Joins the lines of hard-wrapped sections by single blanks: where a line ends there says nothing.
/// Quotations marked line by line ("> ") stay as they are.
void unwrap(std::string& text, std::vector<Section>& sections);

}  // namespace dateline::article
