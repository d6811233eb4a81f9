// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/lexicon.h"

#include <fmt/format.h>

#include "reading/quantities/cases.h"

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

const knowledge::CountNoun* row_of(const Passage& p, std::uint32_t token, std::string_view& word) {
  // "asylum seekers": by two words, where a row has them
  if (token > 0 && p[token - 1].head == token && p[token - 1].dep == "compound") {
    const std::string both = fmt::format("{} {}", p[token - 1].lower, p[token].lemma);
    if (const auto* noun = knowledge::find(p.words.nouns, both)) {
      word = p[token].lemma;
      return noun;
    }
  }
  char buffer[32];
  std::string_view lower = p[token].lower;
  if (const auto* noun = knowledge::find(p.words.nouns, lower)) {
    word = lower;
    return noun;
  }
  word = p[token].lemma;
  if (const auto* noun = knowledge::find(p.words.nouns, lower_into(word, buffer))) return noun;
  if (!p.is_noun(token) || !lower.ends_with('s') || word != lower) return nullptr;
  word = lower.substr(0, lower.size() - 1);  // A plural that the lemmatizer does not know.
  return knowledge::find(p.words.nouns, word);
}

/// The kind of count_nouns.tsv that a class of the other tables names, or nothing.
std::string_view kind_of_class(std::string_view word) {
  return word == "AILMENT"   ? "ailment"
         : word == "CAPTOR"  ? "captor"
         : word == "OFFICER" ? "officer"
         : word == "WOUND"   ? "wounded"
                             : "";
}

/// Whether a token is this word, or one of its class.
bool fits(const Passage& p, std::uint32_t token, std::string_view word) {
  const std::string_view kind = kind_of_class(word);
  return kind.empty() ? p[token].lemma == word || p[token].lower == word : is_kind(p, token, kind);
}

/// Objects of prepositions that are looked at: "in hospital with burns".
constexpr int kDeepest = 2;

/// Whether a preposition is this word or governs it, also by way of what it governs.
bool governs(const Passage& p, std::uint32_t preposition, std::string_view word, int depth = 0) {
  if (!is_any_of(p[preposition].dep, {"prep", "agent"})) return false;
  if (p[preposition].lower == word) return true;
  const auto children = p.children(preposition);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t object) {
    if (!is_any_of(p[object].dep, {"pobj", "pcomp"})) return false;
    if (fits(p, object, word)) return true;
    if (depth + 1 == kDeepest) return false;
    const auto inner = p.children(object);
    return std::any_of(inner.begin(), inner.end(),
                       [&](std::uint32_t next) { return governs(p, next, word, depth + 1); });
  });
}

/// What "that" stands for in "a rally that drew": the noun of the clause.
std::uint32_t antecedent(const Passage& p, std::uint32_t token) {
  const std::uint32_t verb = p[token].head;
  const bool relative = p[token].tag.starts_with("W") && p[verb].dep == "relcl";
  return relative ? p[verb].head : token;
}

/// Whether a word stands below a verb, as something other than `who`.
bool is_below(const Passage& p, std::uint32_t verb, std::string_view word, std::uint32_t who) {
  for (const std::uint32_t child : p.children(verb)) {
    const Token& c = p[child];
    if (child != who &&
        is_any_of(c.dep,
                  {"dobj", "prt", "oprd", "nsubj", "advmod", "xcomp", "neg", "acomp", "det"}) &&
        fits(p, antecedent(p, child), word)) {
      return true;
    }
    if (governs(p, child, word)) return true;
    if (c.dep != "dobj") continue;
    for (const std::uint32_t inner : p.children(child)) {
      if (governs(p, inner, word)) return true;
    }
  }
  return false;
}

bool is_in_company(const Passage& p, std::uint32_t verb, std::string_view word, std::uint32_t who) {
  if (word == "PERSON") return who == kNone || p.is_person(who);
  if (word == "ANYBODY") return who == kNone || p.is_anybody(who);
  if (word == "PASSIVE") {
    return p.is_passive(verb) || (p[verb].tag == "VBN" && !p.is_perfect(verb));
  }
  if (is_below(p, verb, word, who)) return true;
  if (word == "not" && p[verb].dep == "xcomp") {  // "have yet to find", "failed to find"
    const std::uint32_t over = p[verb].head;
    return p[over].lemma == "fail" ||
           p.any_child(over, [](const Token& c) { return c.lower == "yet" || c.dep == "neg"; });
  }
  // "the fate of 27 miners is unknown": what is said of a noun, its verb says
  return p.is_noun(verb) && p[verb].head != verb && is_below(p, p[verb].head, word, verb);
}

/// Whether what a row wants stands below its verb: "lost their lives", "rounded up".
bool has_company(const Passage& p, std::uint32_t verb, const CountVerb& row, std::uint32_t who) {
  return row.with.empty() ||
         std::any_of(row.with.begin(), row.with.end(), [&](const std::vector<std::string>& all) {
           return std::all_of(all.begin(), all.end(), [&](const std::string& word) {
             return is_in_company(p, verb, word, who);
           });
         });
}

/// "the crisis hurt millions", "hurt by the tax": a figure of speech.
bool is_harm_of_an_idea(const Passage& p, std::uint32_t verb) {
  const auto is_idea = [&](std::uint32_t token) {
    return is_any_of(noun_counts(p, token).counts, {"idea", "statute"});
  };
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

/// "fell to their deaths", "choked to death"; but not "led to the deaths of".
bool is_to_death(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t to : p.children(verb)) {
    if (p[to].dep != "prep" || p[to].lower != "to") continue;
    for (const std::uint32_t death : p.children(to)) {
      const bool others = p.any_child(death, [](const Token& c) {
        return c.lower == "of" || c.dep == "det" || c.dep == "nummod";
      });
      if (p[death].lemma == "death" && !others) return true;
    }
  }
  return false;
}

