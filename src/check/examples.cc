// SPDX-License-Identifier: Apache-2.0
#include "check/examples.h"

#include <fmt/format.h>

#include <algorithm>

#include "article/plain/markers.h"
#include "knowledge/own_events.h"
#include "knowledge/time_rules.h"

namespace dateline::check {

namespace {

using knowledge::OwnEvent;
using Trials = Result<std::vector<Trial>>;

Result<Explained> read_example(const Explainer& explainer, const std::string& text) {
  Input input;
  input.bytes = text;
  input.verbatim = true;
  input.date = kExampleDay;
  return explainer.read(input);
}

/// The words of the parties: "Rebels" and "the army".
std::string listed(const std::vector<std::string>& parties) {
  std::string made;
  for (const std::string& party : parties) {
    made += fmt::format("{}\"{}\"", made.empty() ? "" : " and ", party);
  }
  return made.empty() ? "nobody" : made;
}

/// Whether these are the parties wanted: each is one of them, and each of them is there.
bool are(const std::vector<std::string>& found, std::vector<std::string> wanted) {
  if (wanted.empty()) return true;
  std::erase(wanted, OwnEvent::kNobody);
  const auto meet = [](const std::string& a, const std::string& b) {
    return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
  };
  const auto all_in = [&](const auto& some, const auto& others) {
    return std::all_of(some.begin(), some.end(), [&](const std::string& one) {
      return std::any_of(others.begin(), others.end(),
                         [&](const std::string& other) { return meet(one, other); });
    });
  };
  return all_in(found, wanted) && all_in(wanted, found);
}

std::vector<std::string> words_of(const std::vector<Participant>& side, const Record& record) {
  std::vector<std::string> words;
  for (const Participant& party : side) words.emplace_back(party.span.of(record.text));
  return words;
}

/// What an example gave whose row did not fire.
std::string instead(const Record& record) {
  std::string made = "does not fire";
  for (const Event& event : record.events) {
    made += fmt::format("; \"{}\" tells of {}", event.trigger.of(record.text), event.type);
  }
  return made;
}

void try_own_event(const OwnEvent& row, const Explained& explained, Trial& trial) {
  const Record& record = explained.record;
  for (const reading::Reason& reason : explained.trace.reasons) {
    if (reason.table != OwnEvent::kTable) continue;
    const std::string_view words = reason.span.of(record.text);
    if (reason.line != row.tells.line) {
      trial.gives += fmt::format("the row of line {} has \"{}\"; ", reason.line, words);
      continue;
    }
    const auto event = std::find_if(record.events.begin(), record.events.end(),
                                    [&](const Event& e) { return e.id == reason.item; });
    if (event == record.events.end()) {
      trial.holds = row.tells.type == OwnEvent::kNone;
      trial.gives = fmt::format("\"{}\" tells of no event", words);
      return;
    }
    const auto actors = words_of(event->actors, record),
               recipients = words_of(event->recipients, record);
    trial.gives = fmt::format("\"{}\" tells of {}: actor {}, recipient {}", words, event->type,
                              listed(actors), listed(recipients));
    trial.holds = are(actors, row.actors) && are(recipients, row.recipients);
    if (!trial.holds) {
      trial.gives +=
          fmt::format("; wrong side: should be {}, {}", listed(row.actors), listed(row.recipients));
    }
    return;
  }
  trial.gives += instead(record);
}

Trials own_events(const Explainer& explainer) {
  const auto own = knowledge::OwnEvents::load(explainer.knowledge());
  if (!own) return tl::unexpected(own.error());
  std::vector<Trial> trials;
  for (const OwnEvent& row : own->rows()) {
    const auto explained = read_example(explainer, row.example);
    if (!explained) return tl::unexpected(explained.error());
    trials.push_back({std::string(OwnEvent::kTable), row.tells.line, row.words, false, ""});
    try_own_event(row, *explained, trials.back());
  }
  return trials;
}

/// "NONE -" says that nothing is read: the rule keeps its words from being taken for a time.
Trials time_rules(const Explainer& explainer) {
  const auto rules = knowledge::TimeRules::load(explainer.knowledge());
  if (!rules) return tl::unexpected(rules.error());
  std::vector<Trial> trials;
  for (const auto& rule : rules->rules()) {
    for (const auto& example : rule.examples) {
      const auto explained = read_example(explainer, example.text);
      if (!explained) return tl::unexpected(explained.error());
      const Record& record = explained->record;
      Trial trial{"time_rules.tsv", rule.line, rule.name, false, ""};
      trial.holds = example.type == "NONE" && record.times.empty();
      for (const Time& time : record.times) {
        const bool same = time.type == example.type && time.value == example.value;
        const auto& reasons = explained->trace.reasons;
        const bool used = std::any_of(reasons.begin(), reasons.end(), [&](const auto& reason) {
          return reason.item == time.id && reason.line == rule.line;
        });
        trial.holds |= same && used;
        trial.gives += fmt::format("{} = {} {}{}; ", time.span.of(record.text), time.type,
                                   time.value, used ? "" : " by another rule");
      }
      trial.gives +=
          fmt::format("\"{}\" should be {} {}", example.text, example.type, example.value);
      trials.push_back(std::move(trial));
    }
  }
  return trials;
}

Trials section_markers(const Explainer& explainer) {
  const auto markers = article::Markers::load(explainer.knowledge() / "section_markers.tsv");
  if (!markers) return tl::unexpected(markers.error());
  std::vector<Trial> trials;
  for (const auto& row : markers->rows()) {
    const auto match = markers->match(row.example);
    const std::string_view kind = match.row ? std::string_view(match.row->kind) : "nothing";
    trials.push_back({"section_markers.tsv", row.line, row.kind, kind == row.kind,
                      fmt::format("\"{}\" is {}", row.example, kind)});
  }
  return trials;
}

}  // namespace

Trials run_examples(const Explainer& explainer, const std::vector<std::string>& tables) {
  static constexpr std::pair<std::string_view, Trials (*)(const Explainer&)> kWithExamples[] = {
      {OwnEvent::kTable, own_events},
      {"section_markers.tsv", section_markers},
      {"time_rules.tsv", time_rules}};
  std::vector<Trial> all;
  for (const auto& [name, run] : kWithExamples) {
    if (std::find(tables.begin(), tables.end(), name) == tables.end()) continue;
    auto trials = run(explainer);
    if (!trials) return trials;
    all.insert(all.end(), std::make_move_iterator(trials->begin()),
               std::make_move_iterator(trials->end()));
  }
  return all;
}

}  // namespace dateline::check
