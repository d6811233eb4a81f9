// When: time expressions and the days they mean (TIMEX3).
//
// Expressions are found by the patterns of time_rules.tsv (times/match.h) and resolved one after
// the other (times/resolve.h), as each may count from the one before.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "knowledge/domains.h"
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

/// How the country of a report's address writes days with slashes; 0: it is not told, or both ways.
int slash_order_at(std::string_view address, const knowledge::Countries& countries) {
  const auto country = knowledge::country_of_domain(knowledge::host_of(address), countries);
  if (country.empty() || country == "CAN") return 0;
  return is_any_of(country, {"USA", "PHL", "FSM", "MHL", "PLW"}) ? 1 : 2;  // As CLDR has it.
}

/// How days are written with slashes: as one is that could not be written the other way, if all
/// such agree; else as where the report came out.
int slash_order(const TimeMatches& matches, int of_outlet) {
  bool told[3] = {};
  for (const TimeMatch& match : matches.found) {
    const TimeMeaning& m = matches.meanings[match.meaning];
    if (m.get(TimeField::kDay) > 12) told[std::clamp(m.get(TimeField::kOrder), 0, 2)] = true;
  }
  return told[1] == told[2] ? of_outlet : told[1] ? 1 : 2;
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

class TimeReader {
 public:
  TimeReader(const Context& context, Record& record)
      : document_(context.document),
        trace_(context.trace),
        record_(record),
        atoms_(cut_atoms(document_)),
        matches_(match_times(document_, atoms_, context.tables.number_words,
                             context.tables.time_rules, context.tables.count_words)),
        rules_(context.tables.time_rules),
        order_(slash_order(matches_, slash_order_at(record.source.uri, context.tables.countries))),
        happenings_(document_, rules_, context.tables.words) {}

  void run() {
    const auto published = record_.published ? parse_day(record_.published->value) : std::nullopt;
    TimeResolver resolver(
        published, is_narrative(matches_, published.has_value(), document_.tokens.size()), order_);
    std::optional<Steps> steps;
    if (trace_) steps.emplace(rules_, atoms_, matches_);
    std::size_t name = 0;
    for (const TimeMatch& match : matches_.found) {
      if (inside_name(document_, atoms_, match, name)) continue;
      Time time;
      time.id = fmt::format("t{}", record_.times.size() + 1);
      time.span = match.span;
      TimeSetting setting = setting_of(match);
      const language::TokenRange of = counted_from(match);
      if (of.end > of.begin) {
        time.anchor = document_.span(of);
        setting.happening = happenings_.last(of.end - 1);
      }
      if (!resolver.resolve(matches_, match.meaning, setting, time)) continue;
      time.granularity = granularity_of(time.value);
      if (time.anchor && time.from.empty()) {
        undated_.push_back({record_.times.size(), match.meaning, of.end - 1, setting});
      }
      settle_clocks(match, time);
      settle_ended(match, time);
      last_match_ = &match;
      if (const auto day = parse_day(time.begin); day && time.type != "DURATION") {
        happenings_.tell(tokens_of(match), {*day, *parse_day(time.end), time.id});
      }
      if (steps) steps->explain(match, time.id, *trace_);
      record_.times.push_back(std::move(time));
    }
    // "A day after the raid": its day may be told later, even in the same breath ("Monday's raid").
    for (Undated& each : undated_) {
      each.setting.happening = happenings_.first(each.word);
      if (!each.setting.happening) continue;
      Time& time = record_.times[each.time];
      time.value.clear();
      resolver.resolve(matches_, each.meaning, each.setting, time);
      time.granularity = granularity_of(time.value);
    }
  }

 private:
  struct Undated {
    std::size_t time;
    std::uint32_t meaning, word;
    TimeSetting setting;
  };

  struct Clock {
    std::size_t time;
    std::uint32_t verb;
  };

  language::TokenRange tokens_of(const TimeMatch& match) const {
    return document_.tokens_of(
        {atoms_[match.atom].span.begin, atoms_[match.atom_end - 1].span.end});
  }

  TimeSetting setting_of(const TimeMatch& match) const {
    TimeSetting setting;
    if (document_.tokens.empty()) return setting;
    const std::uint32_t token = atoms_[match.atom_end - 1].token;
    setting.tense = tense_above(document_, rules_, token);
    setting.aside = told_aside(document_, token);
    setting.sentence = document_.tokens[token].sentence;
    if (match.atom > 0 && !record_.times.empty()) {
      const Span before = atoms_[match.atom - 1].span;
      const Time& last = record_.times.back();
      if (before.of(document_.text) == "," && last.span.end == before.begin) {
        setting.apposed = last.id;
      }
    }
    return setting;
  }

  /// "at 6 a.m. in the square on Monday": a clock time is that of a day told of the same verb,
  /// though it stands behind it.
  void settle_clocks(const TimeMatch& match, const Time& time) {
    if (document_.tokens.empty()) return;
    const std::uint32_t verb = happenings_.verb_of(tokens_of(match));
    const TimeMeaning& m = matches_.meanings[match.meaning];
    if (verb != kNone && document_.tokens[verb].sentence != clock_sentence_) {
      clock_sentence_ = document_.tokens[verb].sentence;
      clocks_.clear();
    }
    const bool clock = time.type == "TIME" && m.has(TimeField::kHour) && time.begin == time.end;
    if (clock && verb != kNone && m.get(TimeField::kDay) == 0 && !m.has(TimeField::kWeekday)) {
      clocks_.push_back({record_.times.size(), verb});
    }
    if (time.type != "DATE" || time.granularity != "day" || verb == kNone) return;
    for (const Clock& each : clocks_) {
      Time& before = record_.times[each.time];
      if (each.verb != verb || before.from == "text") continue;
      before.value.replace(0, 10, time.value);
      before.begin = time.begin;
      before.end = time.end;
      before.from = time.id;
    }
  }

  /// "the fiscal first quarter ended Sept. 30", "the nine months ended Sept. 30": the days of a
  /// stretch whose last one is told, whatever the calendar's quarters are.
  void settle_ended(const TimeMatch& match, const Time& time) {
    if (!last_match_ || match.atom != last_match_->atom_end + 1 || time.end.empty()) return;
    const std::string_view word = atoms_[match.atom - 1].span.of(document_.text);
    if (word != "ended" && word != "ending") return;
    Time& stretch = record_.times.back();
    const TimeMeaning& m = matches_.meanings[last_match_->meaning];
    const bool quarter = stretch.granularity == "quarter" && stretch.type == "DATE";
    const bool counted = stretch.type == "DURATION" && m.has(TimeField::kCount);
    if (!quarter && !counted) return;
    const Day after = *parse_day(time.end) + std::chrono::days{1};
    const auto unit = quarter ? knowledge::TimeUnit::kQuarter
                              : static_cast<knowledge::TimeUnit>(m.get(TimeField::kUnit));
    const Day begin = moved(after, unit, quarter ? -1 : -m.at(TimeField::kCount));
    if (begin >= after || !is_written(begin)) return;
    stretch.begin = format_day(begin);
    stretch.end = time.end;
    stretch.from = time.id;
  }

  /// The words behind "two days after", where the rule counts from such.
  language::TokenRange counted_from(const TimeMatch& match) const {
    const bool counts = matches_.meanings[match.meaning].has(TimeField::kAnchor);
    if (!counts || match.atom_end >= atoms_.size()) return {};
    return happenings_.behind(atoms_[match.atom_end].token);
  }

  const Document& document_;
  Trace* trace_;
  Record& record_;
  const std::vector<Atom> atoms_;
  const TimeMatches matches_;
  const knowledge::TimeRules& rules_;
  const int order_;  ///< Of the numbers of "3/5/2026".
  Happenings happenings_;
  std::vector<Undated> undated_;
  std::vector<Clock> clocks_;  ///< Of the sentence being read.
  std::uint32_t clock_sentence_ = 0;
  const TimeMatch* last_match_ = nullptr;  ///< Of the last of the record's times.
};

}  // namespace

void read_times(const Context& context, Record& record) { TimeReader(context, record).run(); }

}  // namespace dateline::reading
