// What a page says about its article apart from the article: title, authors, dates, publisher,
// language, address. Here what it says to machines, in the order in which it can be trusted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/bylines/bylines.h"
#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/head/statements.h"
#include "article/parsing/page.h"

namespace dateline::article {

struct PageHead {
  std::string title;         ///< Headline as stated; empty where the page states none.
  std::string window_title;  ///< Of <title>: usually the headline and the site's name.
  std::vector<std::string> authors;
  PublicationDay day;
  DateStyle style;  ///< How the page writes its days.
  std::string publisher;
  std::string language;
  std::string url;  ///< Canonical address.
};

/// Whether this is the whole address of something on the web.
bool is_address(std::string_view text);

/// What is said to machines: all that can be known before the article is found.
PageHead read_head(const Page& page, const PageStatements& statements, const Bylines& bylines,
                   const PageDates& dates, const std::string& uri, const std::string& retrieved);

}  // namespace dateline::article
