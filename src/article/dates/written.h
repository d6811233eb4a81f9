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
  bool year_first = false;   ///< "26.03.09" is in 2026.
  bool solar = false;        ///< 1404 is a year, of the Solar Hijri calendar.
  bool buddhist = false;     ///< "69" is the year 2569 of the Buddhist era.
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
  enum class Cue : std::uint8_t {
    kNone,
    kPublished,
    kUpdated,
    kDrafted,  ///< Written or sent in: of publication, where no other day is said to be.
    kOther     ///< Of something else: the reader's visit, a member's joining, a deadline.
  };
  Cue cue_before(std::string_view words) const;
  Cue cue_in_names(std::string_view names) const;
  /// Whether an attribute's name says that its value is a day.
  bool names_a_day(std::string_view name) const;

 private:
  struct Month {
    int month = 0;
    std::vector<std::string> languages;  ///< Empty: in any.
  };
  /// Phrases or letters, and what they say.
  using Cues = std::vector<std::pair<std::string, Cue>>;

  /// Numbers and months that stand together, and what they say.
  struct Part;
  using Parts = std::array<Part, 3>;
  struct Days {
    std::string value, other;
  };

  int month_of(std::string_view word, const DateStyle& style) const;
  Days day_in(const Parts& parts, std::string_view text, const DateStyle& style) const;
  Days day_in_numbers(const Parts& parts, std::string_view text, const DateStyle& style) const;
  int year_of_era(std::string_view before, int year) const;

  knowledge::StringMap<std::vector<Month>> months_;
  knowledge::StringSet within_, signs_;
  std::vector<std::pair<std::string, int>> eras_;  ///< By name, with the year before their first.
  knowledge::StringSet anywhere_;  ///< Domains of countries that are used all over the world.
  /// Languages that write days as DateStyle says.
  knowledge::StringSet month_first_, year_first_, solar_, buddhist_;
  Cues cues_, names_;
  std::vector<std::string> attributes_;  ///< Letters in the names of attributes that hold days.
};

}  // namespace dateline::article
