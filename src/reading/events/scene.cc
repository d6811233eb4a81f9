// SPDX-License-Identifier: Apache-2.0
#include "reading/events/scene.h"

#include <algorithm>

#include "reading/attributions/scene.h"

namespace dateline::reading::events {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kBefore = 3, kAfter = 1;  ///< Sentences that are looked at.
constexpr std::size_t kMostFillers = 96;          ///< Of a slot, around one trigger.
constexpr std::uint32_t kLongestPhrase = 24;      ///< Tokens.
constexpr std::uint32_t kClimb = 5;               ///< Steps of a path up either side.

/// 0, 1, 2, 3, 4-5, 6-8, 9-12 ... of a distance, 15 at most.
std::uint32_t step_of(std::uint32_t n) {
  constexpr std::uint32_t kBounds[] = {0, 1, 2, 3, 5, 8, 12, 18, 26, 36, 50, 70, 100, 150, 250};
  return static_cast<std::uint32_t>(std::lower_bound(std::begin(kBounds), std::end(kBounds), n) -
                                    std::begin(kBounds));
}

bool heads_a_phrase(const Token& token) {
  if (is_any_of(token.pos, {"NOUN", "PROPN", "PRON"})) {
    return !is_any_of(token.dep, {"compound", "expl", "npadvmod", "nmod", "advmod"});
  }
  // "Four were killed", "the wounded".
  return (token.tag == "CD" || token.pos == "ADJ") &&
         is_any_of(token.dep, {"nsubj", "nsubjpass", "dobj", "pobj"});
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

std::uint32_t number_of(std::string_view word, std::initializer_list<std::string_view> words) {
  std::uint32_t n = 1;
  for (const std::string_view other : words) {
    if (other == word) return n;
    ++n;
  }
  return 0;
}

}  // namespace

std::uint16_t bucket(std::string_view word, std::uint32_t size) {
  return word.empty() ? 0 : static_cast<std::uint16_t>(1 + key(word) % (size - 1));
}

bool may_trigger(const Token& token) {
  if (is_any_of(token.pos, {"VERB", "NOUN"})) return true;
  return is_any_of(token.pos, {"PROPN", "ADJ", "ADV", "AUX", "ADP"}) && token.text.size() > 2;
}

Scene::Scene(const language::Document& given, const Record& read)
    : document(given), record(read), tokens(given.tokens), tree(given), mentions(tree, read) {
  find_parties();
  find_items();
}

TokenRange Scene::phrase(std::uint32_t head) const {
  std::uint32_t begin = head, end = head + 1;
  for (const std::uint32_t child : tree.children(head)) {
    const TokenRange below = tree.subtree(child);
    if (child < head && below.end <= head + 1 &&
        is_any_of(tokens[child].dep, {"amod", "compound", "nummod", "poss", "nmod", "quantmod",
                                      "predet", "advmod", "neg"})) {
      begin = std::min(begin, below.begin);
    }
    // "members of the group": what a number or a collective is of belongs to it.
    if (child == end && tokens[child].lower == "of" && below.end - below.begin <= 8)
      end = below.end;
  }
  if (end - begin > kLongestPhrase) begin = head, end = head + 1;
  return tree.trim(tree.in_paragraph_of(head, {begin, end}), true);
}

void Scene::find_parties() {
  auto& parties = fillers_[static_cast<std::size_t>(Slot::kParty)];
  std::vector<TokenRange> mention_at(tokens.size());
  std::vector<std::uint8_t> form(tokens.size(), 0);
  for (const Entity& entity : record.entities) {
    for (const Mention& mention : entity.mentions) {
      const std::uint32_t head = tree.first_of(mention.head.value_or(mention.span));
      mention_at[head] = tree.tokens_of(mention.span);
      form[head] =
          static_cast<std::uint8_t>(number_of(mention.form, {"name", "nominal", "pronoun"}));
    }
  }
  for (std::uint32_t i = 0; i < size(); ++i) {
    const std::uint32_t entity = mentions.entity_at(i);
    if (entity == kNone && !heads_a_phrase(tokens[i])) continue;
    Filler filler;
    filler.head = i;
    filler.item = entity;
    filler.words = phrase(i);
    if (mention_at[i].end > mention_at[i].begin) {
      // A mention's own phrase and the noun's meet in one: the longer says more.
      const TokenRange m = mention_at[i];
      if (m.end - m.begin > filler.words.end - filler.words.begin) filler.words = m;
    }
    while (filler.words.begin < i && tokens[filler.words.begin].dep == "det") ++filler.words.begin;
    if (filler.words.begin >= filler.words.end) continue;
    if (entity != kNone) {
      filler.kind =
          1 +
          4 * number_of(record.entities[entity].kind, {"person", "organization", "group", "place",
                                                       "facility", "country", "other"}) +
          form[i];
    } else {
      filler.kind = 40 + number_of(tokens[i].pos, {"NOUN", "PROPN", "PRON", "NUM", "ADJ"});
      if (has_feature(tokens[i], "Number=Plur")) filler.kind += 8;
    }
    parties.push_back(filler);
  }
}

void Scene::find_items() {
  const auto take = [&](Slot slot, Span span, std::size_t item, std::uint32_t kind) {
    const TokenRange words = tree.tokens_of(span);
    fillers_[static_cast<std::size_t>(slot)].push_back(
        {tree.head_of(words), words, static_cast<std::uint32_t>(item), kind});
  };
  if (tokens.empty()) return;
  for (std::size_t i = 0; i < record.places.size(); ++i) {
    const Place& place = record.places[i];
    take(Slot::kPlace, place.span, i,
         number_of(place.precision, {"point", "town", "admin2", "admin1", "country", "region"}) +
             8 * (place.country.empty() ? 0 : 1));
  }
  for (std::size_t i = 0; i < record.times.size(); ++i) {
    const Time& time = record.times[i];
    if (time.begin.empty() || !is_any_of(time.type, {"DATE", "TIME"})) continue;
    take(Slot::kTime, time.span, i,
         number_of(time.granularity, {"second", "minute", "hour", "part_of_day", "day", "weekend",
                                      "week", "month", "season", "quarter", "year", "decade"}) +
             16 * number_of(time.from, {"published", "text"}));
  }
  for (std::size_t i = 0; i < record.quantities.size(); ++i) {
    const Quantity& quantity = record.quantities[i];
    const std::uint32_t kind =
        number_of(quantity.counts, {"dead", "wounded", "detained", "displaced", "casualties",
                                    "missing", "abducted", "participants", "sick"});
    if (kind == 0) continue;
    take(Slot::kQuantity, quantity.span, i, kind);
  }
  for (std::size_t i = 0; i < record.attributions.size(); ++i) {
    const Attribution& said = record.attributions[i];
    if (said.source.spans.empty() || said.cue.spans.empty()) continue;
    take(Slot::kVoice, said.cue.spans.front(), i,
         1 + number_of(said.form, {"direct", "indirect", "mixed"}));
  }
  for (auto& list : fillers_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const Filler& a, const Filler& b) { return a.head < b.head; });
  }
}

