// Finds time expressions: a cascade of patterns over atoms (time_rules.tsv).
//
// Level by level, the longest rule that matches at a place turns its symbols into one. A pattern is
// short and has no repetition, so the work at each place is bounded and the whole is linear.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "knowledge/count_words.h"
#include "knowledge/number_words.h"
#include "knowledge/time_rules.h"
#include "reading/atoms.h"

namespace dateline::reading {

/// What a time expression says, before it is known which day it means.
struct TimeMeaning {
  knowledge::TimeOp op = knowledge::TimeOp::kNone;
  std::uint32_t fields = 0;  ///< Which of the values are set.
  std::array<double, knowledge::kTimeFields> values{};
  std::int32_t base = -1;  ///< kShift: the meaning that is counted from.

  bool has(knowledge::TimeField field) const { return fields >> static_cast<unsigned>(field) & 1; }
  double at(knowledge::TimeField field) const { return values[static_cast<std::size_t>(field)]; }
  int get(knowledge::TimeField field, int otherwise = 0) const {
    return has(field) ? static_cast<int>(std::clamp(at(field), -1e9, 1e9)) : otherwise;
  }
  void put(knowledge::TimeField field, double value) {
    if (field == knowledge::TimeField::kNone) return;
    fields |= 1u << static_cast<unsigned>(field);
    values[static_cast<std::size_t>(field)] = value;
  }
};

struct TimeMatch {
  Span span;
  std::uint32_t atom = 0, atom_end = 0;
  std::uint32_t rule = 0;
  std::uint32_t meaning = 0;
};

/// A rule that was applied on the way to a match or to nothing.
struct TimeStep {
  std::uint32_t atom = 0, atom_end = 0;
  std::uint32_t rule = 0;
};

struct TimeMatches {
  std::vector<TimeMatch> found;  ///< In text order, not overlapping.
  std::vector<TimeMeaning> meanings;
  std::vector<TimeStep> steps;  ///< Level by level, each in text order.
};

TimeMatches match_times(const language::Document& document, const std::vector<Atom>& atoms,
                        const knowledge::NumberWords& words, const knowledge::TimeRules& rules,
                        const knowledge::CountWords& counts);

}  // namespace dateline::reading
