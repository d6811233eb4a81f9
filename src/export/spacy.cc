// Labelled spans as spaCy takes them: Example.from_dict(doc, line) with the keys "text" and
// "spans".
//
// The groups are "events" (a trigger under its type), "checked" (those of them that a person
// confirmed, corrected or added) and "parts" (what takes part, under its role).
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "export/json_line.h"
#include "export/marked.h"

namespace dateline::exporting {

namespace {

using Labelled = std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>>;

std::string label_of(std::string role) {
  std::ranges::transform(role, role.begin(), [](char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  return role;
}

}  // namespace

std::vector<ReportFile> as_spacy(const CorrectedReport& report) {
  Labelled events, checked, parts;
  for (const MarkedEvent& marked : marked_events(report)) {
    for (const Mark& mark : marked.marks) {
      const bool is_event = mark.role.empty();
      const std::string label = is_event ? marked.event->type : label_of(mark.role);
      (is_event ? events : parts).emplace(mark.at.begin, mark.at.end, label);
      if (is_event && marked.state.starts_with("person")) {
        checked.emplace(mark.at.begin, mark.at.end, label);
      }
    }
  }
  ReportFile file{".jsonl", {}};
  {
    JsonLine line(file.text);
    line.known("text", report.report.record.text);
    line.object("spans", [&] {
      for (const auto& [name, spans] :
           {std::pair("events", &events), {"checked", &checked}, {"parts", &parts}}) {
        line.array(name, *spans, [&](const auto& span) {
          line.items([&] {
            line.number(std::get<0>(span));
            line.number(std::get<1>(span));
            line.value(std::get<2>(span));
          });
        });
      }
    });
    line.object("meta", [&] {
      line.known("report", report.report.ref.id);
      line.known("content", report.report.content);
    });
  }
  return {std::move(file)};
}

}  // namespace dateline::exporting
