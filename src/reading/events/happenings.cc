// SPDX-License-Identifier: Apache-2.0
#include "reading/events/happenings.h"

#include <algorithm>

#include "reading/events/own.h"
#include "reading/events/verdict.h"
#include "reading/furniture.h"
#include "reading/trace.h"

namespace dateline::reading::events {

namespace {

constexpr float kTold = 0.2f;                ///< Least probability of a trigger.
constexpr float kToldByTable = 0.1f;         ///< Of one whose row has a condition that holds.
constexpr float kLine = 0.52f;               ///< Least chance of a happening,
constexpr float kLineQuick = 0.4f;           ///< read without the trunk.
constexpr float kSame = 0;                   ///< Least log odds that two are the same, on the mean.
constexpr std::size_t kMostMembers = 12;     ///< Of a happening that are asked about.
constexpr std::size_t kMostHappenings = 48;  ///< Of a type that are asked about: the latest.

std::uint32_t type_called(std::string_view name, std::uint32_t otherwise) {
  const auto at = std::find(kTypes.begin(), kTypes.end(), name);
  return at == kTypes.end() ? otherwise : static_cast<std::uint32_t>(at - kTypes.begin());
}

std::vector<Trigger> find_triggers(const Scene& scene, const Panel& panel,
                                   const knowledge::Words& words) {
  const language::TokenRange tokens = panel.tokens();
  std::vector<WordFeatures> features;
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    features.push_back(word_features(words, scene, i));
  }
  const std::vector<float> types = panel.types(tokens, features);
  std::vector<Trigger> found;
  const std::vector<OwnWords> own = find_own_words(scene, words.own_events, tokens);
  auto next = own.begin();
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    while (next != own.end() && next->tokens.end <= i) ++next;
    if (next != own.end() && next->tokens.begin <= i) {
      // A user's words tell as one, of what their row says.
      if (next->trigger == i && next->tell_of_event()) {
        Trigger trigger(view_of(scene, words, i));
        trigger.type = type_called(next->row->tells.type, 0);
        trigger.probability = trigger.types[trigger.type] = 1;
        trigger.own = next->row;
        trigger.hearing = hear(scene, panel, trigger);
        found.push_back(std::move(trigger));
      }
      continue;
    }
    const float* row = types.data() + (i - tokens.begin) * kTypes.size();
    const float told = 1 - row[0];
    if (told < kToldByTable || !may_trigger(scene[i])) continue;
    if (is_furniture(scene.record, scene[i].span.begin)) continue;
    auto type = static_cast<std::uint32_t>(std::max_element(row + 1, row + kTypes.size()) - row);
    // A row whose condition holds ("place ... on a list") knows its type better.
    const knowledge::EventWord* known = row_of(words, scene, i);
    const bool by_table = known && !known->with.empty();
    if (by_table) type = type_called(known->type, type);
    if (told < kTold && !by_table) continue;
    Trigger trigger(view_of(scene, words, i));
    trigger.type = type;
    trigger.probability = by_table ? std::max(told, row[type]) : row[type];
    std::copy_n(row, kTypes.size(), trigger.types.begin());
    trigger.hearing = hear(scene, panel, trigger);
    found.push_back(std::move(trigger));
  }
  return found;
}

}  // namespace

std::vector<Happening> find_happenings(const Scene& scene, const Panel& panel,
                                       const knowledge::Words& words, const Verdicts& verdicts,
                                       bool exact, Trace* trace) {
  std::vector<Happening> found;
  std::array<std::vector<std::size_t>, kTypes.size()> of_type;
  const auto asked = [&](std::string_view trees, std::vector<Span> of, const auto& row) {
    if (!trace || !trace->asked) return;
    trace->asked->push_back({trees, std::move(of), {row.begin(), row.end()}});
  };
  for (Trigger& trigger : find_triggers(scene, panel, words)) {
    // Every trigger joins the happening of its type whose members it is most like, or begins one.
    auto& known = of_type[trigger.type];
    const std::size_t first = known.size() > kMostHappenings ? known.size() - kMostHappenings : 0;
    std::vector<Panel::Other> others;
    std::vector<LinkFeatures> features;
    std::vector<const Trigger*> members;
    std::vector<std::size_t> owner;
    for (std::size_t k = first; k < known.size(); ++k) {
      const Happening& happening = found[known[k]];
      const std::size_t skip =
          happening.size() > kMostMembers ? happening.size() - kMostMembers : 0;
      for (std::size_t m = skip; m < happening.size(); ++m) {
        features.push_back(link_features(scene, happening[m], trigger));
        members.push_back(&happening[m]);
        owner.push_back(known[k]);
        others.push_back({happening[m].token, {}});
      }
    }
    for (std::size_t k = 0; k < others.size(); ++k) others[k].features = features[k];
    const auto links = panel.link(trigger.token, others);
    std::size_t best = found.size();
    float most = kSame;
    for (std::size_t k = 0; k < links.size();) {
      float sum = 0;
      std::size_t end = k;
      for (; end < links.size() && owner[end] == owner[k]; ++end) {
        const SameRow row = same_row(scene, *members[end], trigger, links[end][0], exact);
        asked("same", {scene[members[end]->token].span, scene[trigger.token].span}, row);
        sum += verdicts.same.log_odds(row);
      }
      const float mean = sum / static_cast<float>(end - k);
      if (mean > most) most = mean, best = owner[k];
      k = end;
    }
    if (best == found.size()) {
      known.push_back(found.size());
      found.push_back({});
    }
    found[best].triggers.push_back(std::move(trigger));
  }
  for (Happening& happening : found) {
    const LineRow row = line_row(scene, words, happening, found.size(), exact);
    std::vector<Span> spans;
    for (const Trigger& trigger : happening) spans.push_back(scene[trigger.token].span);
    asked("line", std::move(spans), row);
    happening.chance = verdicts.line.score(row);
    const bool own = std::any_of(happening.begin(), happening.end(),
                                 [](const Trigger& trigger) { return trigger.own; });
    if (own) happening.chance = 1;
  }
  const float least = exact ? kLine : kLineQuick;
  std::erase_if(found, [&](const Happening& happening) { return happening.chance < least; });
  return found;
}

}  // namespace dateline::reading::events
