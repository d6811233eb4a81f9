// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/modifiers.h"

namespace dateline::reading {

namespace {

using language::Token;

/// "people who were killed", "a blast that killed".
Counted clause_counts(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t inner : p.children(verb)) {
    if (!p[inner].tag.starts_with("W")) continue;
    if (p[inner].dep == "nsubjpass") {
      if (const Counted says = verb_counts(p, verb, Role::kObject, p[verb].head)) return says;
      return put_counts(p, verb, verb);
    }
    if (p[inner].dep == "nsubj") {
      if (const Counted says = verb_counts(p, verb, Role::kSubject, p[verb].head)) return says;
      return put_counts(p, verb, verb);
    }
  }
  return {};
}

/// A participle, an adjective or a clause beside a noun.
Counted modifier_counts(const Passage& p, std::uint32_t child) {
  const Token& c = p[child];
  const bool past = c.tag == "VBN" || c.tag == "VBD";
  if (c.dep == "acl" && past) {
    if (const Counted says = verb_counts(p, child, Role::kObject, c.head)) return says;
    if (const Counted says = put_counts(p, child, child)) return says;
    // "thirty migrants suffocated in a lorry": the parser takes the verb of the sentence for a
    // clause
    const bool of_root = p[c.head].dep == "ROOT" && c.tag == "VBD";
    return of_root ? verb_counts(p, child, Role::kSubject, c.head) : Counted();
  }
  if (c.dep == "acl" && c.tag == "VBG") {
    const Counted state = noun_counts(p, child);
    if (state.counts == "missing") return state;
    if (const Counted says = verb_counts(p, child, Role::kSubject, c.head)) return says;
    return put_counts(p, child, child);
  }
  if (c.dep == "prep") {
    // "infections in the prison" are no prisoners
    const Counted own = noun_counts(p, c.head);
    return own && !is_any_of(own.counts, {"participants", "displaced"}) ? Counted()
                                                                        : prep_counts(p, child);
  }
  if (c.dep == "relcl") return clause_counts(p, child);
  if (!is_any_of(c.dep, {"amod", "acomp", "oprd"})) return {};
  if (past) return verb_counts(p, child, Role::kObject, c.head);
  return c.tag.starts_with("JJ") ? state_counts(p, child) : Counted();
}

}  // namespace

Counted modifiers_count(const Passage& p, std::uint32_t noun) {
  for (const std::uint32_t child : p.children(noun)) {
    if (const Counted says = modifier_counts(p, child)) return says;
  }
  return {};
}

}  // namespace dateline::reading
