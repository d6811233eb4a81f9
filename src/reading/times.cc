// When: time expressions and the days they mean (TIMEX3).
//
// Expressions are found by the patterns of time_rules.tsv (times/match.h) and resolved one after
// the other (times/resolve.h), as each may count from the one before.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "reading/reading.h"
#include "reading/times/match.h"
#include "reading/times/resolve.h"

namespace dateline::reading {

namespace {

using knowledge::TimeField;
using language::Document;

/// The tense of the clause a token stands in: that of the nearest verb above it.
Tense tense_above(const Document& document, std::uint32_t token) {
  constexpr int kMostSteps = 24;
  std::uint32_t at = token;
  for (int step = 0; step < kMostSteps; ++step) {
    const language::Token& t = document.tokens[at];
    if (t.tag == "VBD") return Tense::kPast;
    if (t.tag.starts_with("VB") || t.tag == "MD") {
      bool past = false, present = false;
      for (const std::uint32_t child : document.children(at)) {
        const language::Token& c = document.tokens[child];
        if (c.tag == "MD" || (c.tag == "TO" && c.dep == "aux")) return Tense::kFuture;
        if (c.dep != "aux" && c.dep != "auxpass") continue;
        past = past || c.tag == "VBD" || c.lower == "have" || c.lower == "has";
        present = present || c.tag == "VBZ" || c.tag == "VBP";
      }
      if (past) return Tense::kPast;
      if (t.tag == "MD") return Tense::kFuture;
      if (t.tag == "VBN" && !present) return Tense::kPast;
      if (t.tag == "VBZ" || t.tag == "VBP" || present) return Tense::kPresent;
    }
    if (t.head == at) break;
    at = t.head;
  }
  return Tense::kUnknown;
}

/// A history tells many years, few of them near the day it was published.
bool is_narrative(const TimeMatches& matches, std::optional<Day> published, std::size_t tokens) {
  if (!published) return true;
  const int now = civil(*published).year;
  std::size_t years = 0, far = 0;
  for (const TimeMatch& match : matches.found) {
    const TimeMeaning& m = matches.meanings[match.meaning];
    if (m.get(TimeField::kEra) < 0) {
      ++years;
      ++far;
    } else if (m.get(TimeField::kYear) > 0) {
      ++years;
      far += std::abs(m.get(TimeField::kYear) - now) > 2;
    }
  }
  return years >= 5 && far * 4 >= years * 3 && years * 250 >= tokens;
}

/// "May Lee", "the Sunday Times": words of time inside a longer name.
bool inside_name(const Document& document, const std::vector<Atom>& atoms, const TimeMatch& match,
                 std::size_t& name) {
  const std::uint32_t first = atoms[match.atom].token;
  const std::uint32_t last = atoms[match.atom_end - 1].token;
  while (name < document.names.size() && document.names[name].tokens.end <= first) ++name;
  if (name == document.names.size()) return false;
  const language::Name& n = document.names[name];
  const bool whole = n.tokens.begin <= first && last < n.tokens.end;
  return whole && n.tokens.end - n.tokens.begin > last - first + 1 &&
         (n.label == "PERSON" || n.label == "ORG" || n.label == "WORK_OF_ART" || n.label == "FAC" ||
          n.label == "PRODUCT");
}

}  // namespace

void read_times(const Context& context, Record& record) {
  const Document& document = context.document;
  const std::vector<Atom> atoms = cut_atoms(document);
  const TimeMatches matches =
      match_times(document, atoms, context.tables.number_words, context.tables.time_rules);
  const auto published = record.published ? parse_day(record.published->value) : std::nullopt;
  TimeResolver resolver(published, is_narrative(matches, published, document.tokens.size()));
  std::size_t name = 0;
  for (const TimeMatch& match : matches.found) {
    if (inside_name(document, atoms, match, name)) continue;
    Time time;
    time.id = fmt::format("t{}", record.times.size() + 1);
    time.span = match.span;
    const Tense tense = document.tokens.empty()
                            ? Tense::kUnknown
                            : tense_above(document, atoms[match.atom_end - 1].token);
    if (resolver.resolve(matches, match.meaning, tense, time)) {
      record.times.push_back(std::move(time));
    }
  }
}

}  // namespace dateline::reading
