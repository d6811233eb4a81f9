// Who wrote a report, as newsrooms and pages state it: the names in "By Ada Obi and Ken Lund,
// Harbour Gazette", "Ada Obi, MD | Senior Editor", "Von Ada Obi und Ken Lund am Montag".
//
// What announces names, what parts and ends them and what is none are words of a table
// (knowledge/byline_words.tsv); what remains is a name where it is said to be one, and where it is
// only shown, if it is made like one. Linear in the statement.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::article {

class Bylines {
 public:
  static Result<Bylines> load(const std::filesystem::path& path);

  /// The names in a statement of authorship, announced or not. `outlet`: no author where it stands
  /// beside names.
  std::vector<std::string> names(std::string_view statement, std::string_view outlet = {}) const;

  /// The names in a line that announces them at its beginning ("By Ada Obi"), or after a day or
  /// another word ("Posted on Monday by Ada Obi"); none where it does not.
  std::vector<std::string> announced(std::string_view line, std::string_view outlet = {}) const;

  /// Whether a line is nothing but an announcement ("Written by:"): the names are in the next.
  bool only_announces(std::string_view line) const;

  /// Two to five words that could be a person's name.
  static bool is_person(std::string_view name);
  static std::vector<std::string> persons(std::vector<std::string> names);
  /// Persons, or one alone that may also be "Ada" or "Gazette Team".
  static std::vector<std::string> could_be(std::vector<std::string> names);

 private:
  enum class Kind : unsigned char { kBy, kPerhaps, kOther, kEnd, kAnd, kNone, kJob, kDegree };
  bool is(std::string_view words, Kind kind) const;
  /// How many words from one on are a known phrase of this kind, the longest; or 0.
  std::size_t known_at(const std::vector<std::string>& words, std::size_t at, Kind kind) const;
  std::size_t announcement(const std::vector<std::string>& words, std::size_t at) const;
  std::vector<std::string> parse(const std::vector<std::string>& words, std::size_t begin,
                                 std::string_view outlet, bool shown) const;

  knowledge::StringMap<unsigned> kinds_;  ///< Of words in lower case, a bit each.
  std::size_t most_words_ = 0;            ///< That one row's entry has.
};

/// Adds names that are not yet there; case does not count.
void add_names(const std::vector<std::string>& names, std::vector<std::string>& authors);

}  // namespace dateline::article
