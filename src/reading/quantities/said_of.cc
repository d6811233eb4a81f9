// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/said_of.h"

#include "reading/quantities/modifiers.h"
#include "reading/quantities/tally.h"

namespace dateline::reading {

namespace {

using language::Token;

/// Steps up a tree that are looked at: from one part of a list to the next, from noun to verb.
constexpr int kMostStepsToParty = 6;

/// A state, or what goes on from one: "trapped and feared dead".
Counted told_state(const Passage& p, std::uint32_t state) {
  if (const Counted says = state_counts(p, state)) return says;
  for (const std::uint32_t child : p.children(state)) {
    if (!is_any_of(p[child].dep, {"oprd", "acomp", "conj"})) continue;
    if (const Counted says = state_counts(p, child)) return says;
    for (const std::uint32_t inner : p.children(child)) {
      if (!is_any_of(p[inner].dep, {"oprd", "acomp"})) continue;
      if (const Counted says = state_counts(p, inner)) return says;
    }
  }
  return {};
}

/// "left 21 injured", "two were missing", "four officers shot" read as a small clause, "40 feared
/// drowned", "are behind bars".
Counted predicate_counts(const Passage& p, std::uint32_t verb, std::uint32_t who) {
  if (const Counted state = noun_counts(p, verb); state.counts == "missing") return state;
  if (p[verb].tag == "JJ" || (p[verb].tag == "VBN" && !p.is_perfect(verb))) {
    if (const Counted says = state_counts(p, verb)) return says;
  }
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    const bool clause = c.dep == "ccomp" && is_any_of(c.tag, {"VBN", "VBD", "JJ"}) &&
                        !p.any_child(child, [](const Token& t) { return t.dep == "nsubj"; });
    if (is_any_of(c.dep, {"acomp", "oprd", "attr"}) || clause ||
        (child == verb + 1 && (c.dep == "advmod" || c.lower == "missing"))) {
      if (const Counted says = told_state(p, child)) return says;
    }
    if (c.dep == "xcomp" && (c.tag == "VBN" || p.is_passive(child))) {
      if (const Counted says = verb_counts(p, child, Role::kObject, who)) return says;
    }
  }
  return put_counts(p, verb, verb);
}

Counted active_counts(const Passage& p, std::uint32_t verb, std::uint32_t who) {
  if (const Counted says = verb_counts(p, verb, Role::kSubject, who)) return says;
  return predicate_counts(p, verb, who);
}

/// "12 men were arrested", "were reported killed", "are known to have died"
Counted passive_counts(const Passage& p, std::uint32_t verb, std::uint32_t who) {
  if (const Counted says = verb_counts(p, verb, Role::kObject, who)) return says;
  for (const std::uint32_t child : p.children(verb)) {
    if (p[child].dep == "xcomp" && p.is_perfect(child)) return active_counts(p, child, who);
    if (p[child].dep == "xcomp" && p.is_passive(child)) {
      if (const Counted says = verb_counts(p, child, Role::kObject, who)) return says;
    }
    if (!is_any_of(p[child].dep, {"oprd", "xcomp", "acomp"})) continue;
    if (const Counted says = state_counts(p, child)) return says;
  }
  return put_counts(p, verb, verb);
}

/// Of the subject of a verb, and of those that go on with it: "were shot and later died".
Counted subject_counts(const Passage& p, std::uint32_t verb, std::uint32_t who, bool passive) {
  Counted first;
  std::uint32_t at = verb;
  for (int step = 0; step < kMostStepsToParty; ++step) {
    const bool undergoes = step == 0 ? passive || p.is_passive(at) : p.is_passive(at);
    Counted says = undergoes ? passive_counts(p, at, who) : active_counts(p, at, who);
    // "were shot and killed": the second verb has no helper of its own
    if (!says && step > 0 && passive && p[at].tag == "VBN") says = passive_counts(p, at, who);
    if (says.counts == "dead") return says;
    if (!first) first = says;
    const auto children = p.children(at);
    const auto next = std::find_if(children.begin(), children.end(), [&](std::uint32_t child) {
      return p[child].dep == "conj" &&
             !p.any_child(child, [](const Token& c) { return c.dep.starts_with("nsubj"); });
    });
    if (next == children.end()) break;
    at = *next;
  }
  return first;
}

/// "shot 41 people dead"
Counted object_counts(const Passage& p, std::uint32_t noun, std::uint32_t verb) {
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    if (child < noun || c.tag == "VBG") continue;
    if (!is_any_of(c.dep, {"oprd", "acomp", "advcl", "ccomp", "xcomp"})) continue;
    if (const Counted says = state_counts(p, child)) return says;
  }
  if (const Counted says = verb_counts(p, verb, Role::kObject, noun)) return says;
  return put_counts(p, verb, noun);
}

