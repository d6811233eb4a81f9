// What a page says about its article apart from the article: title, authors, dates, publisher,
// language, address. Machine-readable statements first, in the order in which they can be trusted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "article/page.h"

namespace dateline::article {

struct PageHead {
  std::string title;  ///< Headline in JSON-LD, or og:title; empty where the page states neither.
  std::string window_title;  ///< Of <title>: usually the headline and the site's name.
  std::vector<std::string> authors;
  std::string published;       ///< ISO 8601, or empty.
  std::string published_from;  ///< json-ld | meta | url
  std::string modified;
  std::string publisher;
  std::string language;
  std::string url;  ///< Canonical address.
};

/// `uri`: where the page was found, or empty.
PageHead read_head(xmlNode* root, const std::string& uri);

/// The headline in a window title: without the site's name before or after it.
std::string without_site(const std::string& window_title, const std::string& publisher);

}  // namespace dateline::article