std::vector<const Filler*> Scene::around(Slot slot, std::uint32_t trigger) const {
  const auto& list = fillers(slot);
  const std::uint32_t sentence = tokens[trigger].sentence;
  const std::uint32_t first = sentence > kBefore ? sentence - kBefore : 0;
  const auto begin = std::partition_point(list.begin(), list.end(), [&](const Filler& filler) {
    return tokens[filler.head].sentence < first;
  });
  std::vector<const Filler*> found;
  if (slot == Slot::kPlace && begin != list.begin()) found.push_back(&list.front());
  for (auto at = begin; at != list.end() && tokens[at->head].sentence <= sentence + kAfter &&
                        found.size() < kMostFillers;
       ++at) {
    if (at->head != trigger || slot != Slot::kParty) found.push_back(&*at);
  }
  return found;
}

PairFeatures pair_features(const Scene& scene, Slot slot, std::uint32_t trigger,
                           const Filler& filler) {
  const Token& from = scene[trigger];
  const Token& to = scene[filler.head];
  PairFeatures found{};
  found[0] = path(scene, trigger, filler.head);
  const auto sentences = static_cast<std::int64_t>(to.sentence) - from.sentence;
  found[1] = static_cast<std::uint16_t>(sentences < -3 ? (scene[filler.head].sentence == 0 ? 1 : 0)
                                                       : 5 + sentences);
  const std::uint32_t between =
      filler.head > trigger ? filler.head - trigger : trigger - filler.head;
  found[2] = static_cast<std::uint16_t>(step_of(between) + (filler.head > trigger ? 16 : 0));
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
  return found;
}

LinkFeatures link_features(const Scene& scene, std::uint32_t earlier, std::uint32_t later) {
  const Token& a = scene[earlier];
  const Token& b = scene[later];
  LinkFeatures found{};
  found[0] = static_cast<std::uint16_t>(step_of(b.sentence - a.sentence));
  found[1] = static_cast<std::uint16_t>(
      a.sentence == b.sentence ? 1 + path(scene, earlier, later) % (kLinkSizes[1] - 1) : 0);
  const bool stem =
      a.lemma.size() >= 4 && b.lemma.size() >= 4 && a.lemma.substr(0, 4) == b.lemma.substr(0, 4);
  found[2] = static_cast<std::uint16_t>((a.lemma == b.lemma ? 1
                                         : stem             ? 2
                                                            : 0) +
                                        4 * number_of(b.pos, {"VERB", "NOUN"}));
  const std::uint32_t article = scene.tree.child(later, {"det"});
  found[3] = static_cast<std::uint16_t>(
      article == kNone ? 0
                       : 1 + number_of(scene[article].lower, {"the", "a", "an", "this", "that",
                                                              "these", "no", "another"}));
  found[4] = static_cast<std::uint16_t>(step_of(a.sentence));
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
