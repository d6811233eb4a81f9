// The authors as a page shows them to people: bylines around the article.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "article/blocks/features.h"
#include "article/bylines/bylines.h"
#include "article/dates/written.h"

namespace dateline::article {

/// Fills or mends the authors that the page states to machines: where it states none or only the
/// outlet, any byline does; where it states some of those that the page announces, all are taken.
void read_shown_authors(const Page& page, const Blocks& blocks, const Outline& outline,
                        const std::vector<bool>& in_body, const Bylines& bylines,
                        const PageDates& dates, const DateStyle& style,
                        const std::string& publisher, std::vector<std::string>& authors);

}  // namespace dateline::article
