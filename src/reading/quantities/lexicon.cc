// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/lexicon.h"

namespace dateline::reading {

namespace {

using knowledge::CountVerb;
using language::Token;

Counted named(const knowledge::CountNoun& noun, std::string_view word) {
  return {noun.counts, "count_nouns.tsv", word, noun.line};
}

Counted named(const CountVerb& verb, std::string_view counts, std::string_view word) {
  return {counts, "count_verbs.tsv", word, verb.line};
}

bool is_listed(std::string_view lemma, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), lemma) != words.end();
}

/// Whether a preposition governs one of these.
bool governs(const Passage& p, std::uint32_t preposition, const std::vector<std::string>& words) {
  return p[preposition].dep == "prep" && p.any_child(preposition, [&](const Token& c) {
    return c.dep == "pobj" && is_listed(c.lemma, words);
  });
}

/// What "that" stands for in "a rally that drew": the noun of the clause.
std::uint32_t antecedent(const Passage& p, std::uint32_t token) {
  const std::uint32_t verb = p[token].head;
  const bool relative = p[token].tag.starts_with("W") && p[verb].dep == "relcl";
  return relative ? p[verb].head : token;
}

/// Whether what a row wants stands below its verb: "lost their lives", "rounded up".
bool has_company(const Passage& p, std::uint32_t verb, const std::vector<std::string>& words,
                 std::uint32_t who) {
  if (words.empty()) return true;
  if (words.front() == "PERSON") return who == kNone || p.is_person(who);
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    if (child != who &&
        is_any_of(c.dep, {"dobj", "prt", "oprd", "nsubj", "advmod", "xcomp", "neg"}) &&
        is_listed(p[antecedent(p, child)].lemma, words)) {
      return true;
    }
    if (governs(p, child, words)) return true;
    if (c.dep != "dobj") continue;
    for (const std::uint32_t inner : p.children(child)) {
      if (governs(p, inner, words)) return true;
    }
  }
  return false;
}

/// "the crisis hurt millions", "hurt by the tax": a figure of speech.
bool is_harm_of_an_idea(const Passage& p, std::uint32_t verb) {
  const auto is_idea = [&](std::uint32_t token) { return noun_counts(p, token).counts == "idea"; };
  const bool passive = p.is_passive(verb);
  for (const std::uint32_t child : p.children(verb)) {
    if (!passive && p[child].dep == "nsubj" && is_idea(antecedent(p, child))) return true;
    if (p[child].dep != "agent") continue;
    for (const std::uint32_t agent : p.children(child)) {
      if (p[agent].dep == "pobj" && is_idea(agent)) return true;
    }
  }
  return false;
}

/// "shot dead", "fatally stabbed", "beaten to death".
bool is_fatal(const Passage& p, std::uint32_t verb) {
  if (!p[verb].tag.starts_with("VB")) return false;
  if (verb > 0 && p[verb - 1].lower == "fatally") return true;
  if (verb + 1 < p.size() && p[verb + 1].lower == "dead") return true;
  return verb + 2 < p.size() && p[verb + 1].lower == "to" && p[verb + 2].lower == "death";
}

}  // namespace

Counted noun_counts(const Passage& p, std::uint32_t token) {
  for (const std::string_view word : {p[token].lower, p[token].lemma}) {
    if (const auto* noun = knowledge::find(p.words.nouns, word)) return named(*noun, word);
  }
  return {};
}

bool is_thing(const Counted& counted) {
  return is_any_of(counted.counts, {"thing", "idea", "numbered", "called", "addressed", "age"});
}

bool is_people(std::string_view counts) {
  return is_any_of(counts, {"dead", "wounded", "sick", "missing", "displaced", "detained",
                            "abducted", "participants"});
}

Counted state_counts(const Passage& p, std::uint32_t token) {
  const Counted says = noun_counts(p, token);
  if (is_any_of(says.counts, {"dead", "wounded", "missing", "displaced", "sick"})) return says;
  const bool participle = is_any_of(p[token].tag, {"VBN", "VBD", "JJ"});
  return participle ? verb_counts(p, token, Role::kObject, p[token].head) : Counted();
}

Counted verb_counts(const Passage& p, std::uint32_t verb, Role role, std::uint32_t who) {
  if (role == Role::kObject && is_fatal(p, verb)) {
    if (const auto* dead = knowledge::find(p.words.nouns, "dead")) return named(*dead, "dead");
  }
  const auto* rows = knowledge::find(p.words.verbs, p[verb].lemma);
  if (!rows) return {};
  for (const CountVerb& row : *rows) {
    const std::string& says = role == Role::kSubject  ? row.subject
                              : role == Role::kObject ? row.object
                                                      : row.times;
    if (says.empty() || !has_company(p, verb, row.with, who)) continue;
    if (says == "wounded" && is_harm_of_an_idea(p, verb)) return {};
    return named(row, says, p[verb].lemma);
  }
  return {};
}

Counted participle_counts(const Passage& p, std::uint32_t token, std::uint32_t who) {
  const auto* verb = knowledge::find(p.words.participles, p[token].lower);
  if (!verb) return {};
  for (const CountVerb& row : *knowledge::find(p.words.verbs, *verb)) {
    const bool sure = row.with.empty() || (row.with.front() == "PERSON" && p.is_person(who));
    if (sure && !row.object.empty()) return named(row, row.object, *verb);
  }
  return {};
}

}  // namespace dateline::reading
