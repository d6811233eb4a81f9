// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/counts.h"

#include "reading/quantities/said_of.h"

namespace dateline::reading {

namespace {

/// What was done to people, where that says more than the noun they are called by.
Counted worse(const Passage& p, std::uint32_t noun, std::uint32_t number, std::string_view own) {
  const bool people = is_any_of(own, {"participants", "displaced", "detained", "sick"});
  if (!people && !is_any_of(own, {"wounded", "missing", "abducted"})) return {};
  const Counted done = said_of(p, noun, number);
  const bool is_worse =
      done.counts == "dead" || (people && is_any_of(done.counts, {"wounded", "detained"}));
  return is_worse ? done : Counted();
}

}  // namespace

Counted counts_of(const Passage& p, std::uint32_t noun, std::uint32_t number) {
  const Counted own = noun_counts(p, noun);
  if (own && !is_thing(own) && noun != number) {
    const Counted done = worse(p, noun, number, own.counts);
    return done ? done : own;
  }
  if (p[noun].lemma == "time") return times_counts(p, noun);
  if (p[noun].lemma == "life") {  // "claimed 12 lives"
    const std::uint32_t over = p[noun].head;
    if (p[noun].dep == "dobj") return verb_counts(p, over, Role::kObject, kNone);
    // "with the loss of 12 lives"
    const bool of_loss = p[noun].dep == "pobj" && p[p[over].head].lemma == "loss";
    return of_loss ? verb_counts(p, p[over].head, Role::kObject, kNone) : Counted();
  }
  return is_thing(own) || p.is_body_or_place(noun) ? Counted() : said_of(p, noun, number);
}

Counted dead_and_wounded(const Passage& p, std::uint32_t end) {
  const bool both = (p.is(end, "dead") || p.is(end, "killed")) &&
                    (p.is(end + 1, "and") || p.is(end + 1, "or")) &&
                    (p.is(end + 2, "wounded") || p.is(end + 2, "injured"));
  const auto* row = both ? knowledge::find(p.words.nouns, "casualty") : nullptr;
  return row ? Counted{row->counts, "count_nouns.tsv", "casualty", row->line} : Counted();
}

bool may_count_on(const Passage& p, std::uint32_t number, std::string_view before) {
  const language::Token& t = p[number];
  if (t.tag != "CD") return false;
  // "eleven died: six in Marra, five at sea", "a dozen were hurt, two critically"
  const bool placed = number + 1 < p.size() && is_any_of(p[number + 1].tag, {"IN", "RB"}) &&
                      p[number + 1].head == number && p[number + 1].lower != "of";
  const bool listed = t.dep == "conj" && p[t.head].tag == "CD";
  if (before == "dead" && t.dep.starts_with("nsubj") && p[t.head].lemma != "be") return false;
  return placed || listed || is_any_of(t.dep, {"nsubj", "nsubjpass", "dobj", "ccomp"});
}

}  // namespace dateline::reading
