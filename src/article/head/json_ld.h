// What a page says of its article in JSON-LD (schema.org's NewsArticle and its kin).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/head/statements.h"

namespace dateline::article {

struct JsonLd {
  std::string headline, published, created, modified, publisher, language;
  std::string site;  ///< Name of a site or an organization that is described beside the article.
  std::vector<std::string> authors;        ///< Persons, or what is not said to be anything else.
  std::vector<std::string> organizations;  ///< Named as authors.
};

/// Adds what one <script type="application/ld+json"> says to what is known; what is known already
/// stays. Broken JSON says nothing.
void read_json_ld(std::string_view script, const PageStatements& statements, JsonLd& known);

}  // namespace dateline::article
