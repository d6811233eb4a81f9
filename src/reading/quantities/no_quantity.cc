// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/no_quantity.h"

namespace dateline::reading {

namespace {

/// A longer run of digits is the id of something.
constexpr int kMostDigits = 15;
constexpr double kOldestAge = 120;

/// "3. Cruz gains", "(11.)"
bool is_list_number(const Passage& p, const Number& number) {
  if (number.digits == 0 || number.digits > 3 || p.view(number.end) != "." ||
      !p.glued(number.end)) {
    return false;
  }
  if (number.begin == 0) return true;
  if (p.view(number.begin - 1) == "(" && p.view(number.end + 1) == ")") return true;
  const Span between{p.atoms[number.begin - 1].span.end, p.atoms[number.begin].span.begin};
  return between.of(p.document.text).find('\n') != std::string_view::npos &&
         number.end + 1 < p.atoms.size() && !p.glued(number.end + 1);
}

bool is_any_word(const Passage& p, std::uint32_t atom,
                 std::initializer_list<std::string_view> words) {
  char buffer[32];
  return is_any_of(lower_into(p.view(atom), buffer), words);
}

/// "voters 45 and older", "when he turned 18", "Roe, 51,", "36-year-old", "12 years"
bool is_age(const Passage& p, const Number& number) {
  if (is_any_word(p, number.end, {"years", "year", "yrs"})) return true;
  const std::string_view after = p.view(number.end);
  if (is_any_of(after, {"-", "\u2010", "\u2011"}) && p.glued(number.end) &&
      is_any_word(p, number.end + 1, {"year", "strong"})) {
    return true;
  }
  if (number.begin > 0 && p.view(number.begin - 1) == "," && !p.glued(number.begin) &&
      number.digits > 0 && number.digits <= 2 && is_any_of(after, {",", ".", ")"})) {
    return true;
  }
  if (number.value > kOldestAge) return false;
  if (is_any_word(p, number.end, {"and", "or"}) &&
      is_any_word(p, number.end + 1, {"older", "over", "younger", "under", "up", "above"})) {
    return true;
  }
  return number.begin > 0 && is_any_word(p, number.begin - 1, {"turned", "turns", "turning"}) &&
         (!p.is_word(number.end) || is_any_word(p, number.end, {"in", "on"}));
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

/// "page 12", "flight 804", "No. 7"
bool is_name_of_a_thing(const Passage& p, const Number& number) {
  if (number.begin == 0) return false;
  char buffer[32];
  const std::string_view word = lower_into(p.view(number.begin - 1), buffer);
  if (word == "no") return !number.spelled;
  if (word == ".") return number.begin > 1 && p.is(number.begin - 2, "no");
  const auto* noun = knowledge::find(p.words.nouns, word);
  return noun && noun->counts == "numbered";
}

}  // namespace

bool is_mere_numeral(const Passage& p, const Number& number) {
  return number.digits > kMostDigits || is_list_number(p, number) || is_part_of_a_sign(p, number) ||
         is_name_of_a_thing(p, number) || is_age(p, number);
}

bool is_one_of(const Passage& p, const Number& number, std::uint32_t token) {
  if (number.value != 1 || !number.spelled || number.end - number.begin != 1) return false;
  return p[token].dep != "nummod" || p.is(number.end, "of");
}

bool is_inside_time(const std::vector<Time>& times, Span span) {
  const auto next = std::partition_point(
      times.begin(), times.end(), [&](const Time& time) { return time.span.end <= span.begin; });
  return next != times.end() && next->span.overlaps(span);
}

bool is_inside_name(const Passage& p, std::uint32_t token) {
  const auto& names = p.document.names;
  const auto next =
      std::partition_point(names.begin(), names.end(),
                           [&](const language::Name& name) { return name.tokens.end <= token; });
  return next != names.end() && next->tokens.begin <= token &&
         is_any_of(next->label, {"PERSON", "ORG", "FAC", "GPE", "LOC", "PRODUCT", "LAW",
                                 "WORK_OF_ART", "EVENT"});
}

}  // namespace dateline::reading
