// SPDX-License-Identifier: Apache-2.0
#include "reading/events/hearing.h"

#include <algorithm>
#include <cmath>

#include "reading/attributions/scene.h"

namespace dateline::reading::events {

namespace {

constexpr float kHeard = 0.004f;  ///< What is less likely of every answer is forgotten.

/// For each answer the fillers and "none of them", whose score is 0, share a probability of 1.
std::vector<Likely> ask(const Scene& scene, const Panel& panel, Slot slot, const View& trigger) {
  auto fillers = scene.around(slot, trigger.token);
  std::erase_if(fillers, [&](const Filler* filler) { return !panel.holds(filler->head); });
  std::vector<PairFeatures> features;
  std::vector<Panel::Other> others;
  features.reserve(fillers.size());
  for (const Filler* filler : fillers) {
    features.push_back(pair_features(scene, slot, trigger, *filler));
    others.push_back({filler->head, features.back()});
  }
  const auto scores = panel.slot(slot, trigger.token, others);
  std::vector<Likely> found(fillers.size());
  for (std::size_t k = 0; k < fillers.size(); ++k) found[k].filler = fillers[k];
  for (std::size_t a = 0; a < PairHead::kMostAnswers; ++a) {
    float most = 0;
    for (const auto& score : scores) most = std::max(most, score[a]);
    float sum = std::exp(-most);
    for (const auto& score : scores) sum += std::exp(score[a] - most);
    for (std::size_t k = 0; k < scores.size(); ++k) {
      found[k].probability[a] = std::exp(scores[k][a] - most) / sum;
    }
  }
  std::erase_if(found, [](const Likely& one) {
    return std::all_of(one.probability.begin(), one.probability.end(),
                       [](float probability) { return probability < kHeard; });
  });
  return found;
}

template <class KeyOf>
Chances together(const std::vector<Likely>& fillers, std::size_t answer, KeyOf key_of) {
  Chances found;
  for (const Likely& one : fillers) {
    found.emplace_back(key_of(*one.filler), one.probability[answer]);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (std::size_t k = 0; k < found.size(); ++k) {
    if (kept > 0 && found[kept - 1].first == found[k].first) {
      found[kept - 1].second += found[k].second;
    } else {
      found[kept++] = found[k];
    }
  }
  found.resize(kept);
  return found;
}

}  // namespace

Hearing hear(const Scene& scene, const Panel& panel, const View& trigger) {
  Hearing found;
  for (std::size_t s = 0; s < kSlots; ++s) {
    const auto slot = static_cast<Slot>(s);
    if (panel.hears(slot)) found.slots[s] = ask(scene, panel, slot, trigger);
  }
  const Record& record = scene.record;
  const auto party = [&](const Filler& filler) -> std::uint64_t {
    const PartyKey who = party_at(scene, filler.head);
    return who.first != kNone ? who.first : key(who.second);
  };
  const auto day = [&](const Filler& filler) -> std::uint64_t {
    const Time& time = record.times[filler.item];
    return join(key(time.begin), key(time.end));
  };
  const auto place = [&](const Filler& filler) -> std::uint64_t {
    return key(record.places[filler.item].name);
  };
  found.matters = {
      together(found.of(Slot::kParty), 0, party), together(found.of(Slot::kParty), 1, party),
      together(found.of(Slot::kTime), 0, day), together(found.of(Slot::kPlace), 0, place)};
  const std::uint16_t where = where_in_report(scene, trigger.token);
  found.status = panel.status(trigger.token);
  found.main = panel.main(trigger.token, where);
  found.is_new = panel.is_new(trigger.token, where);
  return found;
}

}  // namespace dateline::reading::events
