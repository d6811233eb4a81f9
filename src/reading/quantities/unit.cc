// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/unit.h"

namespace dateline::reading {

namespace {

using knowledge::MeasureUnit;

/// Atoms in the longest unit of the table: "u s dollars" and its full stops.
constexpr std::uint32_t kMostAtoms = 5;
constexpr std::size_t kLongestUnit = 40;

const MeasureUnit* find_unit(const Passage& p, std::string_view words) {
  char buffer[32];
  return knowledge::find(p.words.units, lower_into(words, buffer));
}

/// Appends an atom to words in lower case; false where no unit is that long.
bool append(const Passage& p, std::uint32_t atom, std::string& words) {
  char buffer[32];
  const std::string_view word = lower_into(p.view(atom), buffer);
  if (word == "." && p.glued(atom)) return true;
  if (word.empty() || words.size() + word.size() > kLongestUnit) return false;
  if (!words.empty()) words += ' ';
  words += word;
  return true;
}

/// A code or an abbreviation apart from its number is one only in capitals: "CHF 900", "Rs 500".
bool is_written_as_code(std::string_view word) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return word.size() == 3 ? std::all_of(word.begin(), word.end(), capital)
                          : !word.empty() && capital(word.front());
}

/// "$", "£", "US$", "C$" right before the number, "Rs.", "CHF" also apart from it.
const MeasureUnit* unit_before(const Passage& p, std::uint32_t& from) {
  if (from == 0) return nullptr;
  std::uint32_t at = from - 1;
  if (p.view(at) == "." && at > 0 && p.is(at - 1, "rs")) --at;
  const MeasureUnit* unit = nullptr;
  if (p.glued(from) && at > 0 && p.glued(at) && p.is_word(at - 1)) {
    const Span both{p.atoms[at - 1].span.begin, p.atoms[at].span.end};
    unit = find_unit(p, both.of(p.document.text));
    if (unit && unit->before) {
      from = at - 1;
      return unit;
    }
  }
  unit = find_unit(p, p.view(at));
  if (!unit || !unit->before) return nullptr;
  if (!p.glued(from) && !is_written_as_code(p.view(at))) return nullptr;
  from = at;
  return unit;
}

/// The longest unit of which `words` are the first ones and the rest stands from atom `at` on.
const MeasureUnit* longest_unit(const Passage& p, std::uint32_t at, std::string words,
                                std::uint32_t& end) {
  const MeasureUnit* longest = nullptr;
  for (std::uint32_t i = at; i < at + kMostAtoms && append(p, i, words); ++i) {
    const MeasureUnit* unit = knowledge::find(p.words.units, words);
    if (!unit || !unit->behind || p.view(i) == ".") continue;
    longest = unit;
    end = i + 1;
  }
  return longest;
}

const MeasureUnit* unit_behind(const Passage& p, std::uint32_t& end) {
  const std::uint32_t at = p.view(end) == "-" && p.glued(end) ? end + 1 : end;
  std::uint32_t behind = end;
  std::string scale;  // "million pounds" are no weight
  const MeasureUnit* unit = nullptr;
  if (p.is_word(end - 1) && append(p, end - 1, scale)) unit = longest_unit(p, at, scale, behind);
  if (!unit) unit = longest_unit(p, at, {}, behind);
  if (unit && is_any_of(unit->kind, {"money", "rate"})) end = behind;
  return unit;
}

}  // namespace

const MeasureUnit* unit_beside(const Passage& p, std::uint32_t& from, std::uint32_t& end) {
  const MeasureUnit* before = unit_before(p, from);
  return before ? before : unit_behind(p, end);
}

const MeasureUnit* unit_noun(const Passage& p, std::uint32_t noun, bool vague) {
  const MeasureUnit* unit = knowledge::find(p.words.units, p[noun].lower);
  if (!unit || !unit->behind) return nullptr;
  return vague || is_any_of(unit->kind, {"money", "rate"}) ? unit : nullptr;
}

Counted measure(const MeasureUnit& unit, Quantity& quantity) {
  quantity.unit = unit.unit;
  for (auto* amount : {&quantity.value, &quantity.min, &quantity.max}) {
    if (*amount) **amount *= unit.factor;
  }
  return {unit.kind, "units.tsv", unit.words, unit.line};
}

}  // namespace dateline::reading
