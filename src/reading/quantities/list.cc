// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/list.h"

#include "reading/quantities/age.h"
#include "reading/quantities/tally.h"

namespace dateline::reading {

namespace {

/// Tokens to the left that may be other items, and then those in which the heading's noun stands.
constexpr std::uint32_t kLongestList = 80, kLongestHeading = 20;

bool is_dash(std::string_view mark) { return is_any_of(mark, {"-", "–", "—", "--"}); }

bool is_name(const Passage& p, std::uint32_t token) {
  return p[token].tag.starts_with("NNP") || (is_capitalized(p[token].text) && p.is_noun(token));
}

/// What other items of the list are made of.
bool is_of_list(const Passage& p, std::uint32_t token) {
  const language::Token& t = p[token];
  return is_name(p, token) || is_any_of(t.pos, {"PUNCT", "SPACE", "NUM", "CCONJ", "SYM"}) ||
         t.tag == "CD" || knowledge::find(p.words.qualifiers, t.lower) ||
         is_any_of(t.lower, {"more", "at", "some", "million", "the"});
}

/// What a word of a heading says is counted: "deaths", "killed".
Counted heading_counts(const Passage& p, std::uint32_t token) {
  Counted says = noun_counts(p, token);
  if (!says) says = tally_counts(p, token);
  if (!is_people(says.counts) && !is_name(p, token)) says = participle_counts(p, token, kNone);
  if (!is_people(says.counts) && p[token].tag == "VBN") {
    says = verb_counts(p, token, Role::kObject, kNone);
  }
  return is_people(says.counts) && !is_of_animals(p, token) ? says : Counted();
}

/// The nearest word that is counted at or before a token of its sentence.
Counted heading_before(const Passage& p, std::uint32_t last) {
  const std::uint32_t begin = p.document.sentences[p[last].sentence].begin;
  for (std::uint32_t t = last + 1; t > begin && last + 1 - t < kLongestHeading;) {
    if (const Counted says = heading_counts(p, --t)) return says;
  }
  return {};
}

/// Whether the name that ends here begins behind a comma, an "and" or the like.
bool is_begun(const Passage& p, std::uint32_t last) {
  std::uint32_t first = last;
  while (first > 0 && is_name(p, first - 1) && p[first - 1].sentence == p[last].sentence) --first;
  return first > 0 && p[first - 1].sentence == p[last].sentence && !is_kind(p, last, "numbered") &&
         (is_any_of(p[first - 1].text, {",", ";", "(", "and"}) || is_dash(p[first - 1].text));
}

}  // namespace

ListItem list_item(const Passage& p, std::uint32_t from, std::uint32_t end, double value) {
  const bool ends = end >= p.atoms.size() || p.begins_line(end) ||
                    is_any_of(p.view(end), {",", ";", ")", ".", "]"}) || p.is(end, "and") ||
                    is_dash(p.view(end));
  if (!ends || from == 0) return {};
  std::uint32_t at = from - 1;
  const std::string_view mark = p.view(at);
  const bool label = mark == ":";
  const bool set_off = label || is_any_of(mark, {",", "("}) || (is_dash(mark) && !p.glued(at));
  if (set_off && at == 0) return {};
  if (set_off) --at;
  std::uint32_t token = p.atoms[at].token;
  if (label) {
    if (const Counted says = heading_counts(p, token)) return {true, says};
  }
  if (!is_name(p, token)) return {};
  const std::uint32_t last_of_name = token;
  const bool person = p.name_label(token) == "PERSON";
  double most = value;
  // over the items before, to what stands before them all
  std::uint32_t steps = 0;
  bool colon = false;
  for (; steps < kLongestList && is_of_list(p, token); ++steps) {
    colon = p[token].text == ":";
    if (colon || token == 0) break;
    if (p[token].tag == "CD" && p[token].text.size() > 2) most = kOldestAge + 1;
    --token;
  }
  if (person && most <= kOldestAge) return {};  // "The dead: Ann Lee, 34, and Bo Ray, 51"
  // "cases in Accra (120) and Kumasi (85)"; but not "the man in Room 12"
  const bool before = colon || (mark == "(" && is_any_of(p[token].tag, {"IN", "RP"}));
  if (!before || token == 0) return {is_begun(p, last_of_name), {}};
  return {true, heading_before(p, token - (colon ? 1 : 0))};
}

}  // namespace dateline::reading
