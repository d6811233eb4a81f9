// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/cases.h"

namespace dateline::reading {

namespace {

/// Tokens before the sentence of the cases that are looked at, and of a long one to either side.
constexpr std::uint32_t kNear = 120;

const knowledge::CaseWord* word_of(const Passage& p, std::uint32_t token) {
  const auto* lower = knowledge::find(p.tables.count_states.cases, p[token].lower);
  return lower ? lower : knowledge::find(p.tables.count_states.cases, p[token].lemma);
}

/// "cases of cholera": of a disease; of anything else ("of fraud") they are of nobody ill.
enum class Kind { kUnsaid, kOften, kSick, kOther };
Kind kind_of(const Passage& p, std::uint32_t noun) {
  Kind kind = Kind::kUnsaid;
  for (const std::uint32_t child : p.children(noun)) {
    const language::Token& c = p[child];
    const bool beside = is_any_of(c.dep, {"compound", "nmod", "amod", "poss"});
    if (beside && is_kind(p, child, "ailment")) return Kind::kSick;
    if (beside || c.dep == "acl" || c.dep == "advmod") {
      const auto* row = word_of(p, child);
      if (row && row->says == "sick") kind = Kind::kSick;
      if (row && row->says == "often" && kind == Kind::kUnsaid) kind = Kind::kOften;
      if (row && row->says == "law") return Kind::kOther;
    }
    if (c.dep != "prep" || c.lower != "of") continue;
    for (const std::uint32_t object : p.children(child)) {
      if (p[object].dep != "pobj" && p[object].dep != "pcomp") continue;
      const bool compound = p.any_child(object, [&](const language::Token& inner) {
        const auto* row = knowledge::find(p.words.nouns, inner.lower);
        return row && row->counts == "ailment";
      });
      // a name of which no table knows may be that of a disease
      const bool unknown = p[object].tag.starts_with("NNP") && kind == Kind::kSick;
      const bool ill = noun_counts(p, object).counts == "sick";
      return is_kind(p, object, "ailment") || compound || unknown || ill ? Kind::kSick
                                                                         : Kind::kOther;
    }
  }
  return kind;
}

/// Words of illness less those of courts in the sentence or, if it has none, before it.
int illness_near(const Passage& p, std::uint32_t noun) {
  const auto& sentence = p.document.sentences[p[noun].sentence];
  const auto balance = [&](std::uint32_t from, std::uint32_t to) {
    int sum = 0;
    for (std::uint32_t t = from; t < to; ++t) {
      const auto* row = word_of(p, t);
      if (is_kind(p, t, "ailment")) sum += 2;
      if (row && row->says != "often") sum += row->says == "law" ? -1 : 1;
    }
    return sum;
  };
  const std::uint32_t begin = std::max(sentence.begin + kNear, noun) - kNear;
  const int here = balance(begin, std::min(sentence.end, noun + kNear));
  return here != 0 ? here : balance(std::max(begin, kNear) - kNear, begin);
}

}  // namespace

Counted case_counts(const Passage& p, std::uint32_t noun) {
  const Kind kind = kind_of(p, noun);
  const int least = kind == Kind::kOften ? 0 : 1;  // "new cases" are mostly of people
  const bool sick = kind == Kind::kSick || (kind != Kind::kOther && illness_near(p, noun) >= least);
  if (const auto* row = sick ? knowledge::find(p.words.nouns, "sick") : nullptr) {
    return {row->counts, "count_nouns.tsv", "sick", row->line};
  }
  const auto* thing = knowledge::find(p.words.nouns, "case");
  return thing ? Counted{thing->counts, "count_nouns.tsv", "case", thing->line} : Counted();
}

}  // namespace dateline::reading
