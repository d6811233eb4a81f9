// How likely two reports tell of one happening: trees over signs of both tellings
// (components/matching/likeness.tsv, learned by training/matching).
//
// The signs are of these two reports alone. The earlier report stands first, so that a pair has one
// likeness, whichever was taken in first.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "chronicle/matching/profile.h"
#include "knowledge/trees.h"

namespace dateline::chronicle::matching {

/// Of the telling of an earlier report (a) and that of a later one (b). -1 where it is not known.
inline constexpr std::array<std::string_view, 65> kLikenessFeatures{
    // The two reports.
    "reports", "copied", "published_apart", "a_tellings", "b_tellings",
    // What happened.
    "same_type", "same_mode", "same_trigger", "trigger_in_a", "trigger_in_b", "violent",
    "both_main", "same_status", "negated", "least_confidence",
    // When.
    "days_apart", "days_known", "days_wide", "days_inferred", "a_day_to_b_published",
    // Where.
    "places_known", "same_place", "km", "same_country", "place_words", "place_in_a", "place_in_b",
    "towns", "towns_known",
    // Who and whom.
    "actors", "rarest_actor", "recipients", "rarest_recipient", "crossed", "actors_known",
    "recipients_known", "same_actor_kind", "same_recipient_kind", "parties_in_a", "parties_in_b",
    "people", "rarest_person", "people_known", "recipient_near", "actor_near", "person_near",
    // How many.
    "dead", "wounded", "other_toll", "toll_known",
    // Words.
    "sentences", "around", "rarest_0", "rarest_1", "rarest_2", "rarest_3", "a_in_b_report",
    "b_in_a_report", "a_sentence", "b_sentence",
    // Among the other tellings of both.
    "nearer_of_b", "nearer_of_a", "ahead", "nearer_around_of_b", "nearer_around_of_a"};
using LikenessRow = std::array<float, kLikenessFeatures.size()>;

/// A profile made ready to be compared.
struct Compared {
  Profile profile;
  Weighed words;
  std::vector<Weighed> tellings, around;  ///< As profile.tellings.

  Compared(Profile profile, const Rarity& rarity);
};

/// Cosine of the words of both reports.
float likeness_of_reports(const Compared& a, const Compared& b);

/// A row for each pair of tellings, those of the first telling of a first. a is the earlier one.
std::vector<LikenessRow> likeness_rows(const Compared& a, const Compared& b, const Rarity& rarity);

/// Whether two tellings are told of days too far apart, or of other numbers on days apart, to be
/// one often: what the trees say then counts little, for they have seen few such.
bool is_told_apart(const Telling& a, const Telling& b);

/// What decides which tellings are alike, as it is installed.
struct Likeness {
  Rarity rarity;
  knowledge::Trees trees;

  /// The chance that both tell of one happening, of their row.
  float chance(const Telling& a, const Telling& b, const LikenessRow& row) const;
  /// Reads rarity.tsv and likeness.tsv. Fails where one is missing or altered.
  static Result<Likeness> load(const std::filesystem::path& directory);
};

}  // namespace dateline::chronicle::matching
