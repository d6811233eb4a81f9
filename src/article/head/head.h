// What a page says about its article apart from the article: title, authors, dates, publisher,
// language, address. What is said to machines first, in the order in which it can be trusted, then
// what the page shows to people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/blocks/features.h"
#include "article/bylines/bylines.h"
#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/parsing/page.h"
#include "knowledge/string_map.h"

namespace dateline::article {

/// By what names pages state things to machines (knowledge/page_statements.tsv).
class PageStatements {
 public:
  enum class Field : std::uint8_t {
    kTitle,
    kPublished,
    kDated,  ///< A day, but not by its name that of publication.
    kModified,
    kAuthor,
    kPublisher,
    kLanguage,
    kUrl
  };
  struct Name {
    Field field = Field::kTitle;
    std::uint16_t rank = 0;  ///< The lower, the more trusted.
  };

  /// What JSON-LD says that a thing is.
  enum class Type : std::uint8_t { kOther, kArticle, kPage, kOrganization, kSite };

  static Result<PageStatements> load(const std::filesystem::path& path);

  const Name* meta(std::string_view name) const { return knowledge::find(metas_, name); }
  const Name* item(std::string_view name) const { return knowledge::find(items_, name); }
  /// A member of JSON in scripts that gives the day of publication.
  const Name* member(std::string_view name) const { return knowledge::find(members_, name); }
  /// By the end of its schema.org type's name: "NewsArticle" is an "Article".
  Type type(std::string_view name) const;
  /// Whether such a name could stand here.
  bool begins_member(std::string_view rest) const {
    return !rest.empty() && member_begins_[static_cast<unsigned char>(rest.front())];
  }

 private:
  knowledge::StringMap<Name> metas_, items_, members_;
  std::vector<std::pair<std::string, Type>> types_;
  std::array<bool, 256> member_begins_{};
};

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

/// What the page shows of it: fills what the head left open.
void read_shown(const Page& page, const Blocks& blocks, const Outline& outline,
                const std::vector<bool>& in_body, const Bylines& bylines, const PageDates& dates,
                PageHead& head);

/// The headline as the head gives it, without the site's name; it may stand otherwise on the page.
std::string stated_title(const PageHead& head);

/// Whether a name is the outlet's, as it calls itself or a little shorter or longer.
bool is_outlet(std::string_view name, std::string_view publisher);

/// A title without the outlet's name before or after it.
std::string without_outlet(const std::string& title, const std::string& publisher);

}  // namespace dateline::article
