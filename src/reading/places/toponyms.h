// Stretches of a report that may name a place, and what speaks for each.
//
// They come from four sides: names that the gazetteer, the countries or the tables know (inside
// other names, too: "Gainesville Police"); demonyms; names of streets, waters, lands and buildings,
// told by their last word or their first; and what the pipeline takes for a place. Which of them do
// name one, a sum of trees decides (knowledge/place_name_trees.tsv).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/countries.h"
#include "knowledge/gazetteer.h"
#include "knowledge/place_words.h"
#include "knowledge/trees.h"
#include "reading/reading.h"

namespace dateline::reading {

struct Toponym {
  language::TokenRange tokens;
  Span span;
  std::string form;                             ///< Normalised.
  const knowledge::Country* country = nullptr;  ///< By name or, where `demonym`, by demonym.
  std::optional<knowledge::PlaceWords::Found> area;
  std::span<const knowledge::Gazetteer::Posting> postings;
  bool demonym = false;
  std::uint32_t kind = 0;  ///< Bits of BesidePlace: what its first or last word makes it.
  bool pattern = false;    ///< Found by that word, not by name.
  bool building = false;   ///< By that word or the pipeline.
  bool in_person = false;  ///< Part of what the pipeline takes for a person's whole name.
  float chance = 1;        ///< That it is one.
};

constexpr std::array<std::string_view, 70> kToponymFeatures = {
    // What the words are.
    "tokens", "letters", "is_country", "is_demonym", "is_area", "is_postal", "entries", "people",
    "people_other", "admin1", "admin2", "capital", "pattern", "street", "numbered", "water", "land",
    "division", "facility", "all_capitals", "short_capitals", "full_stop", "noun_tags",
    "adjective_tag", "other_tag", "given_name", "said_small", "longest",
    // What the pipeline says.
    "is_gpe", "is_loc", "is_fac", "is_org", "is_person", "is_norp", "is_other", "in_gpe", "in_org",
    "in_person", "in_fac", "in_other", "begins_outer", "ends_outer", "outer_tokens",
    // What stands beside.
    "before_where", "before_in", "before_of", "before_the", "before_comma", "before_title",
    "before_given", "before_capital", "before_number", "before_side", "before_begins", "before_and",
    "after_comma_place", "behind_place_comma", "after_comma", "after_body", "after_body_capital",
    "after_capital", "after_kind", "after_possessive", "after_verb", "after_dash", "after_hyphen",
    // The rest of the report.
    "times_said", "share_place", "share_person", "in_persons_name"};
using ToponymRow = std::array<float, kToponymFeatures.size()>;

/// All stretches that may be names of places, in text order; they may overlap.
std::vector<Toponym> find_toponyms(const Context& context, const knowledge::Gazetteer& gazetteer);

/// The features of each.
std::vector<ToponymRow> toponym_rows(const Context& context, const knowledge::Gazetteer& gazetteer,
                                     const std::vector<Toponym>& toponyms);

/// Of those that overlap the likeliest, and none less likely than `least`, or than not in a
/// person's name; in text order. What looks like a building is kept where no other name of a place
/// is in it: whether people who mark places count it is another matter.
std::vector<Toponym> choose_toponyms(std::vector<Toponym> toponyms, float least);

}  // namespace dateline::reading
