// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/said_of.h"

#include "reading/quantities/tally.h"

namespace dateline::reading {

namespace {

using language::Token;

/// Steps up a tree that are looked at: from one part of a list to the next, from noun to verb.
constexpr int kMostSteps = 6;

/// "people who were killed", "a blast that killed".
Counted clause_counts(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t inner : p.children(verb)) {
    if (!p[inner].tag.starts_with("W")) continue;
    if (p[inner].dep == "nsubjpass") return verb_counts(p, verb, Role::kObject);
    if (p[inner].dep == "nsubj") return verb_counts(p, verb, Role::kSubject);
  }
  return {};
}

/// A participle, an adjective or a clause beside a noun.
Counted modifier_counts(const Passage& p, std::uint32_t child) {
  const Token& c = p[child];
  const bool past = c.tag == "VBN" || c.tag == "VBD";
  if (c.dep == "acl" && past) return verb_counts(p, child, Role::kObject);
  if (c.dep == "acl" && c.tag == "VBG") {
    const Counted state = noun_counts(p, child);
    return state.counts == "missing" ? state : verb_counts(p, child, Role::kSubject);
  }
  if (c.dep == "relcl") return clause_counts(p, child);
  if (!is_any_of(c.dep, {"amod", "acomp", "oprd"})) return {};
  if (past) return verb_counts(p, child, Role::kObject);
  return c.tag.starts_with("JJ") ? state_counts(p, child) : Counted();
}

/// The first of the modifiers of a noun that says something.
Counted modifiers_count(const Passage& p, std::uint32_t noun) {
  for (const std::uint32_t child : p.children(noun)) {
    if (const Counted says = modifier_counts(p, child)) return says;
  }
  return {};
}

/// "left 21 injured", "two were missing", "four officers shot" read as a small clause.
Counted predicate_counts(const Passage& p, std::uint32_t verb) {
  if (const Counted state = noun_counts(p, verb); state.counts == "missing") return state;
  if (p[verb].tag == "JJ" || (p[verb].tag == "VBN" && !p.is_perfect(verb))) {
    return state_counts(p, verb);
  }
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    if (is_any_of(c.dep, {"acomp", "oprd", "attr"}) || (c.dep == "advmod" && child == verb + 1)) {
      if (const Counted says = state_counts(p, child)) return says;
    }
    if (c.dep == "xcomp" && (c.tag == "VBN" || p.is_passive(child))) {
      if (const Counted says = verb_counts(p, child, Role::kObject)) return says;
    }
  }
  return {};
}

Counted subject_counts(const Passage& p, std::uint32_t verb) {
  if (p.is_passive(verb)) return verb_counts(p, verb, Role::kObject);
  if (const Counted says = verb_counts(p, verb, Role::kSubject)) return says;
  return predicate_counts(p, verb);
}

/// "12 men were reported killed"
Counted passive_subject_counts(const Passage& p, std::uint32_t verb) {
  if (const Counted says = verb_counts(p, verb, Role::kObject)) return says;
  for (const std::uint32_t child : p.children(verb)) {
    if (!is_any_of(p[child].dep, {"oprd", "xcomp", "acomp"})) continue;
    if (const Counted says = state_counts(p, child)) return says;
  }
  return {};
}

/// "shot 41 people dead"
Counted object_counts(const Passage& p, std::uint32_t noun, std::uint32_t verb) {
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    if (child < noun || c.tag == "VBG") continue;
    if (!is_any_of(c.dep, {"oprd", "acomp", "advcl", "ccomp", "xcomp"})) continue;
    if (const Counted says = state_counts(p, child)) return says;
  }
  return verb_counts(p, verb, Role::kObject);
}

/// "the lives of 33 men", "the deaths of two nuns", "a crowd of 2,000".
Counted of_counts(const Passage& p, std::uint32_t of) {
  const std::uint32_t noun = p[of].head;
  if (noun >= of) return {};
  if (p[noun].lemma == "life") return verb_counts(p, p[noun].head, Role::kObject);
  Counted says = noun_counts(p, noun);
  if (p[noun].lemma == "crowd") {
    says.counts = "participants";
    return says;
  }
  const bool person =
      is_any_of(says.counts, {"dead", "wounded", "detained", "abducted", "displaced"});
  return person ? says : Counted();
}

/// By the part that a noun has in its clause.
Counted role_counts(const Passage& p, std::uint32_t noun) {
  const Token& t = p[noun];
  const std::uint32_t verb = t.head;
  if (verb == noun) return {};
  if (t.dep == "nsubjpass") return passive_subject_counts(p, verb);
  if (t.dep == "nsubj") return subject_counts(p, verb);
  if (t.dep == "dative") return verb_counts(p, verb, Role::kObject);  // "cost nine men their lives"
  if (t.dep == "pobj" && p[verb].lower == "of") return of_counts(p, verb);
  if (t.dep == "dobj" || t.dep == "obj") return object_counts(p, noun, verb);
  return {};
}

/// "six people, including two children": part of what stands before.
bool is_including(const Passage& p, std::uint32_t noun) {
  const Token& t = p[noun];
  return t.dep == "pobj" && p[t.head].lower == "including" && p[t.head].head < noun;
}

/// By its own part, or by that of the noun it is listed with: "soldiers and two children".
Counted listed_counts(const Passage& p, std::uint32_t start) {
  std::uint32_t at = start;
  for (int step = 0; step < kMostSteps; ++step) {
    if (const Counted says = role_counts(p, at)) return says;
    const bool including = is_including(p, at);
    if (!is_any_of(p[at].dep, {"conj", "appos"}) && !including) return {};
    at = including ? p[p[at].head].head : p[at].head;
    if (!p.is_noun(at) && p[at].tag != "CD") return {};
    if (const Counted says = modifiers_count(p, at)) return says;
  }
  return {};
}

/// "Eight Killed In Blast", "3 dead, 12 injured": the word right after, whatever its tag.
Counted headline_counts(const Passage& p, std::uint32_t noun) {
  const std::uint32_t after = noun + 1;
  if (after >= p.size() || p[after].sentence != p[noun].sentence) return {};
  const Token& next = p[after];
  if (next.tag == "VBD" && next.lower != "hurt" && next.dep != "ROOT") return {};
  const Counted state = noun_counts(p, after);
  if (is_any_of(state.counts, {"dead", "wounded", "missing"})) return state;
  if (p.any_child(after, [](const Token& c) { return c.dep == "dobj"; })) return {};
  return participle_counts(p, after);
}

}  // namespace

Counted said_of(const Passage& p, std::uint32_t noun, std::uint32_t number) {
  if (const Counted says = modifiers_count(p, noun)) return says;
  if (noun != number) {
    if (const Counted says = modifiers_count(p, number)) return says;
  }
  if (const Counted says = listed_counts(p, noun)) return says;
  if (number < noun) {
    if (const Counted says = listed_counts(p, number)) return says;
  }
  if (const Counted says = headline_counts(p, noun)) return says;
  return toll_counts(p, noun);
}

Counted times_counts(const Passage& p, std::uint32_t noun) {
  std::uint32_t at = noun;
  for (int step = 0; step < 4 && p[at].head != at; ++step) {
    at = p[at].head;
    if (const Counted says = verb_counts(p, at, Role::kTimes)) return says;
  }
  return {};
}

}  // namespace dateline::reading
