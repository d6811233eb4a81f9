// What is decided once all triggers have been heard: whether two of them tell of one happening, and
// whether what some of them tell together is a happening at all. Sums of trees weigh what the heads
// said (components/happenings, learned by training/happenings from reports that the heads had not
// seen).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/trees.h"
#include "reading/events/happenings.h"

namespace dateline::reading::events {

/// Of two triggers of one type. `shared` is the chance that both mean the same, `apart` that they
/// mean different ones, `told` that both tell it at all.
inline constexpr std::array<std::string_view, 33> kSameFeatures{
    "link",
    // What both say.
    "actor_shared", "actor_apart", "actor_told", "recipient_shared", "recipient_apart",
    "recipient_told", "day_shared", "day_apart", "day_told", "place_shared", "place_apart",
    "place_told", "sides_crossed", "status_apart", "clause_day",
    // How they stand to each other.
    "sentences", "words", "same_word", "same_stem", "in_title", "verbs", "type", "types_shared",
    // What each is.
    "first_sure", "second_sure", "first_main", "second_main", "main_apart", "first_new",
    "second_new", "new_apart", "exact"};
using SameRow = std::array<float, kSameFeatures.size()>;

/// `link`: what the heads say of the two, log odds. `exact`: whether the trunk was asked.
SameRow same_row(const Scene& scene, const Trigger& earlier, const Trigger& later, float link,
                 bool exact);

/// Of a happening.
inline constexpr std::array<std::string_view, 27> kLineFeatures{
    // How sure its triggers are.
    "triggers", "sure_most", "sure_mean", "sure_sum", "told_most", "second_type",
    // What they say.
    "actor", "recipient", "day", "place", "status_actual", "status_planned", "status_alleged",
    "status_denied", "main_mean", "main_most", "new_mean",
    // What they are.
    "type", "in_table", "verbs", "past", "clause_day",
    // Where they stand.
    "where", "sentence", "sentences", "happenings", "exact"};
using LineRow = std::array<float, kLineFeatures.size()>;

/// `count`: of the happenings found in the stretch.
LineRow line_row(const Scene& scene, const knowledge::Words& words, const Happening& happening,
                 std::size_t count, bool exact);

struct Verdicts {
  knowledge::Trees same, line;

  /// Reads same_trees.tsv and line_trees.tsv. Fails where one is missing or altered.
  static Result<Verdicts> load(const std::filesystem::path& directory);
};

}  // namespace dateline::reading::events
