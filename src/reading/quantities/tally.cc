// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/tally.h"

#include "reading/quantities/modifiers.h"

namespace dateline::reading {

namespace {

using language::Token;

/// Steps from a number up to the verb that gives it: "stood at 17, up from 11".
constexpr int kMostStepsUp = 3;

Counted named(const knowledge::Tally& tally, std::string_view word) {
  return {tally.counts, "tallies.tsv", word, tally.line};
}

/// What is said of a tally's noun: "of wounded", "of people killed", "for the missing".
Counted object_counts(const Passage& p, std::uint32_t preposition, bool& any) {
  for (const std::uint32_t inner : p.children(preposition)) {
    if (p[inner].dep != "pobj" && p[inner].dep != "pcomp") continue;
    any = true;
    const Counted own = noun_counts(p, inner);
    if (own.counts == "abducted") return own;  // "hostages still held"
    if (const Counted says = modifiers_count(p, inner)) return says;
    if (!is_thing(own)) return own;
  }
  return {};
}

/// A plural that an amount is said of: "fatalities stood at 17", "put the dead at 30".
Counted plural_counts(const Passage& p, std::uint32_t verb, std::uint32_t noun) {
  const bool plural =
      p[noun].tag == "NNS" || is_any_of(p[noun].lower, {"dead", "injured", "wounded", "missing"});
  if (!plural || !knowledge::find(p.words.amounts, p[verb].lemma)) return {};
  const Counted says = noun_counts(p, noun);
  return is_thing(says) ? Counted() : says;
}

}  // namespace

Counted tally_counts(const Passage& p, std::uint32_t noun) {
  const auto* tally = knowledge::find(p.words.tallies, p[noun].lemma);
  if (!tally || !p.is_noun(noun)) return {};
  if (!tally->counts.empty()) return named(*tally, p[noun].lemma);
  bool any = false;
  for (const std::uint32_t child : p.children(noun)) {
    const Token& c = p[child];
    if (c.dep == "prep") {
      if (const Counted says = object_counts(p, child, any)) return says;
    } else if (c.dep == "compound") {  // "casualty figures"
      any = true;
      if (const Counted says = noun_counts(p, child); says && !is_thing(says)) return says;
    }
  }
  if (const Counted says = modifiers_count(p, noun)) return says;  // "the number killed"
  return any ? Counted() : named(*tally, p[noun].lemma);
}

Counted toll_counts(const Passage& p, std::uint32_t number) {
  if (!is_any_of(p[number].dep, {"pobj", "attr", "dobj"})) return {};
  const std::uint32_t of = p[number].head;
  if (p[of].lower == "of") {  // "a toll of 14", "a crowd of 2,000 people"
    if (const Counted says = tally_counts(p, p[of].head); says.table) return says;
  }
  const bool bare = p[number].tag == "CD";
  if (!bare && !p.is_person(number)) return {};
  std::uint32_t up = number;
  for (int step = 0; step < kMostStepsUp && p[up].head != up; ++step) {
    up = p[up].head;
    Counted tied = tally_counts(p, up);
    for (const std::uint32_t child : p.children(up)) {
      if (tied) break;
      if (!is_any_of(p[child].dep, {"nsubj", "dobj", "nsubjpass"}) || child == number) continue;
      Counted says = tally_counts(p, child);
      if (!says && bare) {
        if (const Counted plural = plural_counts(p, up, child)) says = plural;
      }
      if (says.table) tied = says;  // "a tally put the dead at 30": what says more comes later
    }
    if (tied.table) return tied;
  }
  return {};
}

bool is_change(const Passage& p, std::uint32_t from) {
  return knowledge::find(p.words.amounts, p[p[from].head].lemma) != nullptr;
}

}  // namespace dateline::reading
