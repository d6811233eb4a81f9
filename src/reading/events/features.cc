// SPDX-License-Identifier: Apache-2.0
#include "reading/events/features.h"

#include <algorithm>

#include "reading/attributions/scene.h"
#include "reading/events/table.h"
#include "reading/events/when.h"

namespace dateline::reading::events {

using language::Token;

namespace {

constexpr std::uint32_t kClimb = 5;  ///< Steps of a path up either side.

/// 0, 1, 2, 3, 4-5, 6-8, 9-12 ... of a distance, 15 at most.
std::uint32_t step_of(std::uint32_t n) {
  constexpr std::uint32_t kBounds[] = {0, 1, 2, 3, 5, 8, 12, 18, 26, 36, 50, 70, 100, 150, 250};
  return static_cast<std::uint32_t>(std::lower_bound(std::begin(kBounds), std::end(kBounds), n) -
                                    std::begin(kBounds));
}

/// Labels on the way through the tree; prepositions by name.
std::uint16_t path(const Scene& scene, std::uint32_t from, std::uint32_t to) {
  std::uint32_t up[kClimb + 1], down[kClimb + 1];
  const auto climb = [&](std::uint32_t i, std::uint32_t* chain) {
    std::uint32_t n = 0;
    chain[n++] = i;
    while (n <= kClimb && scene[i].head != i) chain[n++] = i = scene[i].head;
    return n;
  };
  const auto label = [&](std::uint32_t i) {
    const bool named = is_any_of(scene[i].dep, {"prep", "agent", "mark"});
    return key(named ? scene[i].lower : scene[i].dep);
  };
  const std::uint32_t size = kPairSizes[0] - 2;
  const std::uint32_t ups = climb(from, up), downs = climb(to, down);
  for (std::uint32_t u = 0; u < ups; ++u) {
    for (std::uint32_t d = 0; d < downs; ++d) {
      if (up[u] != down[d]) continue;
      Key found = 11;
      for (std::uint32_t k = 0; k < u; ++k) found = join(found, label(up[k]));
      found = join(found, 12);
      for (std::uint32_t k = d; k-- > 0;) found = join(found, label(down[k]));
      return static_cast<std::uint16_t>(2 + found % size);
    }
  }
  return scene[from].sentence == scene[to].sentence ? 1 : 0;
}

/// On which side a trigger's clause names the filler: 0 on none, 1 and 2 as actor and recipient at
/// this very word, 3 and 4 at another word for the same.
std::uint16_t side_of(const Scene& scene, const View& trigger, std::uint32_t head) {
  const auto has = [](const auto& list, const auto& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  if (has(trigger.sides.actors, head)) return 1;
  if (has(trigger.sides.recipients, head)) return 2;
  if (trigger.actors.empty() && trigger.recipients.empty()) return 0;
  const PartyKey party = party_at(scene, head);
  return has(trigger.actors, party) ? 3 : has(trigger.recipients, party) ? 4 : 0;
}

/// How often a party is named, whether first in the headline or first sentence, and whether it is
/// counted ("four men").
std::uint16_t standing(const Scene& scene, const Filler& filler) {
  std::uint32_t named = 0, early = 0;
  if (filler.item != kNone) {
    const auto& mentions = scene.record.entities[filler.item].mentions;
    named = std::min<std::uint32_t>(step_of(static_cast<std::uint32_t>(mentions.size())), 7);
    if (!mentions.empty()) early = scene[scene.tree.first_of(mentions.front().span)].sentence <= 1;
  }
  const bool counted = scene.tree.child(filler.head, {"nummod"}) != kNone;
  return static_cast<std::uint16_t>(named + 8 * early + 16 * (counted ? 1 : 0));
}

/// 0 where one side names nobody, 1 where they share somebody, 2 where they differ.
std::uint32_t agree(const std::vector<PartyKey>& a, const std::vector<PartyKey>& b) {
  if (a.empty() || b.empty()) return 0;
  const bool share = std::any_of(a.begin(), a.end(), [&](const PartyKey& one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
  return share ? 1 : 2;
}

}  // namespace

PartyKey party_at(const Scene& scene, std::uint32_t token) {
  const std::uint32_t entity = scene.mentions.entity_at(token);
  if (entity != kNone) return {entity, {}};
  return {kNone, scene[token].lemma};
}

View view_of(const Scene& scene, const knowledge::Words& words, std::uint32_t trigger) {
  View view;
  view.token = trigger;
  view.sides = sides_in_clause(scene, trigger, row_of(words, scene, trigger));
  for (const std::uint32_t token : view.sides.actors) view.actors.push_back(party_at(scene, token));
  for (const std::uint32_t token : view.sides.recipients) {
    view.recipients.push_back(party_at(scene, token));
  }
  view.time = time_of(scene.tree, scene.record.times, trigger);
  const auto& places = scene.fillers(Slot::kPlace);
  const auto first = std::partition_point(places.begin(), places.end(), [&](const Filler& place) {
    return scene[place.head].sentence < scene[trigger].sentence;
  });
  if (first != places.end() && scene[first->head].sentence == scene[trigger].sentence) {
    view.place = scene.record.places[first->item].name;
  }
  return view;
}

PairFeatures pair_features(const Scene& scene, Slot slot, const View& trigger,
                           const Filler& filler) {
  const Token& from = scene[trigger.token];
  const Token& to = scene[filler.head];
  PairFeatures found{};
  found[0] = path(scene, trigger.token, filler.head);
  const auto sentences = static_cast<std::int64_t>(to.sentence) - from.sentence;
  found[1] = static_cast<std::uint16_t>(sentences < -3 ? (scene[filler.head].sentence == 0 ? 1 : 0)
                                                       : 5 + sentences);
  const std::uint32_t between =
      filler.head > trigger.token ? filler.head - trigger.token : trigger.token - filler.head;
  found[2] = static_cast<std::uint16_t>(step_of(between) + (filler.head > trigger.token ? 16 : 0));
  found[3] = bucket(to.dep, kPairSizes[3]);
  std::uint32_t kind = filler.kind;
  if (slot == Slot::kVoice) {
    bool inside = false;
    for (const Span span : scene.record.attributions[filler.item].content) {
      inside |= span.contains(from.span);
    }
    kind += inside ? 8 : 0;
  }
  found[4] = static_cast<std::uint16_t>(std::min(kind, kPairSizes[4] - 1));
  found[5] = bucket(from.dep, kPairSizes[5]);
  if (slot == Slot::kParty) {
    found[6] = side_of(scene, trigger, filler.head);
    found[7] = standing(scene, filler);
  }
  return found;
}

LinkFeatures link_features(const Scene& scene, const View& earlier, const View& later) {
  const Token& a = scene[earlier.token];
  const Token& b = scene[later.token];
  LinkFeatures found{};
  found[0] = static_cast<std::uint16_t>(step_of(b.sentence - a.sentence));
  found[1] = static_cast<std::uint16_t>(
      a.sentence == b.sentence ? 1 + path(scene, earlier.token, later.token) % (kLinkSizes[1] - 1)
                               : 0);
  const bool stem =
      a.lemma.size() >= 4 && b.lemma.size() >= 4 && a.lemma.substr(0, 4) == b.lemma.substr(0, 4);
  found[2] = static_cast<std::uint16_t>((a.lemma == b.lemma ? 1
                                         : stem             ? 2
                                                            : 0) +
                                        4 * number_of(b.pos, {"VERB", "NOUN"}));
  const std::uint32_t article = scene.tree.child(later.token, {"det"});
  found[3] = static_cast<std::uint16_t>(
      article == kNone ? 0
                       : 1 + number_of(scene[article].lower, {"the", "a", "an", "this", "that",
                                                              "these", "no", "another"}));
  found[4] = static_cast<std::uint16_t>(step_of(a.sentence));
  found[5] = static_cast<std::uint16_t>(agree(earlier.actors, later.actors) +
                                        3 * agree(earlier.recipients, later.recipients));
  const std::uint32_t same_time = !earlier.time || !later.time               ? 0
                                  : earlier.time->begin == later.time->begin ? 1
                                                                             : 2;
  const std::uint32_t same_place = earlier.place.empty() || later.place.empty() ? 0
                                   : earlier.place == later.place               ? 1
                                                                                : 2;
  found[6] = static_cast<std::uint16_t>(same_time + 3 * same_place);
  return found;
}

std::uint16_t where_in_report(const Scene& scene, std::uint32_t token) {
  for (const Section& section : scene.record.sections) {
    if (section.span.begin > scene[token].span.begin) break;
    if (section.span.end > scene[token].span.begin && section.kind == "title") return 0;
  }
  return static_cast<std::uint16_t>(1 + step_of(scene[token].sentence));
}

}  // namespace dateline::reading::events