/// "the lives of 33 men", "the deaths of two nuns", "the loss of two soldiers", "the fate of".
Counted of_counts(const Passage& p, std::uint32_t of) {
  const std::uint32_t noun = p[of].head;
  if (noun >= of) return {};
  if (p[noun].lemma == "life") return verb_counts(p, p[noun].head, Role::kObject, kNone);
  if (!p.is_noun(noun)) return {};
  const Counted suffered = verb_counts(p, noun, Role::kObject, p.children(of).front());
  if (suffered) return suffered;
  const Counted says = noun_counts(p, noun);
  return is_people(says.counts) && says.counts != "participants" ? says : Counted();
}

/// What a noun and what stands with it say of people: "the dead", "those detained".
Counted people_counts(const Passage& p, std::uint32_t noun) {
  if (const Counted says = modifiers_count(p, noun)) return says;
  const Counted says = noun_counts(p, noun);
  return is_people(says.counts) ? says : Counted();
}

/// "the dead included six women": the object is part of what the subject counts.
Counted listing_counts(const Passage& p, std::uint32_t verb) {
  if (!knowledge::find(p.words.listings, p[verb].lemma)) return {};
  for (const std::uint32_t child : p.children(verb)) {
    if (p[child].dep == "nsubj") return people_counts(p, child);
  }
  return {};
}

/// "of those killed, 12 were civilians", "among the dead were six children"
Counted among_counts(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t child : p.children(verb)) {
    if (child > verb || !is_any_of(p[child].lower, {"of", "among", "amongst"})) continue;
    for (const std::uint32_t inner : p.children(child)) {
      if (p[inner].dep == "pobj") return people_counts(p, inner);
    }
  }
  return {};
}

/// "killed were four nurses"
Counted inverted_counts(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t child : p.children(verb)) {
    if (child < verb && is_any_of(p[child].dep, {"acomp", "csubj", "advcl", "nsubj", "ccomp"})) {
      if (const Counted says = state_counts(p, child)) return says;
    }
  }
  return {};
}

/// By the part that a noun has in its clause.
Counted role_counts(const Passage& p, std::uint32_t noun) {
  const Token& t = p[noun];
  const std::uint32_t verb = t.head;
  if (verb == noun) return {};
  if (t.dep == "nsubjpass" || t.dep == "nsubj") {
    if (const Counted says = subject_counts(p, verb, noun, t.dep == "nsubjpass")) return says;
    return among_counts(p, verb);
  }
  if (is_any_of(t.dep, {"nummod", "advmod"}) && t.tag == "CD" && p[verb].tag.starts_with("VB")) {
    return subject_counts(p, verb, noun, false);  // "and two more succumbed"
  }
  if (t.dep == "npadvmod" && t.tag == "CD" && verb + 1 == noun) {  // a headline's "wound 20"
    return verb_counts(p, verb, Role::kObject, noun);
  }
  // "hauled in three aldermen": a particle that the parser takes for a preposition
  if (t.dep == "pobj" && verb > 0 && p[verb].head + 1 == verb && p.is_person(noun) &&
      is_any_of(p[verb].lower, {"in", "up", "off", "down", "away", "out", "over"})) {
    return verb_counts(p, verb - 1, Role::kObject, noun);
  }
  if (t.dep == "dative")
    return verb_counts(p, verb, Role::kObject, noun);  // "cost nine men their lives"
  if (t.dep == "pobj" && p[verb].lower == "of") return of_counts(p, verb);
  if (t.dep == "dobj" || t.dep == "obj") {
    if (const Counted says = object_counts(p, noun, verb)) return says;
    return listing_counts(p, verb);
  }
  if (t.dep == "attr" && p[verb].lemma == "be") {
    if (const Counted says = among_counts(p, verb)) return says;
    return inverted_counts(p, verb);
  }
  return {};
}

/// "six people, including two children": part of what stands before.
bool is_including(const Passage& p, std::uint32_t noun) {
  const Token& t = p[noun];
  return t.dep == "pobj" && p[t.head].lower == "including" && p[t.head].head < noun;
}

/// "a family of six": what is said of the group is said of its number.
bool is_group(const Passage& p, std::uint32_t number) {
  const std::uint32_t of = p[number].head;
  return p[number].dep == "pobj" && p[number].tag == "CD" && p[of].lower == "of" &&
         p[of].head < of && knowledge::find(p.words.groups, p[p[of].head].lemma);
}

/// "along with nine others", "together with": what befalls the ones befalls the others.
bool is_along(const Passage& p, std::uint32_t noun) {
  const std::uint32_t with = p[noun].head;
  if (p[noun].dep != "pobj" || with >= noun) return false;
  if (is_any_of(p[with].lower, {"alongside", "besides"})) return true;
  return p[with].lower == "with" && with > 0 && is_any_of(p[with - 1].lower, {"along", "together"});
}

