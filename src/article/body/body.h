// The article in a page: its text in sections.
//
// The blocks that the model takes for the body are kept with the kind that their tags and names
// give; so are the headline, what belongs to it (dek, byline, date line) and captions. What lies
// among the body without being part of it is boilerplate. What lies outside and is longer than a
// label is kept as boilerplate too, so that no paragraph is lost in silence.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "article/blocks/blocks.h"
#include "article/blocks/features.h"
#include "article/body/model.h"
#include "article/bylines/bylines.h"
#include "dateline/record.h"

namespace dateline::article {

struct PageBody {
  std::string headline;  ///< Of the <h1> that is the article's, or empty.
  PageText text;
  std::vector<Section> sections;  ///< By tag, markup and model; no line was looked at yet.
  std::vector<bool> in_body;      ///< Of the page's blocks.
};

PageBody read_body(const Page& page, const Blocks& blocks, const Outline& outline,
                   const std::string& title, const PageModel& model, const PageWords& known,
                   const Bylines& bylines);

}  // namespace dateline::article
