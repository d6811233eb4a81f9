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

/// Whether a preposition governs this noun.
bool has_object(const Passage& p, std::uint32_t preposition, std::string_view lemma) {
  return p[preposition].dep == "prep" && p.any_child(preposition, [&](const Token& c) {
    return c.dep == "pobj" && c.lemma == lemma;
  });
}

/// The noun that a row wants beside its verb: "lost their lives", "treated for injuries".
bool has_noun(const Passage& p, std::uint32_t verb, std::string_view lemma) {
  for (const std::uint32_t child : p.children(verb)) {
    if ((p[child].dep == "dobj" && p[child].lemma == lemma) || has_object(p, child, lemma)) {
      return true;
    }
    if (p[child].dep != "dobj") continue;
    for (const std::uint32_t inner : p.children(child)) {
      if (has_object(p, inner, lemma)) return true;
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
  return counted.counts == "thing" || counted.counts == "numbered";
}

Counted state_counts(const Passage& p, std::uint32_t token) {
  const Counted says = noun_counts(p, token);
  if (is_any_of(says.counts, {"dead", "wounded", "missing", "displaced", "sick"})) return says;
  const bool participle = is_any_of(p[token].tag, {"VBN", "VBD", "JJ"});
  return participle ? verb_counts(p, token, Role::kObject) : Counted();
}

Counted verb_counts(const Passage& p, std::uint32_t verb, Role role) {
  if (role == Role::kObject && is_fatal(p, verb)) {
    if (const auto* dead = knowledge::find(p.words.nouns, "dead")) return named(*dead, "dead");
  }
  const auto* rows = knowledge::find(p.words.verbs, p[verb].lemma);
  if (!rows) return {};
  for (const CountVerb& row : *rows) {
    const std::string& says = role == Role::kSubject  ? row.subject
                              : role == Role::kObject ? row.object
                                                      : row.times;
    if (says.empty() || (!row.with.empty() && !has_noun(p, verb, row.with))) continue;
    return named(row, says, p[verb].lemma);
  }
  return {};
}

Counted participle_counts(const Passage& p, std::uint32_t token) {
  const auto* verb = knowledge::find(p.words.participles, p[token].lower);
  if (!verb) return {};
  for (const CountVerb& row : *knowledge::find(p.words.verbs, *verb)) {
    if (!row.object.empty() && row.with.empty()) return named(row, row.object, *verb);
  }
  return {};
}

}  // namespace dateline::reading
