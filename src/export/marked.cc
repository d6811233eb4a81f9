// SPDX-License-Identifier: Apache-2.0
#include "export/marked.h"

#include <algorithm>

#include "record/offsets.h"

namespace dateline::exporting {

namespace {

template <typename Item>
const Item* item_called(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::vector<MarkedEvent> marked_events(const CorrectedReport& report) {
  const Record& record = report.report.record;
  const record::CodePoints points(record.text);
  std::vector<MarkedEvent> all;
  for (const Event& event : record.events) {
    MarkedEvent& marked = all.emplace_back();
    marked.event = &event;
    if (const auto state = report.states.find(event.id); state != report.states.end()) {
      marked.state = state->second;
    }
    const auto mark = [&](std::string role, Span span) {
      if (span.begin >= span.end || span.end > record.text.size()) return;
      marked.marks.push_back({std::move(role),
                              {points.at(span.begin), points.at(span.end)},
                              std::string(span.of(record.text))});
    };
    mark("", event.trigger);
    for (const Participant& who : event.actors) mark("Actor", who.span);
    for (const Participant& who : event.recipients) mark("Recipient", who.span);
    if (const Place* place = item_called(record.places, event.place)) mark("Place", place->span);
    if (const Time* time = event.date ? item_called(record.times, event.date->time) : nullptr) {
      mark("Day", time->span);
    }
    for (const std::string& id : event.quantities) {
      const Quantity* counted = item_called(record.quantities, id);
      if (counted == nullptr || counted->counts.empty()) continue;
      std::string role = counted->counts;
      if (role[0] >= 'a' && role[0] <= 'z') role[0] = static_cast<char>(role[0] - 'a' + 'A');
      mark(role, counted->span);
    }
  }
  return all;
}

}  // namespace dateline::exporting
