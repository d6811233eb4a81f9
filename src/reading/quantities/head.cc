// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/head.h"

namespace dateline::reading {

namespace {

/// Words between a number and its noun; what the parser puts farther apart is another's.
constexpr std::uint32_t kFarthestNoun = 12;

/// The last word of a compound: from "DUI" to "arrests".
std::uint32_t last_of_compound(const Passage& p, std::uint32_t at) {
  for (int step = 0; step < 4; ++step) {
    if (!is_any_of(p[at].dep, {"compound", "nmod"}) || p[at].head <= at) break;
    at = p[at].head;
  }
  return at;
}

}  // namespace

std::uint32_t top_token(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t first = p.atoms[begin].token, last = p.atoms[end - 1].token;
  std::uint32_t top = last;
  for (std::uint32_t t = first; t <= last; ++t) {
    const std::uint32_t head = p[t].head;
    if (head < first || head > last || head == t) top = t;
  }
  return top;
}

std::uint32_t noun_of(const Passage& p, std::uint32_t token, std::uint32_t last, bool vague) {
  const language::Token& t = p[token];
  if (is_any_of(t.dep, {"nummod", "quantmod", "amod", "compound", "nmod", "poss"}) &&
      t.head > token && t.head - token < kFarthestNoun && !p[t.head].tag.starts_with("VB")) {
    const std::uint32_t noun = last_of_compound(p, t.head);
    // "nine people - seven men": a number is no noun
    return p[noun].tag == "CD" && p.is_noun(last) ? last : noun;
  }
  if (!vague && t.tag != "CD") return token;
  for (const std::uint32_t child :
       p.children(token)) {  // "dozens of people", "two of the soldiers"
    if (p[child].dep != "prep" || p[child].lower != "of") continue;
    for (const std::uint32_t inner : p.children(child)) {
      if (p[inner].dep != "pobj") continue;
      // "hundreds of thousands of people": on to the people
      return inner < last ? noun_of(p, inner, last, true) : inner;
    }
  }
  return token;
}

std::uint32_t hyphened(const Passage& p, std::uint32_t end) {
  const bool hyphen = p.view(end) == "-" || p.view(end) == "\u2011";
  return hyphen && p.glued(end) && p.glued(end + 1) && p.is_word(end + 1) ? p.atoms[end + 1].token
                                                                          : 0;
}

}  // namespace dateline::reading
