// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/counts.h"

#include "reading/quantities/said_of.h"

namespace dateline::reading {

namespace {

/// What was done to people, where that says more than the noun they are called by.
Counted worse(const Passage& p, std::uint32_t noun, std::uint32_t number, std::string_view own) {
  const bool people = is_any_of(own, {"participants", "displaced", "detained", "sick"});
  if (!people && !is_any_of(own, {"wounded", "missing", "abducted"})) return {};
  if (p[noun].lemma == "case") return {};  // "12 cases, all of them fatal"
  const Counted done = said_of(p, noun, number);
  if (done.counts == "dead") return done;
  const bool is_worse =
      (people && is_any_of(done.counts, {"wounded", "detained", "abducted", "missing", "sick"})) ||
      (own == "participants" && done.counts == "displaced");
  return is_worse && !(own == "sick" && done.counts == "wounded") ? done : Counted();
}

/// "claimed 12 lives", "hundreds of lives", "with the loss of 12 lives"
Counted life_counts(const Passage& p, std::uint32_t life, std::uint32_t number) {
  const bool of_number = p[life].dep == "pobj" && p[p[life].head].head == number;
  const std::uint32_t lost = of_number ? number : life;
  const std::uint32_t over = p[lost].head;
  if (p[lost].dep == "dobj") return verb_counts(p, over, Role::kObject, kNone);
  if (p[lost].dep == "nsubjpass") return verb_counts(p, over, Role::kObject, kNone);
  const bool of_loss = p[lost].dep == "pobj" && p[p[over].head].lemma == "loss";
  return of_loss ? verb_counts(p, p[over].head, Role::kObject, kNone) : Counted();
}

}  // namespace

Counted counts_of(const Passage& p, std::uint32_t noun, std::uint32_t number) {
  const Counted own = noun_counts(p, noun);
  if (is_people(own.counts) && is_of_animals(p, noun)) return {};
  if (own && !is_thing(own) && noun != number) {
    const Counted done = worse(p, noun, number, own.counts);
    return done ? done : own;
  }
  if (p[noun].lemma == "time") return times_counts(p, noun);
  if (p[noun].lemma == "life") return life_counts(p, noun, number);
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
