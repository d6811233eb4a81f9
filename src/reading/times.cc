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
#include "reading/trace.h"
#include "reading/tree.h"

namespace dateline::reading {

namespace {

using knowledge::TimeField;
using language::Document;

/// Whether a token's lemma is of a class of time_words.tsv.
bool is_of(const knowledge::TimeRules& rules, const language::Token& token, std::uint8_t id) {
  const auto* word = rules.find(token.lemma);
  return word && std::any_of(word->senses.begin(), word->senses.end(),
                             [id](const auto& sense) { return sense.class_id == id; });
}

bool has_child(const Document& document, std::uint32_t verb, std::string_view dep,
               std::string_view lower) {
  const auto children = few_children(document, verb);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    const language::Token& c = document.tokens[child];
    return c.dep == dep && c.lower == lower;
  });
}

/// What was looked ahead to once: "had been due (scheduled) to expire on Friday" says nothing of
/// where Friday lies. Of what somebody "had planned" for Friday it is a plan still.
Tense looked_ahead(const Document& document, std::uint32_t at) {
  const language::Token& t = document.tokens[at];
  const bool once = t.tag == "JJ" ? has_child(document, t.head, "aux", "had")
                                  : has_child(document, at, "aux", "had") &&
                                        has_child(document, at, "auxpass", "been");
  return once ? Tense::kUnknown : Tense::kFuture;
}

/// The tense of the clause a token stands in: that of the nearest finite verb above it, a future
/// where a word on the way looks ahead.
Tense tense_above(const Document& document, const knowledge::TimeRules& rules,
                  std::uint32_t token) {
  constexpr int kMostSteps = 24;
  // Words that look ahead: what they govern has yet to come ("plans to leave on Friday",
  // "payable"), of arrangements whatever their own tense ("scheduled a vote for Friday").
  const std::uint8_t ahead_class = rules.class_id("AHEAD"), arrange = rules.class_id("ARRANGE"),
                     timetable = rules.class_id("TIMETABLE"), grant = rules.class_id("GRANT");
  std::uint32_t at = token;
  bool infinitive = false, subject = false, limit = false;
  // Whose it is does not say when it was: "will appeal Friday's ruling".
  if (document.tokens[token].dep == "poss") return Tense::kUnknown;
  for (int step = 0; step < kMostSteps; ++step) {
    const language::Token& t = document.tokens[at];
    if (t.lower == "since" && t.dep == "prep") return Tense::kPast;
    // What was made to last "through January" or "until January" may do so still.
    limit = limit || (t.dep == "prep" && (t.lower == "through" || t.lower == "until"));
    const bool verb = t.tag.starts_with("VB") || t.tag == "MD";
    const bool ahead = is_of(rules, t, ahead_class) || t.lemma == "be";  // "is to resume"
    if ((infinitive || !verb) && ahead) return looked_ahead(document, at);
    if (verb && !subject && is_of(rules, t, arrange)) return looked_ahead(document, at);
    // "gave them until Monday", "extended the truce through Friday"
    if (verb && !subject && limit && is_of(rules, t, grant)) return looked_ahead(document, at);
    if (t.tag == "VBD") return limit ? Tense::kUnknown : Tense::kPast;
    if (verb) {
      bool past = false, present = false, to = false;
      // "may have met on Friday" is past; "will have left by Friday" is not.
      const bool perfect = has_child(document, at, "aux", "have");
      for (const std::uint32_t child : few_children(document, at)) {
        const language::Token& c = document.tokens[child];
        if (c.dep != "aux" && c.dep != "auxpass") continue;
        const bool will = c.lemma == "will" || c.lemma == "shall" || c.lower == "'ll";
        const bool may = c.lemma == "may" || c.lower == "can" || c.lower == "would" ||
                         c.lower == "should" || c.lower == "must";
        if (c.tag == "MD" && (will || (may && !perfect))) {
          // What the subject tells has its own time: "the attack on Friday will be remembered".
          return subject ? Tense::kUnknown : Tense::kFuture;
        }
        to = to || c.tag == "TO";
        past = past || c.tag == "VBD" || c.lower == "have" || c.lower == "has";
        present = present || c.tag == "VBZ" || c.tag == "VBP";
      }
      if (past) return limit ? Tense::kUnknown : Tense::kPast;
      if (t.tag == "VBN" && !present && !to) return Tense::kPast;
      if (t.tag == "VBZ" || t.tag == "VBP") {
        // "The talks open on Monday": the present of timetables.
        return !subject && is_of(rules, t, timetable) ? Tense::kFuture : Tense::kPresent;
      }
      if (present) return Tense::kPresent;
      infinitive = to;
    }
    if (t.head == at) break;
    subject = t.dep == "nsubj" || t.dep == "nsubjpass";
    // "the first (men) to join on Friday were", not "is to join"
    if (subject || t.tag.starts_with("NN")) infinitive = false;
    at = t.head;
  }
  return Tense::kUnknown;
}

/// Whether what a token belongs to is told by the way, apart from the line of the story: in a
/// relative clause, in the past perfect, as a limit ("until the fall of the town in 1945").
bool told_aside(const Document& document, std::uint32_t token) {
  constexpr int kMostSteps = 24;
  std::uint32_t at = token;
  for (int step = 0; step < kMostSteps; ++step) {
    const language::Token& t = document.tokens[at];
    if (t.dep == "relcl" || t.dep == "acl" || t.dep == "appos") return true;
    if (t.dep == "prep" && (t.lower == "until" || t.lower == "since")) return true;
    if (t.tag == "VBN" && has_child(document, at, "aux", "had")) return true;
    if (t.head == at) break;
    at = t.head;
  }
  return false;
}

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
  std::optional<Steps> steps;
  if (context.trace) steps.emplace(context.tables.time_rules, atoms, matches);
  std::size_t name = 0;
  for (const TimeMatch& match : matches.found) {
    if (inside_name(document, atoms, match, name)) continue;
    Time time;
    time.id = fmt::format("t{}", record.times.size() + 1);
    time.span = match.span;
    TimeSetting setting;
    if (!document.tokens.empty()) {
      const std::uint32_t token = atoms[match.atom_end - 1].token;
      setting = {tense_above(document, context.tables.time_rules, token),
                 told_aside(document, token), document.tokens[token].sentence};
    }
    if (resolver.resolve(matches, match.meaning, setting, time)) {
      time.granularity = granularity_of(time.value);
      if (steps) steps->explain(match, time.id, *context.trace);
      record.times.push_back(std::move(time));
    }
  }
}

}  // namespace dateline::reading