/// "shot dead", "fatally stabbed", "beaten to death"; of the one who does it, "froze to death".
bool is_fatal(const Passage& p, std::uint32_t verb, Role role) {
  if (!p[verb].tag.starts_with("VB")) return false;
  if (role == Role::kSubject) {
    const bool acts = p.any_child(verb, [](const Token& c) { return c.dep == "dobj"; });
    return !acts && is_to_death(p, verb);
  }
  if (role != Role::kObject) return false;
  if (verb > 0 && p[verb - 1].lower == "fatally") return true;
  if (verb + 1 < p.size() && p[verb + 1].lower == "dead") return true;
  return is_to_death(p, verb);
}

/// A verb by its lemma; a noun that stands for one ("the remains of") as it is written, too.
const std::vector<CountVerb>* rows_of(const Passage& p, std::uint32_t token) {
  const auto* rows = p.is_noun(token) ? knowledge::find(p.words.verbs, p[token].lower) : nullptr;
  if (!rows) rows = knowledge::find(p.words.verbs, p[token].lemma);
  return rows ? rows : knowledge::find(p.words.verbs, p[token].lower);
}

bool is_who(std::string_view kind) { return is_any_of(kind, {"person", "captor", "officer"}); }

}  // namespace

Counted noun_counts(const Passage& p, std::uint32_t token) {
  if (p[token].lemma == "case") return case_counts(p, token);
  std::string_view word;
  const auto* noun = row_of(p, token, word);
  return noun && !is_who(noun->counts) ? named(*noun, word) : Counted();
}

bool is_kind(const Passage& p, std::uint32_t token, std::string_view kind) {
  std::string_view word;
  const auto* noun = row_of(p, token, word);
  return noun && noun->counts == kind;
}

bool is_of_animals(const Passage& p, std::uint32_t noun) {
  for (const std::uint32_t child : p.children(noun)) {
    if (is_any_of(p[child].dep, {"compound", "nmod", "amod"}) && is_kind(p, child, "animal")) {
      return true;
    }
    if (p[child].dep != "prep" || !is_any_of(p[child].lower, {"of", "among", "amongst", "in"})) {
      continue;
    }
    for (const std::uint32_t object : p.children(child)) {
      if (p[object].dep == "pobj" && is_kind(p, object, "animal")) return true;
    }
  }
  return false;
}

bool is_thing(const Counted& counted) {
  return is_any_of(counted.counts, {"thing", "idea", "statute", "numbered", "called", "made",
                                    "addressed", "age", "animal", "ailment"});
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
  const auto* rows = rows_of(p, verb);
  const auto says_of = [&](const CountVerb& row) -> const std::string& {
    return role == Role::kSubject ? row.subject : role == Role::kObject ? row.object : row.times;
  };
  const CountVerb* first = nullptr;
  if (rows) {
    const auto row = std::find_if(rows->begin(), rows->end(), [&](const CountVerb& each) {
      return !says_of(each).empty() && has_company(p, verb, each, who);
    });
    if (row != rows->end()) first = &*row;
  }
  if (first && says_of(*first) == "-") return {};
  if (is_fatal(p, verb, role)) {
    if (const auto* dead = knowledge::find(p.words.nouns, "dead")) return named(*dead, "dead");
  }
  if (!first || (says_of(*first) == "wounded" && is_harm_of_an_idea(p, verb))) return {};
  return named(*first, says_of(*first), p[verb].lemma);
}

Counted prep_counts(const Passage& p, std::uint32_t preposition) {
  std::uint32_t at = preposition;
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto* states = knowledge::find(p.tables.count_states.states, p[at].lower);
    std::uint32_t next = at;
    for (const std::uint32_t object : p.children(at)) {
      if (p[object].dep != "pobj") continue;
      for (const std::uint32_t inner : p.children(object)) {
        if (p[inner].dep == "prep") next = inner;
      }
      if (!states) continue;
      for (const knowledge::CountState& state : *states) {
        const bool stands = std::any_of(state.of.begin(), state.of.end(),
                                        [&](const auto& word) { return fits(p, object, word); });
        if (stands) return {state.counts, "count_states.tsv", p[at].lower, state.line};
      }
    }
    if (next == at) break;
    at = next;
  }
  return {};
}

Counted put_counts(const Passage& p, std::uint32_t verb, std::uint32_t from) {
  if (!knowledge::find(p.tables.count_states.verbs, p[verb].lemma)) return {};
  for (const std::uint32_t child : p.children(verb)) {
    if (child < from || p[child].dep != "prep") continue;
    if (const Counted says = prep_counts(p, child)) return says;
  }
  return {};
}

Counted participle_counts(const Passage& p, std::uint32_t token, std::uint32_t who) {
  const auto* verb = knowledge::find(p.words.participles, p[token].lower);
  if (!verb) return {};
  for (const CountVerb& row : *knowledge::find(p.words.verbs, *verb)) {
    const bool sure =
        row.with.empty() || std::any_of(row.with.begin(), row.with.end(), [&](const auto& all) {
          return who != kNone && all.size() == 1 &&
                 ((all[0] == "PERSON" && p.is_person(who)) ||
                  (all[0] == "ANYBODY" && p.is_anybody(who)));
        });
    if (sure && !row.object.empty() && row.object != "-") return named(row, row.object, *verb);
  }
  return {};
}

}  // namespace dateline::reading
