// What kind of thing a name names, of all its mentions in a report: sums of trees
// (components/entities, learned by training/entities) weigh what the pipeline says of them, their
// words, what tables know of these, and the words around.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/gazetteer.h"
#include "knowledge/trees.h"
#include "reading/entities/draft.h"

namespace dateline::reading::entities {

/// Of one way of writing a name. Shares are of its mentions.
inline constexpr std::array<std::string_view, 62> kKindFeatures{
    // What the pipeline takes it for, by shares.
    "person", "organization", "place", "people", "location", "facility", "event", "work", "product",
    "law", "unseen",
    // Its words.
    "mentions", "words", "capitals", "small", "digit", "inner_capital", "length", "hyphen",
    "given_name", "first_noun", "last_noun", "any_noun", "ends", "title_word",
    // What tables know.
    "country", "demonym", "capital", "people_there", "place_kind", "places_there", "last_place",
    // Other names of the report that share words.
    "ends_person", "begins_person", "ends_longer", "begins_longer", "ends_known", "by_surname",
    // What stands around, by shares.
    "title", "role", "in", "to", "of", "by", "the", "determined", "possessive", "comma", "bracket",
    "joined", "subject", "object", "modifies", "modified_kind", "says", "human_verb", "noun_beside",
    "behind_name", "before_name", "quoted", "begins_sentence", "apposition"};
using KindRow = std::array<float, kKindFeatures.size()>;

/// One way of writing a name: its mentions.
struct NameUse {
  std::span<const std::uint32_t> mentions;
};

/// A row for each of these names.
std::vector<KindRow> kind_rows(const Draft& draft, const knowledge::Gazetteer* gazetteer,
                               std::span<const NameUse> names);

/// Four kinds, each with its trees: person, organization, place, other.
struct KindTrees {
  std::vector<knowledge::Trees> of;

  /// Reads kind_person.tsv and the like. Fails where one is missing or altered.
  static Result<KindTrees> load(const std::filesystem::path& directory);
  /// The likeliest kind; kFacility and kCountry are left to who asks.
  Kind kind(const KindRow& row) const;
};

}  // namespace dateline::reading::entities
