// SPDX-License-Identifier: Apache-2.0
#include "reading/quantities/unit.h"

namespace dateline::reading {

namespace {

using knowledge::MeasureUnit;

const MeasureUnit* find_unit(const Passage& p, std::string_view words) {
  char buffer[32];
  return knowledge::find(p.words.units, lower_into(words, buffer));
}

/// "$", "£", "US$", "C$" right before the number.
Measured sign_before(const Passage& p, std::uint32_t& from) {
  if (from == 0 || !p.glued(from)) return {};
  const auto words = [&](std::uint32_t begin) {
    return Span{p.atoms[begin].span.begin, p.atoms[from - 1].span.end}.of(p.document.text);
  };
  if (from > 1 && p.glued(from - 1) && p.is_word(from - 2)) {
    const MeasureUnit* unit = find_unit(p, words(from - 2));
    if (unit && unit->before) {
      const Measured found{unit, words(from - 2)};
      from -= 2;
      return found;
    }
  }
  const MeasureUnit* unit = find_unit(p, p.view(from - 1));
  if (!unit || !unit->before) return {};
  --from;
  return {unit, p.view(from)};
}

Measured unit_behind(const Passage& p, std::uint32_t& end) {
  const std::uint32_t at = p.view(end) == "-" && p.glued(end) ? end + 1 : end;
  const MeasureUnit* unit = find_unit(p, p.view(at));
  if (!unit || unit->before) return {};
  if (unit->kind == "money" || unit->kind == "rate") end = at + 1;
  return {unit, p.view(at)};
}

}  // namespace

Counted Measured::counted() const {
  return unit ? Counted{unit->kind, "units.tsv", words, unit->line} : Counted();
}

Measured unit_beside(const Passage& p, std::uint32_t& from, std::uint32_t& end) {
  const Measured sign = sign_before(p, from);
  return sign ? sign : unit_behind(p, end);
}

Measured money_noun(const Passage& p, std::uint32_t noun) {
  const auto* unit = knowledge::find(p.words.units, p[noun].lower);
  return unit && unit->kind == "money" && !unit->before ? Measured{unit, p[noun].text} : Measured();
}

}  // namespace dateline::reading
