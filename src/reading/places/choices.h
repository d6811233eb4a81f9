// Which of the places of a name is meant: the candidates of each, and what speaks for them.
//
// All mentions of one name in a report mean one place, unless what stands behind a comma tells them
// apart: "Paris, Texas" is in Texas, and so is "Paris" in the same report. Candidates support each
// other: two names whose places lie close together, or in one state, were likely said together. A
// sum of trees weighs all this (knowledge/place_choice_trees.tsv). SPDX-License-Identifier:
// Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reading/places/toponyms.h"

namespace dateline::reading {

/// One place that a name may stand for. All of it but the chance comes from the tables.
struct Choice {
  static constexpr std::uint32_t kNone = knowledge::Gazetteer::kNone;
  std::uint32_t entry = kNone;            ///< In the gazetteer; kNone of an area of places.tsv.
  const knowledge::Area* area = nullptr;  ///< Where there is no entry.
  std::string_view name;
  std::string_view kind;          ///< country | admin1 | admin2 | town | capital, or an area's.
  std::uint32_t country = kNone;  ///< Entry of its country.
  std::uint32_t admin1 = kNone, admin2 = kNone;  ///< Entries; of an admin1 itself.
  std::optional<knowledge::Gazetteer::Point> point;
  double people = 0;
  bool other_name = false;
  bool stripped = false;  ///< Found by a part of the name: "Hamilton Township".
  double weight = 0;      ///< Among the candidates of its name, before the trees; they sum to 1.
  float chance = 0;
};

/// A name and all its mentions.
struct Named {
  std::vector<std::uint32_t> mentions;  ///< Toponyms by number.
  std::vector<Choice> choices;          ///< Likeliest first, once they are weighed.
};

constexpr std::array<std::string_view, 41> kChoiceFeatures = {
    // The place itself.
    "country", "admin1", "admin2", "town", "capital", "area", "people", "people_share",
    "people_rank", "other_name", "stripped", "choices", "weight", "weight_share", "same_name_above",
    // The words around its mentions.
    "inside_next", "next_admin1", "next_country", "next_elsewhere", "times", "first_at", "chance",
    "pattern", "demonym",
    // What else the report names.
    "names", "admin1_said", "admin1_support", "admin1_share", "admin2_said", "admin2_support",
    "country_said", "country_support", "country_share", "near", "near_share", "around",
    "around_share", "contains",
    // Where the report was published.
    "outlet_name", "outlet_near", "outlet_country"};
using ChoiceRow = std::array<float, kChoiceFeatures.size()>;

/// Groups the toponyms by name and finds each name's candidates.
std::vector<Named> find_choices(const Context& context, const knowledge::Gazetteer& gazetteer,
                                const std::vector<Toponym>& toponyms);

/// The features of all candidates of all names, in order. Sets their weights.
std::vector<ChoiceRow> choice_rows(const Context& context, const knowledge::Gazetteer& gazetteer,
                                   const std::string& address, const std::vector<Toponym>& toponyms,
                                   std::vector<Named>& names);

}  // namespace dateline::reading
