// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/modifiers.h"

namespace dateline::reading {

namespace {

using language::Token;

/// "people who were killed", "a blast that killed".
Counted clause_counts(const Passage& p, std::uint32_t verb) {
  for (const std::uint32_t inner : p.children(verb)) {
    if (!p[inner].tag.starts_with("W")) continue;
    if (p[inner].dep == "nsubjpass") return verb_counts(p, verb, Role::kObject, p[verb].head);
    if (p[inner].dep == "nsubj") return verb_counts(p, verb, Role::kSubject, p[verb].head);
  }
  return {};
}

/// "31 with burns"
Counted with_counts(const Passage& p, std::uint32_t with) {
  for (const std::uint32_t inner : p.children(with)) {
    if (p[inner].dep != "pobj") continue;
    if (const Counted says = noun_counts(p, inner); says.counts == "wounded") return says;
  }
  return {};
}

/// A participle, an adjective or a clause beside a noun.
Counted modifier_counts(const Passage& p, std::uint32_t child) {
  const Token& c = p[child];
  const bool past = c.tag == "VBN" || c.tag == "VBD";
  if (c.dep == "acl" && past) return verb_counts(p, child, Role::kObject, c.head);
  if (c.dep == "acl" && c.tag == "VBG") {
    const Counted state = noun_counts(p, child);
    return state.counts == "missing" ? state : verb_counts(p, child, Role::kSubject, c.head);
  }
  if (c.dep == "prep" && c.lower == "with") return with_counts(p, child);
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
