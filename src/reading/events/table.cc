// SPDX-License-Identifier: Apache-2.0
#include "reading/events/table.h"

#include <algorithm>

#include "reading/events/types.h"

namespace dateline::reading::events {

namespace {

/// Whether a word that the row asks for stands right below the trigger, or after its preposition.
bool holds(const knowledge::EventWord& row, const Scene& scene, std::uint32_t trigger) {
  const auto asked = [&](std::uint32_t token) {
    return std::any_of(row.with.begin(), row.with.end(), [&](const std::string& with) {
      return with == scene[token].lemma || with == scene[token].lower;
    });
  };
  for (const std::uint32_t child : scene.tree.children(trigger)) {
    if (asked(child)) return true;
    if (!is_any_of(scene[child].dep, {"prep", "dobj", "nsubjpass", "agent"})) continue;
    for (const std::uint32_t below : scene.tree.children(child)) {
      if (is_any_of(scene[below].dep, {"pobj", "compound", "conj", "amod"}) && asked(below)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

const knowledge::EventWord* row_of(const knowledge::Words& words, const Scene& scene,
                                   std::uint32_t token, std::string_view type) {
  const bool verb = scene[token].pos == "VERB";
  const auto* rows =
      knowledge::find(verb ? words.event_verbs : words.event_nouns, scene[token].lemma);
  if (!rows) return nullptr;
  const knowledge::EventWord* plain = nullptr;
  for (const knowledge::EventWord& row : *rows) {
    if (!type.empty() && row.type != type) continue;
    if (!row.with.empty() && holds(row, scene, token)) return &row;
    if (row.with.empty() && !plain) plain = &row;
  }
  return plain;
}

WordFeatures word_features(const knowledge::Words& words, const Scene& scene, std::uint32_t token) {
  WordFeatures found{};
  if (const knowledge::EventWord* row = row_of(words, scene, token)) {
    const auto type = std::find(kTypes.begin(), kTypes.end(), row->type) - kTypes.begin();
    found[0] =
        static_cast<std::uint16_t>(type % kTypes.size() + (row->with.empty() ? 0 : kTypes.size()));
  }
  found[1] = bucket(scene[token].tag, kWordSizes[1]);
  return found;
}

}  // namespace dateline::reading::events
