// The days that a page shows, as signs of its day of publication: near the headline first; all over
// the page where neither that nor the page's head says anything.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "article/blocks/features.h"
#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/parsing/page.h"

namespace dateline::article {

void read_shown_days(const Page& page, const Blocks& blocks, const Outline& outline,
                     const std::vector<bool>& in_body, const PageDates& dates,
                     const DateStyle& style, PublicationDay& day);

}  // namespace dateline::article
