// The article in a page: which part of the tree it is, and its text in sections.
//
// First the words of every element are weighed: text that is no link and long enough to be prose
// counts. Elements whose names say that they are no part of the article are left out, unless they
// hold most of the page's prose. The article's body is then the smallest element that holds nearly
// all of the prose that is left; the headline and what belongs to it (dek, byline, picture) are
// fetched from above the body. Linear in the page, no recursion.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "article/markers.h"
#include "article/page.h"
#include "dateline/record.h"

namespace dateline::article {

struct PageBody {
  std::string headline;  ///< Of the <h1> that stands above the body, or empty.
  std::string text;
  std::vector<Section> sections;  ///< By tag and markup only; no line was looked at yet.
};

/// `title`: what the page's head gives as title, to tell the right <h1> from others.
PageBody read_body(xmlNode* root, const std::string& title, const Markers& markup);

}  // namespace dateline::article
