// When: time expressions and the days they mean (TIMEX3).
//
// Expressions are found by the patterns of time_rules.tsv (times/match.h) and resolved one after
// the other (times/resolve.h), as each may count from the one before.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "reading/reading.h"
#include "reading/times/granularity.h"
#include "reading/times/match.h"
#include "reading/times/resolve.h"
#include "reading/times/tense.h"
#include "reading/trace.h"
#include "reading/tree.h"

namespace dateline::reading {

namespace {

using knowledge::TimeField;
using language::Document;

/// A history dates what it tells by years; news dates by weekdays and by "yesterday".
bool is_narrative(const TimeMatches& matches, bool dated, std::size_t tokens) {
  if (!dated) return true;
  std::size_t years = 0, near = 0;
  for (const TimeMatch& match : matches.found) {
    const TimeMeaning& m = matches.meanings[match.meaning];
    years += m.has(TimeField::kYear) || m.get(TimeField::kEra) < 0;
    near += m.op == knowledge::TimeOp::kDate && !m.has(TimeField::kYear) &&
            (m.has(TimeField::kOffset) || m.has(TimeField::kDir) ||
             (m.has(TimeField::kWeekday) && !m.has(TimeField::kDay))) &&
            !m.has(TimeField::kSame);
  }
  return years >= 8 && near * 3 < years && years * 500 >= tokens;
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

/// The rules that made each match, the last one first.
class Steps {
 public:
  Steps(const knowledge::TimeRules& rules, const std::vector<Atom>& atoms,
        const TimeMatches& matches)
      : rules_(rules), atoms_(atoms), steps_(matches.steps) {
    std::reverse(steps_.begin(), steps_.end());
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const TimeStep& a, const TimeStep& b) { return a.atom < b.atom; });
  }

  void explain(const TimeMatch& match, const std::string& id, Trace& trace) const {
    auto at = std::lower_bound(steps_.begin(), steps_.end(), match.atom,
                               [](const TimeStep& a, std::uint32_t b) { return a.atom < b; });
    const auto outermost = [&](const TimeStep& step) { return step.rule == match.rule; };
    // A range is wider than either of its dates.
    for (auto before = at; before != steps_.begin();) {
      --before;
      if (before->atom + 16 < match.atom) break;
      if (outermost(*before) && before->atom_end >= match.atom_end) add(*before, id, trace);
    }
    for (; at != steps_.end() && at->atom < match.atom_end; ++at) add(*at, id, trace);
  }

 private:
  void add(const TimeStep& step, const std::string& id, Trace& trace) const {
    const knowledge::TimeRules::Rule& rule = rules_.rules()[step.rule];
    trace.reasons.push_back({id,
                             {atoms_[step.atom].span.begin, atoms_[step.atom_end - 1].span.end},
                             "time_rules.tsv",
                             rule.name,
                             rule.line});
  }

  const knowledge::TimeRules& rules_;
  const std::vector<Atom>& atoms_;
  std::vector<TimeStep> steps_;
};

}  // namespace

void read_times(const Context& context, Record& record) {
  const Document& document = context.document;
  const std::vector<Atom> atoms = cut_atoms(document);
  const TimeMatches matches =
      match_times(document, atoms, context.tables.number_words, context.tables.time_rules);
  const auto published = record.published ? parse_day(record.published->value) : std::nullopt;
  TimeResolver resolver(published,
                        is_narrative(matches, published.has_value(), document.tokens.size()));
  Happenings happenings(document, context.tables.time_rules, context.tables.words);
  std::optional<Steps> steps;
  if (context.trace) steps.emplace(context.tables.time_rules, atoms, matches);
  std::size_t name = 0;
  struct Undated {
    std::size_t time;
    std::uint32_t meaning, word;
    TimeSetting setting;
  };
  std::vector<Undated> undated;
  for (const TimeMatch& match : matches.found) {
    if (inside_name(document, atoms, match, name)) continue;
    Time time;
    time.id = fmt::format("t{}", record.times.size() + 1);
    time.span = match.span;
    TimeSetting setting;
    language::TokenRange tokens;
    if (!document.tokens.empty()) {
      const std::uint32_t token = atoms[match.atom_end - 1].token;
      tokens = {atoms[match.atom].token, token + 1};
      setting = {tense_above(document, context.tables.time_rules, token),
                 told_aside(document, token), document.tokens[token].sentence};
    }
    setting.apposed = match.atom > 0 && !record.times.empty() &&
                      atoms[match.atom - 1].span.of(document.text) == "," &&
                      record.times.back().span.end == atoms[match.atom - 1].span.begin;
    if (matches.meanings[match.meaning].has(TimeField::kAnchor) && match.atom_end < atoms.size()) {
      const language::TokenRange of = happenings.behind(atoms[match.atom_end].token);
      if (of.end > of.begin) {
        time.anchor = document.span(of);
        setting.happening = happenings.last(of.end - 1);
        if (!setting.happening) {
          undated.push_back({record.times.size(), match.meaning, of.end - 1, setting});
        }
      }
    }
    if (resolver.resolve(matches, match.meaning, setting, time)) {
      time.granularity = granularity_of(time.value);
      if (const auto day = parse_day(time.begin)) {
        happenings.tell(tokens, {*day, *parse_day(time.end), time.id});
      }
      if (steps) steps->explain(match, time.id, *context.trace);
      record.times.push_back(std::move(time));
    }
  }
  // "A day after the raid": its day may be told later, even in the same breath ("Monday's raid").
  for (Undated& each : undated) {
    each.setting.happening = happenings.first(each.word);
    if (!each.setting.happening) continue;
    Time& time = record.times[each.time];
    time.value.clear();
    resolver.resolve(matches, each.meaning, each.setting, time);
    time.granularity = granularity_of(time.value);
  }
}

}  // namespace dateline::reading
