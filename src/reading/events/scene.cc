// SPDX-License-Identifier: Apache-2.0
#include "reading/events/scene.h"

#include <algorithm>

#include "reading/attributions/scene.h"
#include "reading/furniture.h"

namespace dateline::reading::events {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kBefore = 3, kAfter = 1;  ///< Sentences that are looked at.
constexpr std::size_t kMostFillers = 96;          ///< Of a slot, around one trigger.
constexpr std::uint32_t kLongestPhrase = 24;      ///< Tokens.

bool heads_a_phrase(const Token& token) {
  if (is_any_of(token.pos, {"NOUN", "PROPN", "PRON"})) {
    return !is_any_of(token.dep, {"compound", "expl", "npadvmod", "nmod", "advmod"});
  }
  // "Four were killed", "the wounded".
  return (token.tag == "CD" || token.pos == "ADJ") &&
         is_any_of(token.dep, {"nsubj", "nsubjpass", "dobj", "pobj"});
}

}  // namespace

std::uint32_t number_of(std::string_view word, std::initializer_list<std::string_view> words) {
  std::uint32_t n = 1;
  for (const std::string_view other : words) {
    if (other == word) return n;
    ++n;
  }
  return 0;
}

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
    if (is_furniture(record, tokens[i].span.begin) || tree.borders().in_dateline(i)) continue;
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

}  // namespace dateline::reading::events
