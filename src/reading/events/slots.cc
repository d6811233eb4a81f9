// SPDX-License-Identifier: Apache-2.0
#include "reading/events/slots.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "reading/events/clause.h"
#include "reading/events/table.h"
#include "reading/events/when.h"

namespace dateline::reading::events {

namespace {

// Least probability of what is taken; swept on reports kept from training.
constexpr float kParty = 0.25f;
constexpr float kPartyInClause = 0.1f;  ///< Of one that the clause of a trigger names so.
constexpr float kPlace = 0.2f;
constexpr float kCountry = 0.5f;
constexpr float kOwnPlace = 0.15f;  ///< Of one that a trigger's own sentence names.
constexpr float kTime = 0.25f;
constexpr float kToll = 0.35f;
constexpr float kVoice = 0.2f;
constexpr float kShare = 0.6f;  ///< Of the likeliest party of a side.
constexpr std::size_t kMostOfOneSide = 8;
constexpr std::size_t kMostTriggers = 16;  ///< Of a happening that are asked about.

void keep_best(Taken& best, const Filler& filler, std::uint32_t trigger, float probability) {
  if (best.filler && probability <= best.probability) return;
  best = {&filler, trigger, probability, false};
}

/// One of what several fillers may stand for, and how likely it is.
struct Pooled {
  PairHead::Answer probability{};  ///< The most that one trigger says of all its fillers together.
  Taken best[PairHead::kMostAnswers];
};

/// What all triggers of a happening say, fillers of one key taken together. `may_stand`: which of
/// these may stand for it.
template <class Key, class KeyOf>
std::map<Key, Pooled> pool(
    Slot slot, const Happening& happening, KeyOf key_of,
    const std::function<bool(const Filler&)>& may_stand = [](const Filler&) { return true; }) {
  std::map<Key, Pooled> pooled;
  for (std::size_t t = 0; t < std::min(happening.size(), kMostTriggers); ++t) {
    const Trigger& trigger = happening[t];
    std::map<Key, PairHead::Answer> sums;
    for (const Likely& likely : trigger.hearing.of(slot)) {
      const Key key = key_of(*likely.filler);
      auto& sum = sums[key];
      auto& of = pooled[key];
      for (std::size_t a = 0; a < sum.size(); ++a) {
        sum[a] += likely.probability[a];
        if (!may_stand(*likely.filler)) continue;
        keep_best(of.best[a], *likely.filler, trigger.token, likely.probability[a]);
      }
    }
    for (const auto& [key, sum] : sums) {
      auto& most = pooled[key].probability;
      for (std::size_t a = 0; a < sum.size(); ++a) most[a] = std::max(most[a], sum[a]);
    }
  }
  return pooled;
}

/// The likeliest for an answer, null where all are less likely than that.
template <class Key>
const Pooled* likeliest(const std::map<Key, Pooled>& pooled, std::size_t answer, float least) {
  const Pooled* best = nullptr;
  for (const auto& [key, one] : pooled) {
    if (one.probability[answer] < (best ? best->probability[answer] : least)) continue;
    best = &one;
  }
  return best;
}

constexpr std::size_t kMostRivals = 3;  ///< Of a slot.
constexpr float kLeastRival = 0.02f;

template <class Key>
void weigh(const std::map<Key, Pooled>& pooled, std::size_t answer, std::string_view slot,
           std::vector<Rival>* rivals) {
  if (!rivals) return;
  std::vector<Rival> all;
  for (const auto& [key, one] : pooled) {
    if (one.probability[answer] < kLeastRival) continue;
    all.push_back({slot, one.best[answer].filler, one.probability[answer]});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Rival& a, const Rival& b) { return a.probability > b.probability; });
  if (all.size() > kMostRivals) all.resize(kMostRivals);
  rivals->insert(rivals->end(), all.begin(), all.end());
}

/// The parties that the triggers' own clauses name, and on which side.
std::map<PartyKey, std::array<bool, 2>> named_in_clauses(const Scene& scene,
                                                         const knowledge::Words& words,
                                                         const Happening& happening) {
  std::map<PartyKey, std::array<bool, 2>> named;
  for (std::size_t t = 0; t < std::min(happening.size(), kMostTriggers); ++t) {
    const std::uint32_t trigger = happening[t].token;
    const Sides sides = sides_in_clause(scene, trigger, row_of(words, scene, happening[t]));
    for (const std::uint32_t token : sides.actors) named[party_at(scene, token)][0] = true;
    for (const std::uint32_t token : sides.recipients) named[party_at(scene, token)][1] = true;
  }
  return named;
}

std::uint32_t fullness(const Scene& scene, const Filler& filler) {
  const std::uint32_t length = std::min(filler.words.end - filler.words.begin, 12u);
  return length + (scene[filler.head].pos == "PROPN"  ? 20
                   : scene[filler.head].pos == "PRON" ? 0
                                                      : 10);
}

/// The fullest words for a party around the happening's triggers.
const Filler* fullest(const Scene& scene, const Happening& happening, const Filler& given) {
  if (given.item == kNone) return &given;
  const Filler* best = &given;
  for (std::size_t t = 0; t < std::min(happening.size(), kMostTriggers); ++t) {
    for (const Filler* filler : scene.around(Slot::kParty, happening[t].token)) {
      if (filler->item == given.item && fullness(scene, *filler) > fullness(scene, *best)) {
        best = filler;
      }
    }
  }
  return best;
}

bool lies_within(const Filler& inner, const Filler& outer) {
  return outer.words.begin <= inner.head && inner.head < outer.words.end &&
         !(inner.words.begin <= outer.head && outer.head < inner.words.end);
}

void fill_parties(const Scene& scene, const knowledge::Words& words, const Happening& happening,
                  Slots& slots, std::vector<Rival>* rivals) {
  const auto parties = pool<PartyKey>(
      Slot::kParty, happening, [&](const Filler& filler) { return party_at(scene, filler.head); });
  weigh(parties, 0, "actor", rivals);
  weigh(parties, 1, "recipient", rivals);
  const auto named = named_in_clauses(scene, words, happening);
  for (const auto& [key, party] : parties) {
    const std::size_t side = party.probability[0] >= party.probability[1] ? 0 : 1;
    const auto by_clause = named.find(key);
    const bool named_so = by_clause != named.end() && by_clause->second[side];
    if (party.probability[side] < (named_so ? kPartyInClause : kParty)) continue;
    Taken taken = party.best[side];
    taken.filler = fullest(scene, happening, *taken.filler);
    taken.probability = party.probability[side];
    (side == 0 ? slots.actors : slots.recipients).push_back(taken);
  }
  for (auto* side : {&slots.actors, &slots.recipients}) {
    std::stable_sort(side->begin(), side->end(),
                     [](const Taken& a, const Taken& b) { return a.probability > b.probability; });
    if (side->size() > kMostOfOneSide) side->resize(kMostOfOneSide);
    // What is much less likely than the likeliest is taken for a mistake of one trigger.
    std::erase_if(*side, [least = side->empty() ? 0.0f : kShare * side->front().probability](
                             const Taken& taken) { return taken.probability < least; });
    // "members of the group": what stands inside the words of another is that other.
    const std::vector<Taken> all = *side;
    std::erase_if(*side, [&](const Taken& inner) {
      return std::any_of(all.begin(), all.end(), [&](const Taken& outer) {
        return lies_within(*inner.filler, *outer.filler);
      });
    });
    std::sort(side->begin(), side->end(),
              [](const Taken& a, const Taken& b) { return a.filler->head < b.filler->head; });
  }
}

bool is_same_party(const Taken& a, const Taken& b) {
  return a.filler->head == b.filler->head ||
         (a.filler->item != kNone && a.filler->item == b.filler->item);
}

/// Parties that the clauses of a user's own words name stand in place of those that were learned.
void take_own_sides(const Scene& scene, const Happening& happening, Slots& slots) {
  std::vector<Taken> actors, recipients;
  bool no_other_side = false;
  for (std::size_t t = 0; t < std::min(happening.size(), kMostTriggers); ++t) {
    const auto& [token, own] = std::pair(happening[t].token, happening[t].own);
    if (!own) continue;
    const auto fillers = scene.around(Slot::kParty, token);
    const auto take = [&](const std::vector<std::uint32_t>& heads, std::vector<Taken>& side) {
      for (const std::uint32_t head : heads) {
        const auto at = std::find_if(fillers.begin(), fillers.end(),
                                     [&](const Filler* filler) { return filler->head == head; });
        if (at == fillers.end() || side.size() == kMostOfOneSide) continue;
        const Taken taken{fullest(scene, happening, **at), token, 1, true};
        if (std::none_of(side.begin(), side.end(),
                         [&](const Taken& one) { return is_same_party(one, taken); })) {
          side.push_back(taken);
        }
      }
    };
    const Sides sides = sides_in_clause(scene, token, &own->tells);
    take(sides.actors, actors);
    take(sides.recipients, recipients);
    no_other_side |= own->tells.has_side("mutual") || own->tells.has_side("none");
  }
  for (const auto& [named, side, other] :
       {std::tuple(&actors, &slots.actors, &slots.recipients),
        std::tuple(&recipients, &slots.recipients, &slots.actors)}) {
    if (named->empty()) continue;
    *side = *named;
    std::erase_if(*other, [&](const Taken& learned) {
      return std::any_of(named->begin(), named->end(),
                         [&](const Taken& one) { return is_same_party(one, learned); });
    });
  }
  if (no_other_side) slots.recipients = recipients;
}

/// The nearest mention of a country by its name.
const Filler* named_country(const Scene& scene, std::string_view country, std::uint32_t trigger) {
  const Filler* best = nullptr;
  const auto distance = [&](const Filler& filler) {
    return filler.head > trigger ? filler.head - trigger : trigger - filler.head;
  };
  for (const Filler& filler : scene.fillers(Slot::kPlace)) {
    const Place& place = scene.record.places[filler.item];
    if (place.precision != "country" || place.country != country) continue;
    if (!best || distance(filler) < distance(*best)) best = &filler;
  }
  return best;
}

/// The finest place that is the happening's own; where none is told, the country where the report
/// names it. Another town of that country would only mislead.
Taken place_of(const Scene& scene, const Happening& happening, std::vector<Rival>* rivals) {
  const auto& places = scene.record.places;
  const auto by_name = pool<std::string_view>(
      Slot::kPlace, happening,
      [&](const Filler& filler) -> std::string_view { return places[filler.item].name; });
  weigh(by_name, 0, "place", rivals);
  if (const Pooled* own = likeliest(by_name, 0, kPlace)) return own->best[0];
  auto by_country = pool<std::string_view>(
      Slot::kPlace, happening,
      [&](const Filler& filler) -> std::string_view { return places[filler.item].country; });
  by_country.erase("");
  weigh(by_country, 1, "country", rivals);
  const Pooled* likely = likeliest(by_country, 1, kCountry);
  if (!likely) return {};
  Taken country = likely->best[1];
  country.filler =
      named_country(scene, places[country.filler->item].country, happening.front().token);
  return country.filler ? country : Taken{};
}

/// The place of the trigger's own sentence that is likeliest its own, else that of the happening.
Taken place_of_trigger(const Scene& scene, const Trigger& trigger, const Taken& of_happening) {
  Taken best;
  for (const Likely& likely : trigger.hearing.of(Slot::kPlace)) {
    if (scene[likely.filler->head].sentence != scene[trigger.token].sentence) continue;
    if (likely.probability[0] < kOwnPlace) continue;
    keep_best(best, *likely.filler, trigger.token, likely.probability[0]);
  }
  return best.filler ? best : of_happening;
}

}  // namespace

