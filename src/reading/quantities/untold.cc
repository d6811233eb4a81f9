// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/untold.h"

#include "reading/quantities/said_of.h"
#include "reading/quantities/tally.h"

namespace dateline::reading {

namespace {

using language::Token;

std::optional<Untold> none(const Counted& counted, Span span) {
  if (!counted || is_thing(counted)) return {};
  Untold found{{}, counted};
  found.quantity.span = span;
  found.quantity.value = found.quantity.min = found.quantity.max = 0;
  found.quantity.qualifier = "exact";
  return found;
}

std::optional<Untold> unknown(const Counted& counted, Span span) {
  if (!counted || is_thing(counted)) return {};
  Untold found{{}, counted};
  found.quantity.span = span;
  found.quantity.qualifier = "unknown";
  return found;
}

/// "no casualties", "no one was hurt"
std::optional<Untold> read_no(const Passage& p, std::uint32_t atom) {
  const std::uint32_t no = p.atoms[atom].token;
  const bool one = p.is(atom + 1, "one");
  if (p[no].dep != "det" && !one) return {};
  const std::uint32_t noun = one ? p.atoms[atom + 1].token : p[no].head;
  if (noun <= no || noun - no > 5) return {};
  Counted says = noun_counts(p, noun);
  if (!says) says = said_of(p, noun, noun);
  const std::uint32_t end = one ? p.atoms[atom + 1].span.end : p[noun].span.end;
  auto found = none(says, {p.atoms[atom].span.begin, end});
  if (found) found->quantity.unit = std::string(p[noun].text);
  return found;
}

/// "nobody died", "none of them was hurt"
std::optional<Untold> read_nobody(const Passage& p, std::uint32_t atom) {
  const std::uint32_t token = p.atoms[atom].token;
  return none(said_of(p, token, token), p.atoms[atom].span);
}

/// "ended without arrests"
std::optional<Untold> read_without(const Passage& p, std::uint32_t atom) {
  for (const std::uint32_t child : p.children(p.atoms[atom].token)) {
    if (p[child].dep != "pobj") continue;
    const Counted says = noun_counts(p, child);
    if (!is_any_of(says.counts, {"dead", "wounded", "detained", "casualties"})) continue;
    if (p[child].tag != "NNS" && says.counts != "casualties") continue;
    return none(says, {p.atoms[atom].span.begin, p[child].span.end});
  }
  return {};
}

/// "how many people were hurt": who tells it so does not know.
std::optional<Untold> read_how_many(const Passage& p, std::uint32_t atom) {
  const std::uint32_t many = p.atoms[atom].token;
  const std::uint32_t head = p[many].head;
  const std::uint32_t noun = head > many && head - many < 4 && p.is_noun(head) ? head : many;
  Counted says = noun_counts(p, noun);
  if (is_thing(says)) return {};
  if (const Counted done = said_of(p, noun, noun); !says || done.counts == "dead") says = done;
  return unknown(says, {p.atoms[atom - 1].span.begin, p[noun].span.end});
}

/// "unknown", or, negated, "known": rows of qualifiers.tsv.
bool says_unknown(const Passage& p, std::uint32_t word, bool negated) {
  const auto* list = knowledge::find(p.words.qualifiers, p[word].lower);
  return list && std::any_of(list->begin(), list->end(), [&](const knowledge::Qualifier& q) {
           return q.qualifier == "unknown" && negated == (q.words.size() == 2);
         });
}

/// "is not yet known", "was not immediately clear", "has not been released"
bool is_said_unknown(const Passage& p, std::uint32_t subject) {
  const Token& over = p[p[subject].head];
  const std::uint32_t verb = is_any_of(over.dep, {"aux", "auxpass"}) ? over.head : p[subject].head;
  const bool negated = p.any_child(verb, [](const Token& c) { return c.dep == "neg"; });
  if (says_unknown(p, verb, negated)) return true;
  for (const std::uint32_t c : p.children(verb)) {
    if (is_any_of(p[c].dep, {"acomp", "attr"}) && says_unknown(p, c, negated)) return true;
  }
  return false;
}

/// "no word on", "no reports of"
bool is_without_word(const Passage& p, std::uint32_t object) {
  const std::uint32_t told = p[p[object].head].head;
  return told < object && is_any_of(p[told].lemma, {"word", "report", "information", "detail"}) &&
         p.any_child(told, [](const Token& c) { return c.lower == "no"; });
}

/// "an unknown number of people"
bool is_called_unknown(const Passage& p, std::uint32_t noun) {
  const auto children = p.children(noun);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    return p[child].dep == "amod" && says_unknown(p, child, false);
  });
}

/// "the death toll is not yet known", "no word on casualties"
std::optional<Untold> read_tally(const Passage& p, std::uint32_t atom) {
  const std::uint32_t noun = p.atoms[atom].token;
  const Token& t = p[noun];
  const bool subject = is_any_of(t.dep, {"nsubj", "nsubjpass"});
  const bool called = is_called_unknown(p, noun);
  if (!called && !(subject && is_said_unknown(p, noun)) &&
      !(t.dep == "pobj" && is_without_word(p, noun))) {
    return {};
  }
  Counted says = tally_counts(p, noun);
  if (!says) says = noun_counts(p, noun);
  if (is_thing(says)) says = {};
  if (called && (!says || says.counts == "participants")) {
    if (const Counted done = said_of(p, noun, noun)) says = done;  // "an unknown number were hurt"
  }
  std::uint32_t first = noun;
  while (first > 0 && p[first - 1].head == noun && p[first - 1].dep != "punct") --first;
  return unknown(says, {p[first].span.begin, t.span.end});
}

/// A noun for a number or for harm, of which may be said that it is not known.
bool is_toll_noun(const Passage& p, std::uint32_t token) {
  return p.is_noun(token) &&
         (knowledge::find(p.words.tallies, p[token].lemma) ||
          is_any_of(noun_counts(p, token).counts, {"dead", "wounded", "casualties"}));
}

}  // namespace

std::optional<Untold> untold_at(const Passage& p, std::uint32_t atom) {
  if (!p.is_word(atom)) return {};
  char buffer[32];
  const std::string_view word = lower_into(p.view(atom), buffer);
  if (word == "no") return read_no(p, atom);
  if (word == "without") return read_without(p, atom);
  if (is_any_of(word, {"nobody", "none", "neither"})) return read_nobody(p, atom);
  if (word == "many" && atom > 0 && p.is(atom - 1, "how")) return read_how_many(p, atom);
  return is_toll_noun(p, p.atoms[atom].token) ? read_tally(p, atom) : std::nullopt;
}

}  // namespace dateline::reading
