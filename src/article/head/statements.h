// By what names pages state things to machines (knowledge/page_statements.tsv).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::article {

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

}  // namespace dateline::article