/// Of those who come along with the subject of a verb or, where it has one, with its object.
Counted along_counts(const Passage& p, std::uint32_t verb, std::uint32_t who) {
  const bool acts = p.any_child(verb, [](const Token& c) { return c.dep == "dobj"; });
  if (acts) return verb_counts(p, verb, Role::kObject, who);
  return subject_counts(p, verb, who, p.is_passive(verb) || p[verb].tag == "VBN");
}

/// By its own part, or by that of the noun it is listed with: "soldiers and two children".
Counted listed_counts(const Passage& p, std::uint32_t start) {
  std::uint32_t at = is_group(p, start) ? p[p[start].head].head : start;
  for (int step = 0; step < kMostStepsToParty; ++step) {
    if (const Counted says = role_counts(p, at)) return says;
    const bool including = is_including(p, at);
    const bool along = is_along(p, at);
    if (!is_any_of(p[at].dep, {"conj", "appos"}) && !including && !along) return {};
    const std::uint32_t who = at;
    at = including || along ? p[p[at].head].head : p[at].head;
    if (along && is_any_of(p[at].lower, {"along", "together"})) at = p[at].head;
    if (along && p[at].tag.starts_with("VB")) return along_counts(p, at, who);
    if (!p.is_noun(at) && p[at].tag != "CD") return {};
    if (const Counted says = modifiers_count(p, at)) return says;
    if (p[who].dep == "appos" && p[at + 1].text == ":") {  // "The dead: seven soldiers"
      if (const Counted says = people_counts(p, at)) return says;
    }
  }
  return {};
}

/// "412 had died", "two thousand have been arrested": the verb right behind, where the parser makes
/// something else of the number.
Counted following_counts(const Passage& p, std::uint32_t last) {
  if (is_any_of(p[last].dep, {"dobj", "attr"})) return {};
  bool helped = false, undergoes = false;
  for (std::uint32_t at = last + 1; at < p.size() && at < last + 5; ++at) {
    const Token& t = p[at];
    if (t.sentence != p[last].sentence) break;
    if (is_any_of(t.lemma, {"have", "be"}) || t.tag == "MD") {
      helped = true;
      undergoes = t.lemma == "be";
    } else if (t.tag == "VBN" || t.tag == "VB") {
      if (!helped) break;
      return verb_counts(p, at, undergoes ? Role::kObject : Role::kSubject, last);
    } else if (t.tag != "RB") {
      break;
    }
  }
  return {};
}

/// "Eight Killed In Blast", "3 dead, 12 injured": the word right after, whatever its tag.
Counted headline_counts(const Passage& p, std::uint32_t noun) {
  std::uint32_t after = noun + 1;
  while (after + 1 < p.size() && after < noun + 3 &&
         is_any_of(p[after].lower, {"feared", "believed", "presumed", "reported", "confirmed",
                                    "found", "left", "still", "others", "more", "people"})) {
    ++after;
  }
  if (after >= p.size() || p[after].sentence != p[noun].sentence) return {};
  const Token& next = p[after];
  if (next.tag == "VBD" && next.lower != "hurt" && next.dep != "ROOT") return {};
  const Counted state = noun_counts(p, after);
  if (is_people(state.counts) && p[after].tag != "NNS") return state;
  if (p.any_child(after, [](const Token& c) { return c.dep == "dobj"; })) return {};
  return participle_counts(p, after, noun);
}

}  // namespace

Counted said_of(const Passage& p, std::uint32_t noun, std::uint32_t number) {
  if (const Counted says = modifiers_count(p, noun)) {
    // "two pupils who were stabbed have died", "of the 212 infected, 14 have died"
    Counted done = says.counts == "dead" ? Counted() : role_counts(p, noun);
    if (!done && says.counts != "dead" && noun != number) done = role_counts(p, number);
    return done.counts == "dead" ? done : says;
  }
  if (noun != number) {
    if (const Counted says = modifiers_count(p, number)) return says;
  }
  if (noun == number && is_any_of(p[number].dep, {"conj", "appos"})) {  // "27 dead and 90 injured"
    if (const Counted says = headline_counts(p, number)) return says;
  }
  if (const Counted says = listed_counts(p, noun)) return says;
  if (number != noun) {
    if (const Counted says = listed_counts(p, number)) return says;
  }
  if (const Counted says = headline_counts(p, noun)) return says;
  if (const Counted says = toll_counts(p, noun); says.table) return says;
  return noun == number ? following_counts(p, number) : Counted();
}

Counted times_counts(const Passage& p, std::uint32_t noun) {
  std::uint32_t at = noun;
  for (int step = 0; step < 4 && p[at].head != at; ++step) {
    at = p[at].head;
    if (const Counted says = verb_counts(p, at, Role::kTimes, noun)) return says;
  }
  return {};
}

}  // namespace dateline::reading
