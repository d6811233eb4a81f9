// Days as people write them on pages, in many languages: "March 9, 2026", "9 de marzo de 2026",
// "9.3.2026", "2026/03/09", "2026年3月9日".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::article {

class PageDates {
 public:
  /// knowledge/page_months.tsv
  static Result<PageDates> load(const std::filesystem::path& path);

  struct Found {
    std::string day;  ///< 2026-03-09
    std::size_t begin = 0, end = 0;
  };
  /// The first day with its year at or after `from`. `month_first`: "3/9/2026" is in March.
  std::optional<Found> find(std::string_view text, bool month_first, std::size_t from = 0) const;

  /// A whole value that states one date: ISO 8601 with its time, or any of the forms above.
  std::optional<std::string> read(std::string_view value, bool month_first) const;

 private:
  int month_of(std::string_view word) const;
  knowledge::StringMap<int> months_;
};

}  // namespace dateline::article
