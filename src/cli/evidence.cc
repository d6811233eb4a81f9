// SPDX-License-Identifier: Apache-2.0
#include "cli/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/columns.h"
#include "cli/terminal.h"
#include "export/places_in_file.h"
#include "export/wording.h"
#include "record/telling.h"

namespace dateline::cli {

namespace {

constexpr int kLabel = 14;

template <typename Item>
const Item* named(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return id.empty() || found == items.end() ? nullptr : &*found;
}

class Evidence {
 public:
  Evidence(const StoredReport& stored, int width, bool color, std::string& out)
      : stored_(stored), record_(stored.record), width_(width), color_(color), out_(out) {}

  void print() {
    const TimelineEvent& event = *stored_.event;
    const std::size_t dot = event.handle.find('.');
    const Event* read = named(record_.events, std::string_view(event.handle).substr(dot + 1));
    if (read == nullptr) return;
    head(event);
    for (const Who& who : event.actors) row("who", who_text(who), who.words);
    for (const Who& who : event.recipients) row("to whom", who_text(who), who.words);
    when(event, *read);
    if (event.place) row("where", where_text(*event.place), event.place->words);
    for (const HowMany& counted : event.quantities) {
      row("how many", exporting::numbers_counted({counted}), counted.words);
    }
    according_to(event, *read);
    row("status", event.status + (event.polarity.empty() ? "" : ", " + event.polarity), "");
    row("by a person", exporting::state(event), "");
    if (event.confidence) row("confidence", exporting::number(*event.confidence), "");
    sentence(*read);
    others(*read);
    report();
  }

 private:
  std::string words(Span span) const {
    if (span.begin > span.end || span.end > record_.text.size()) return "";
    return std::string(span.of(record_.text));
  }

  std::string words(const std::vector<Span>& spans) const {
    std::string all;
    for (const Span span : spans) all += (all.empty() ? "" : " … ") + words(span);
    return all;
  }

  static std::string who_text(const Who& who) {
    std::string codes = who.country;
    if (!who.sector.empty()) codes += (codes.empty() ? "" : " ") + who.sector;
    return codes.empty() ? who.name : fmt::format("{} ({})", who.name, codes);
  }

  static std::string where_text(const Where& place) {
    std::string text = place.name;
    if (!place.country.empty()) text += " (" + place.country + ")";
    if (place.lat && place.lon) {
      text += fmt::format(", {:.4f} {:.4f}", *place.lat, *place.lon);
    }
    if (!place.precision.empty()) text += ", " + place.precision;
    return text;
  }

  void head(const TimelineEvent& event) {
    std::string text = event.handle + "  " + event.type;
    if (!event.mode.empty()) text += " " + event.mode;
    for (const std::string& context : event.contexts) text += ", " + context;
    if (color_) out_ += kBold;
    for (const std::string& line : wrapped(text, width_)) out_ += line + "\n";
    if (color_) out_ += kPlain;
  }

  void row(std::string_view label, std::string value, const std::string& quoted) {
    if (!quoted.empty()) value += (value.empty() ? "“" : "  “") + quoted + "”";
    if (value.empty()) return;
    std::string_view first = label;
    for (const std::string& line : wrapped(value, std::max(width_ - kLabel - 2, 20))) {
      out_ += fmt::format("  {:<{}}{}\n", first, kLabel, line);
      first = "";
    }
  }

  void when(const TimelineEvent& event, const Event& read) {
    const Time* time = read.date ? named(record_.times, read.date->time) : nullptr;
    std::string text = exporting::days(event.begin, event.end);
    if (text.empty()) {
      row("when", "the report gives no date", "");
      return;
    }
    if (time != nullptr && !time->from.empty()) text += ", counted from " + counted_from(*time);
    if (event.day_from == "published") text += ", from the day of publication";
    if (event.day_from == "context") text += ", told by another sentence:";
    row("when", text, time == nullptr ? "" : words(time->span));
  }

  std::string counted_from(const Time& time) const {
    if (time.from == "published") {
      return "publication" + (record_.published ? " on " + record_.published->value : "");
    }
    const Time* other = named(record_.times, time.from);
    return other == nullptr ? time.from : "“" + words(other->span) + "”";
  }

  void according_to(const TimelineEvent& event, const Event& read) {
    if (event.according_to.empty()) {
      row("according to", "the report itself", "");
      return;
    }
    for (std::size_t i = 0; i < event.according_to.size(); ++i) {
      row("according to", exporting::voices({event.according_to[i]}), event.according_to[i].words);
      const Attribution* said = i < read.according_to.size()
                                    ? named(record_.attributions, read.according_to[i])
                                    : nullptr;
      if (said == nullptr) continue;
      const std::string cue = words(said->cue.spans);
      row("", cue.empty() ? "" : cue + ":", words(said->content));
    }
  }

  void sentence(const Event& event) {
    row("words", "", words(record::telling_of(record_, event)));
    row("read from", "", words(event.trigger));
    row("stands at", exporting::places_in_file(record_, record::telling_of(record_, event)), "");
  }

  /// Other mentions of the same happening in this report.
  void others(const Event& event) {
    for (const Event& other : record_.events) {
      if (other.incident.empty() || other.incident != event.incident || other.id == event.id) {
        continue;
      }
      row("also told", stored_.ref.handle + "." + other.id,
          words(record::telling_of(record_, other)));
    }
  }

  void report() {
    const ReportRef& ref = stored_.ref;
    std::string text = ref.handle + "  " + exporting::origin(ref);
    if (!ref.published.empty()) text += ", " + ref.published.substr(0, 10);
    if (!ref.title.empty()) text += ": " + ref.title;
    row("report", text, "");
    for (const std::string& place : stored_.found_at) row("found at", place, "");
  }

  const StoredReport& stored_;
  const Record& record_;
  int width_;
  bool color_;
  std::string& out_;
};

}  // namespace

void append_evidence(const StoredReport& stored, int width, bool color, std::string& out) {
  if (stored.event) Evidence(stored, width, color, out).print();
}

}  // namespace dateline::cli