Slots fill_slots(const Scene& scene, const Panel& panel, const knowledge::Words& words,
                 const Happening& happening, std::vector<Rival>* rivals) {
  const Record& record = scene.record;
  Slots slots;
  fill_parties(scene, words, happening, slots, rivals);
  take_own_sides(scene, happening, slots);
  slots.place = place_of(scene, happening, rivals);
  for (const Trigger& trigger : happening) {
    slots.place_of_trigger.push_back(place_of_trigger(scene, trigger, slots.place));
  }
  auto times = pool<std::pair<std::string_view, std::string_view>>(
      Slot::kTime, happening,
      [&](const Filler& filler) -> std::pair<std::string_view, std::string_view> {
        return {record.times[filler.item].begin, record.times[filler.item].end};
      },
      [&](const Filler& filler) {
        const Time& time = record.times[filler.item];
        const std::uint32_t maker = maker_of(scene.tree, time);
        return !dates_the_report(record, time) &&
               (maker == kNone || std::any_of(happening.begin(), happening.end(),
                                              [&](const Trigger& t) { return t.token == maker; }));
      });
  if (const Pooled* time = likeliest(times, 0, kTime)) slots.time = time->best[0];
  std::erase_if(times, [](const auto& one) { return !one.second.best[0].filler; });
  weigh(times, 0, "day", rivals);
  const auto quantities = pool<std::string_view>(Slot::kQuantity, happening,
                                                 [&](const Filler& filler) -> std::string_view {
                                                   return record.quantities[filler.item].counts;
                                                 });
  weigh(quantities, 0, "toll", rivals);
  for (const auto& [counts, toll] : quantities) {
    if (toll.probability[0] < kToll || !may_count(happening.front().type, counts)) continue;
    slots.tolls.push_back(toll.best[0]);
  }
  if (panel.hears(Slot::kVoice)) {
    slots.voices.emplace();
    const auto voices = pool<std::uint32_t>(Slot::kVoice, happening,
                                            [](const Filler& filler) { return filler.item; });
    for (const auto& [attribution, voice] : voices) {
      if (voice.probability[0] >= kVoice) slots.voices->insert(attribution);
    }
  }

  std::array<float, kStatuses.size()> status{};
  float main = 0;
  for (const Trigger& trigger : happening) {
    for (std::size_t k = 0; k < status.size(); ++k) status[k] += trigger.hearing.status[k];
    main += trigger.hearing.main;
    slots.is_new += trigger.hearing.is_new;
  }
  slots.status =
      static_cast<std::uint32_t>(std::max_element(status.begin(), status.end()) - status.begin());
  slots.main = main > 0;
  return slots;
}

}  // namespace dateline::reading::events
