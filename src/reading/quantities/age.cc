// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/age.h"

namespace dateline::reading {

namespace {

/// "Ada Obi, 51,", "Ada Obi (51)": two digits set off behind a person's name.
bool is_behind_person(const Passage& p, const Number& number) {
  if (number.digits == 0 || number.digits > 2 || number.begin < 2) return false;
  const std::string_view before = p.view(number.begin - 1), after = p.view(number.end);
  const bool closed = number.end == p.atoms.size() || p.begins_line(number.end) ||
                      is_any_of(after, {",", ".", ";", ")"});
  const bool set_off =
      (before == "," && !p.glued(number.begin) && closed) || (before == "(" && after == ")");
  return set_off && p.name_label(p.atoms[number.begin - 2].token) == "PERSON";
}

}  // namespace

Counted age_beside(const Passage& p, const Number& number) {
  if (number.value > kOldestAge || number.vague || number.fraction) return {};
  if (number.begin > 0) {
    char buffer[32];
    const bool of = p.is(number.begin - 1, "of") && number.begin > 1;  // "at the age of 91"
    const std::string_view word = lower_into(p.view(number.begin - (of ? 2 : 1)), buffer);
    const auto* row = knowledge::find(p.words.nouns, word);
    if (row && row->counts == "age")
      return {row->counts, "count_nouns.tsv", p.view(number.begin - (of ? 2 : 1)), row->line};
    const bool ends = !p.is_word(number.end) || p.is_any(number.end, {"in", "on"});
    if (ends && is_any_of(word, {"turned", "turns", "turning"})) return {"age"};
  }
  // "36-year-old", "36 years old"
  const std::uint32_t year = p.view(number.end) == "-" ? number.end + 1 : number.end;
  const std::uint32_t old = p.view(year + 1) == "-" ? year + 2 : year + 1;
  if (p.is_any(year, {"year", "years"}) && p.is_any(old, {"old", "olds"})) return {"age"};
  return is_behind_person(p, number) ? Counted{"age"} : Counted();
}

bool is_told_age(const Passage& p, const Number& number, std::uint32_t token, std::uint32_t noun) {
  const language::Token& t = p[token];
  if (noun != token || number.value < 2 || number.value > kOldestAge || p.glued(number.begin) ||
      !is_any_of(t.dep, {"attr", "acomp"}) || p[t.head].lemma != "be") {
    return false;
  }
  return p.any_child(t.head, [](const language::Token& c) {
    return c.dep == "nsubj" && is_any_of(c.lower, {"i", "he", "she", "who"});
  });
}

}  // namespace dateline::reading
