// The happenings of a report as a reader would write them down: one object a report, what is not
// told is null.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "export/json_line.h"
#include "export/marked.h"

namespace dateline::exporting {

namespace {

constexpr std::array<std::string_view, 4> kCounted = {"dead", "wounded", "detained", "displaced"};

/// One happening of the report: its mentions.
using Told = std::vector<const MarkedEvent*>;

template <typename Item>
const Item* item_of(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

class Chronologist {
 public:
  Chronologist(const CorrectedReport& report, JsonLine& line)
      : record_(report.report.record), line_(line), events_(marked_events(report)) {}

  void write(const ReportRef& ref) {
    line_.known("id", ref.id);
    line_.known("text", record_.text);
    line_.known("date", ref.published.substr(0, 10));
    line_.spans("sentences", record_.sentences, record_.text);
    line_.list("happenings", happenings(),
               [&](const Told& told) { line_.item([&] { write(told); }); });
  }

 private:
  /// In the order of their first mentions.
  std::vector<Told> happenings() const {
    std::vector<Told> all;
    for (const MarkedEvent& marked : events_) {
      const std::string& incident = marked.event->incident;
      const auto found = std::ranges::find_if(all, [&](const Told& told) {
        return !incident.empty() && told.front()->event->incident == incident;
      });
      if (found != all.end()) {
        found->push_back(&marked);
      } else {
        all.push_back({&marked});
      }
    }
    return all;
  }

  void write(const Told& told) {
    const Event& event = *told.front()->event;
    text("type", event.type);
    line_.list("mentions", told, [&](const MarkedEvent* marked) {
      line_.items([&] {
        line_.number(marked->event->sentence);
        line_.value(marked->marks.empty() ? "" : marked->marks[0].words);
      });
    });
    parties("actors", event.actors);
    parties("recipients", event.recipients);
    text("begin", event.date ? event.date->begin : "");
    text("end", event.date ? event.date->end : "");
    const Place* place = item_of(record_.places, event.place);
    text("place", place == nullptr ? "" : called(place->span, place->name));
    text("country", place == nullptr ? "" : place->country);
    for (const std::string_view counts : kCounted) number(counts, told);
    text("status", event.polarity == "negated" ? "denied"
                   : event.status == "ongoing" ? "actual"
                                               : event.status);
    text("told_by", voice(event));
    line_.flag("main", std::ranges::any_of(told, [](const MarkedEvent* marked) {
                 return marked->event->main.value_or(false);
               }));
    text("state", told.front()->state);
  }

  void text(std::string_view name, std::string_view value) {
    value.empty() ? line_.null(name) : line_.known(name, value);
  }

  /// As the report writes it, else by its name.
  std::string called(Span span, const std::string& name) const {
    const bool has_words = span.begin < span.end && span.end <= record_.text.size();
    return has_words ? std::string(span.of(record_.text)) : name;
  }

  void parties(std::string_view name, const std::vector<Participant>& several) {
    line_.list(name, several, [&](const Participant& who) {
      const Entity* entity = item_of(record_.entities, who.entity);
      line_.value(entity != nullptr && !entity->name.empty() ? entity->name : called(who.span, ""));
    });
  }

  void number(std::string_view counts, const Told& told) {
    const Quantity* most = nullptr;
    for (const MarkedEvent* marked : told) {
      for (const std::string& id : marked->event->quantities) {
        const Quantity* one = item_of(record_.quantities, id);
        if (one == nullptr || one->counts != counts || !(one->min || one->max)) continue;
        if (most == nullptr || one->value > most->value) most = one;
      }
    }
    if (most == nullptr) return line_.null(counts);
    line_.list(counts, std::array{most->min, most->max}, [&](const std::optional<double>& bound) {
      bound ? line_.number(*bound) : line_.null();
    });
  }

  std::string voice(const Event& event) const {
    if (event.according_to.empty()) return "";
    const Attribution* said = item_of(record_.attributions, event.according_to.front());
    if (said == nullptr) return "";
    const Entity* source = item_of(record_.entities, said->source.entity);
    const Span words = said->source.spans.empty() ? Span{} : said->source.spans.front();
    return called(words, source == nullptr ? "" : source->name);
  }

  const Record& record_;
  JsonLine& line_;
  const std::vector<MarkedEvent> events_;
};

}  // namespace

std::vector<ReportFile> as_chronology(const CorrectedReport& report) {
  ReportFile file{".jsonl", {}};
  {
    JsonLine line(file.text);
    Chronologist(report, line).write(report.report.ref);
  }
  return {std::move(file)};
}

}  // namespace dateline::exporting
