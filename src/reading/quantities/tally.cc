// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/tally.h"

namespace dateline::reading {

Counted toll_counts(const Passage& p, std::uint32_t number) {
  if (!is_any_of(p[number].dep, {"pobj", "attr", "dobj"})) return {};
  std::uint32_t up = number;
  for (int step = 0; step < 3 && p[up].head != up; ++step) {
    up = p[up].head;
    if (const Counted says = tally_counts(p, up)) return says;
    for (const std::uint32_t child : p.children(up)) {
      if (!is_any_of(p[child].dep, {"nsubj", "dobj", "nsubjpass"})) continue;
      if (const Counted says = tally_counts(p, child)) return says;
    }
  }
  return {};
}

Counted tally_counts(const Passage& p, std::uint32_t noun) {
  const std::string_view lemma = p[noun].lemma;
  if (lemma == "toll") {
    const auto* dead = knowledge::find(p.words.nouns, "dead");
    return dead ? Counted{dead->counts, "count_nouns.tsv", "dead", dead->line} : Counted();
  }
  if (!is_any_of(lemma, {"number", "total", "count"})) return {};
  for (const std::uint32_t child : p.children(noun)) {
    for (const std::uint32_t inner : p.children(child)) {
      if (p[inner].dep != "pobj") continue;
      const Counted says = noun_counts(p, inner);
      return is_thing(says) ? Counted() : says;
    }
  }
  return {};
}

}  // namespace dateline::reading
