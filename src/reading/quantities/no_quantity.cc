// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/no_quantity.h"

#include "reading/labels.h"
#include "reading/quantities/age.h"
#include "reading/quantities/lexicon.h"

namespace dateline::reading {

namespace {

/// A longer run of digits is the id of something.
constexpr int kMostDigits = 15;

/// "3. Cruz gains", "(11.)", "15" alone on its line
bool is_list_number(const Passage& p, const Number& number) {
  if (number.digits > 0 && number.digits <= 3 && p.atoms.size() > number.end &&
      p.begins_line(number.begin) && p.begins_line(number.end)) {
    return true;
  }
  if (number.digits == 0 || number.digits > 3 || p.view(number.end) != "." ||
      !p.glued(number.end)) {
    return false;
  }
  if (number.begin == 0) return true;
  if (p.view(number.begin - 1) == "(" && p.view(number.end + 1) == ")") return true;
  return p.begins_line(number.begin) && number.end + 1 < p.atoms.size() && !p.glued(number.end + 1);
}

/// "12 years", "18-to-34-year-olds", "voters 45 and older", "(he, 51,": how old or how long.
bool is_years(const Passage& p, const Number& number) {
  if (p.is_any(number.end, {"years", "year", "yrs"})) return true;
  const std::string_view after = p.view(number.end);
  if (is_any_of(after, {"-", "\u2010", "\u2011"}) && p.glued(number.end) &&
      p.is_any(number.end + 1, {"year", "strong"})) {
    return true;
  }
  if (number.begin > 0 && p.view(number.begin - 1) == "," && !p.glued(number.begin) &&
      number.digits > 0 && number.digits <= 2 && is_any_of(after, {",", ".", ")", ";"})) {
    return true;
  }
  if (after == "-" && p.is(number.end + 1, "to") && p.is_digits(number.end + 3) &&
      p.is(number.end + 5, "year")) {
    return true;
  }
  return number.value <= kOldestAge && p.is_any(number.end, {"and", "or"}) &&
         p.is_any(number.end + 1, {"older", "over", "younger", "under", "up", "above"});
}

/// "F-16", "3-2", "10:30", "U2", "#4", "36th", "item 3/4", width="12"
bool is_part_of_a_sign(const Passage& p, const Number& number) {
  const std::uint32_t begin = number.begin, end = number.end;
  if (p.glued(begin) && begin > 0) {
    const std::string_view before = p.view(begin - 1);
    if (before == "\"" && begin > 1 && p.view(begin - 2) == "=") return true;
    const bool after_percent = begin > 1 && p.view(begin - 2) == "%";  // "58%-33%"
    if (before == "-" && !after_percent) return true;
    if (is_any_of(before, {":", "/", "#", ".", "@", "_"}) || p.is_word(begin - 1)) return true;
  }
  if (!p.glued(end)) return false;
  const std::string_view after = p.view(end);
  return is_any_of(after, {":", "/", "_", "@"}) ||
         (p.is_digits(end + 1) && after != "," && p.glued(end + 1)) ||
         (p.is_word(end) && number.digits > 0);
}

/// A long word in small letters, of which a headline or a title has none.
bool is_small(std::string_view word) {
  return word.size() >= 4 && word.front() >= 'a' && word.front() <= 'z';
}

constexpr std::uint32_t kTitleWords = 8;

/// Whether words near a token of its sentence are written small, so that capitals mean a name.
bool is_running_text(const Passage& p, std::uint32_t token) {
  const auto& sentence = p.document.sentences[p[token].sentence];
  const std::uint32_t begin = std::max(sentence.begin + kTitleWords, token) - kTitleWords;
  const std::uint32_t end = std::min(sentence.end, token + kTitleWords);
  for (std::uint32_t t = begin; t < end; ++t) {
    if (is_small(p[t].text) && p[t].pos != "ADP") return true;  // headlines have "with", "from"
  }
  return false;
}

bool is_sentence_start(const Passage& p, std::uint32_t token) {
  return p.document.sentences[p[token].sentence].begin == token ||
         (token > 0 && (p[token - 1].pos == "PUNCT" || p[token - 1].pos == "SPACE"));
}

/// "Radio Four", "One Nation", "Apollo 11": a capitalized number word, or one behind its name.
bool is_part_of_name(const Passage& p, const Number& number, std::uint32_t token) {
  const std::uint32_t first = p.atoms[number.begin].token;
  if (is_sentence_start(p, first) || !is_running_text(p, first)) return false;
  if (is_capitalized(p.view(number.begin))) return true;
  return number.digits > 0 && number.digits <= 3 && token > 0 && p[token].head == token - 1 &&
         p[token - 1].tag == "NNP" && p[token].dep == "nummod";
}

/// "men under 35", "those over 65"
bool is_age_limit(const Passage& p, const Number& number, std::uint32_t token, std::uint32_t noun) {
  const language::Token& t = p[token];
  if (noun != token || number.digits != 2 || t.dep != "pobj") return false;
  const language::Token& limit = p[t.head];
  return is_any_of(limit.lower, {"under", "over"}) &&
         (p.is_person(limit.head) || is_any_of(p[limit.head].lower, {"those", "anyone", "adults"}));
}

}  // namespace

bool is_mere_numeral(const Passage& p, const Number& number) {
  return number.digits > kMostDigits || is_list_number(p, number) || is_part_of_a_sign(p, number) ||
         is_name_of_a_thing(p.document.text, p.atoms, number, p.words.nouns) ||
         names_what_follows(p.document.text, p.atoms, number, p.words.nouns) || is_years(p, number);
}

bool is_name_or_limit(const Passage& p, const Number& number, std::uint32_t token,
                      std::uint32_t noun) {
  if (is_part_of_name(p, number, token) || is_age_limit(p, number, token, noun)) {
    return true;
  }
  if (number.vague && p.any_child(token, [](const language::Token& c) {
        return is_any_of(c.dep, {"compound", "poss"});
      })) {
    return true;  // "test scores"
  }
  if (noun <= token || number.digits == 0) return false;
  const auto* row = knowledge::find(p.words.nouns, p[noun].lower);
  if (row && row->counts == "addressed" && is_capitalized(p[noun].text)) return true;
  return p.begins_line(number.begin) && p.name_label(noun) == "PERSON";
}

bool is_year(const Passage& p, const Number& number, std::uint32_t noun) {
  return number.digits == 4 && number.value >= 1900 && number.value < 2100 && p.is_noun(noun) &&
         !p.is_person(noun) && !noun_counts(p, noun);
}

bool is_in_title(const Passage& p, const Number& number) {
  const auto is_mark = [&](std::uint32_t atom) { return is_quote_mark(p.view(atom)); };
  std::uint32_t words = 0;
  std::uint32_t at = number.begin;
  for (; at > 0 && !is_mark(at - 1); --at) {
    if (is_small(p.view(at - 1)) || number.begin - at > kTitleWords) return false;
    words += is_capitalized(p.view(at - 1)) ? 1 : 0;
  }
  if (at == 0) return false;
  for (at = number.end; at < p.atoms.size() && !is_mark(at); ++at) {
    if (is_small(p.view(at)) || at - number.end > kTitleWords) return false;
    words += is_capitalized(p.view(at)) ? 1 : 0;
  }
  return at < p.atoms.size() && words >= 2;
}

bool is_idiom(const Passage& p, const Number& number) {
  if (p.view(number.end) != "-" || !p.glued(number.end) || !p.glued(number.end + 1)) return false;
  char buffer[32];
  std::string joined(lower_into(p.view(number.end - 1), buffer));
  joined += '-';
  joined += lower_into(p.view(number.end + 1), buffer);
  const auto* row = knowledge::find(p.words.nouns, joined);
  return row && row->counts == "idiom";
}

bool is_one_of(const Passage& p, const Number& number, std::uint32_t token) {
  if (number.value != 1 || !number.spelled || number.end - number.begin != 1) return false;
  const std::uint32_t after = p.atoms[number.end - 1].token + 1;  // "one dead, two hurt"
  const bool no_one = number.begin > 0 && p.is_any(number.begin - 1, {"no", "any", "every"});
  if (!no_one && after < p.size() && is_people(noun_counts(p, after).counts)) return false;
  // "four in Najaf and one in Kut"
  if (p[token].dep == "conj" && p[p[token].head].tag == "CD") return false;
  return p[token].dep != "nummod" || p.is(number.end, "of");
}

bool is_inside_time(const std::vector<Time>& times, Span span) {
  const auto next = std::partition_point(
      times.begin(), times.end(), [&](const Time& time) { return time.span.end <= span.begin; });
  // "a quarter of a million" is no quarter of a year
  const bool within =
      next != times.end() && span.begin <= next->span.begin && next->span.end < span.end;
  return next != times.end() && next->span.overlaps(span) && !within;
}

bool is_inside_name(const Passage& p, std::uint32_t token) {
  return is_any_of(p.name_label(token), {"PERSON", "ORG", "FAC", "GPE", "LOC", "PRODUCT", "LAW",
                                         "WORK_OF_ART", "EVENT"});
}

}  // namespace dateline::reading
