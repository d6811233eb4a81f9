// Days as people write them on pages, in many languages: "March 9, 2026", "9 de marzo de 2026",
// "9.3.2026", "2026/03/09", "2026年3月9日", "٩ مارس ٢٠٢٦"; and the words that say what a day is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::article {

/// How a page writes its days, as far as its language tells.
struct DateStyle {
  bool month_first = false;  ///< "3/9/2026" is in March.
  std::string language;      ///< "pl"; empty: not known.
};

class PageDates {
 public:
  /// knowledge/page_months.tsv, knowledge/page_date_words.tsv
  static Result<PageDates> load(const std::filesystem::path& months,
                                const std::filesystem::path& words);

  struct Found {
    std::string value;  ///< 2026-03-09, with its time where a machine wrote it.
    std::string other;  ///< The day it is where the page writes days otherwise: "3/9/2026".
    std::size_t begin = 0, end = 0;
  };
  /// How a page in a language at an address writes its days.
  DateStyle style_of(std::string_view language_tag, std::string_view address) const;

  /// The first day with its year at or after `from`.
  std::optional<Found> find(std::string_view text, const DateStyle& style,
                            std::size_t from = 0) const;

  /// A whole value that states one date: ISO 8601 with its time, or any of the forms above.
  std::optional<Found> read(std::string_view value, const DateStyle& style) const;

  /// What a date is: by the words before it, of which the last count, or by the names of the
  /// element around it.
  enum class Cue : std::uint8_t { kNone, kPublished, kUpdated };
  Cue cue_before(std::string_view words) const;
  Cue cue_in_names(std::string_view names) const;

 private:
  struct Month {
    int month = 0;
    std::vector<std::string> languages;  ///< Empty: in any.
  };
  /// Phrases or letters, and what they say.
  using Cues = std::vector<std::pair<std::string, Cue>>;

  int month_of(std::string_view word, const DateStyle& style) const;

  knowledge::StringMap<std::vector<Month>> months_;
  knowledge::StringSet within_, signs_;
  knowledge::StringSet anywhere_;  ///< Domains of countries that are used all over the world.
  Cues cues_, names_;
};

}  // namespace dateline::article
