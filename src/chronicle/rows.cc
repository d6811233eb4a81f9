// SPDX-License-Identifier: Apache-2.0
#include "chronicle/rows.h"

#include <fmt/format.h>

#include <array>

#include "record/offsets.h"
#include "record/telling.h"

namespace dateline {

using chronicle::Database;
using chronicle::known;
using chronicle::Value;

namespace {

class Writer {
 public:
  Writer(Database& database, std::int64_t report, const Record& record)
      : database_(database), report_(report), record_(record), points_(record.text) {}

  void write() {
    for (const Entity& entity : record_.entities) write(entity);
    for (const Time& time : record_.times) write(time);
    for (const Place& place : record_.places) write(place);
    for (const Quantity& quantity : record_.quantities) write(quantity);
    for (const Attribution& attribution : record_.attributions) write(attribution);
    for (const Event& event : record_.events) write(event);
    std::int64_t n = 0;
    for (const std::string& warning : record_.warnings) {
      database_.run("INSERT INTO warnings VALUES (?, ?, ?)", report_, n++, warning);
    }
  }

 private:
  std::int64_t begin(Span span) const { return points_.at(span.begin); }
  std::int64_t end(Span span) const { return points_.at(span.end); }

  std::string_view words(Span span) const {
    const std::string_view text = record_.text;
    if (span.begin > span.end || span.end > text.size()) return {};
    return span.of(text);
  }

  std::string words(const std::vector<Span>& spans) const {
    std::string out;
    for (const Span span : spans) {
      if (!out.empty()) out += " \u2026 ";
      out += words(span);
    }
    return out;
  }

  void write(const Entity& entity) {
    const ActorCode none, &actor = entity.actor ? *entity.actor : none;
    database_.run("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)", report_, entity.id,
                  known(entity.kind), known(entity.name), known(actor.country), known(actor.sector),
                  known(actor.from));
    std::int64_t n = 0;
    for (const Alias& alias : entity.aliases) {
      database_.run("INSERT INTO aliases VALUES (?, ?, ?, ?, ?, ?)", report_, entity.id, n++,
                    alias.name, alias.span ? Value(begin(*alias.span)) : nullptr,
                    alias.span ? Value(end(*alias.span)) : nullptr);
    }
    n = 0;
    for (const Mention& mention : entity.mentions) {
      database_.run("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?)", report_, entity.id, n++,
                    known(mention.form), begin(mention.span), end(mention.span),
                    words(mention.span));
    }
  }

  void write(const Time& time) {
    database_.run("INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", report_, time.id,
                  begin(time.span), end(time.span), words(time.span), known(time.type),
                  known(time.value), known(time.mod), known(time.begin), known(time.end),
                  known(time.from));
  }

  void write(const Place& place) {
    database_.run("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  report_, place.id, begin(place.span), end(place.span), words(place.span),
                  known(place.entity), known(place.name),
                  place.geonameid ? Value(*place.geonameid) : nullptr, known(place.lat),
                  known(place.lon), known(place.country), known(place.admin1), known(place.feature),
                  known(place.precision), known(place.confidence));
  }

  void write(const Quantity& quantity) {
    database_.run("INSERT INTO quantities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", report_,
                  quantity.id, begin(quantity.span), end(quantity.span), words(quantity.span),
                  known(quantity.value), known(quantity.min), known(quantity.max),
                  known(quantity.qualifier), known(quantity.unit), known(quantity.counts));
  }

  void write(const Attribution& said) {
    database_.run("INSERT INTO attributions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", report_,
                  said.id, known(said.source.entity), known(words(said.source.spans)),
                  known(said.cue.lemma), known(words(said.cue.spans)), known(words(said.content)),
                  known(said.form), known(said.stance), known(said.inside));
    const std::array<std::pair<std::string_view, const std::vector<Span>*>, 3> parts = {
        {{"source", &said.source.spans}, {"cue", &said.cue.spans}, {"content", &said.content}}};
    for (const auto& [part, spans] : parts) {
      std::int64_t n = 0;
      for (const Span span : *spans) {
        database_.run("INSERT INTO attribution_spans VALUES (?, ?, ?, ?, ?, ?)", report_, said.id,
                      part, n++, begin(span), end(span));
      }
    }
  }

  void write(const Event& event) {
    const EventDate none, &date = event.date ? *event.date : none;
    const Span sentence = record::telling_of(record_, event);
    database_.run(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        report_, event.id, known(event.incident), known(event.type), known(event.mode),
        begin(event.trigger), end(event.trigger), words(event.trigger), begin(sentence),
        end(sentence), words(sentence), known(date.begin), known(date.end), known(date.time),
        known(event.place), known(event.polarity), known(event.status), known(event.confidence),
        known(date.from), event.main ? Value(std::int64_t{*event.main}) : Value(nullptr));
    const auto participants = [&](std::string_view role, const std::vector<Participant>& several) {
      std::int64_t n = 0;
      for (const Participant& who : several) {
        database_.run("INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?, ?, ?)", report_, event.id,
                      role, n++, known(who.entity), begin(who.span), end(who.span),
                      words(who.span));
      }
    };
    participants("actor", event.actors);
    participants("recipient", event.recipients);
    std::int64_t n = 0;
    for (const std::string& context : event.contexts) {
      database_.run("INSERT INTO event_contexts VALUES (?, ?, ?, ?)", report_, event.id, n++,
                    context);
    }
    n = 0;
    for (const std::string& quantity : event.quantities) {
      database_.run("INSERT INTO event_quantities VALUES (?, ?, ?, ?)", report_, event.id, n++,
                    quantity);
    }
    n = 0;
    for (const std::string& attribution : event.according_to) {
      database_.run("INSERT INTO according_to VALUES (?, ?, ?, ?)", report_, event.id, n++,
                    attribution);
    }
  }

  Database& database_;
  std::int64_t report_;
  const Record& record_;
  record::CodePoints points_;
};

}  // namespace

namespace chronicle {

void write_rows(Database& database, std::int64_t report, const Record& record) {
  Writer(database, report, record).write();
}

void forget_rows(Database& database, std::int64_t report) {
  for (const char* table :
       {"entities", "aliases", "mentions", "times", "places", "quantities", "attributions",
        "attribution_spans", "events", "event_contexts", "participants", "event_quantities",
        "according_to", "warnings", "event_facts"}) {
    database.run(fmt::format("DELETE FROM {} WHERE report = ?", table), report);
  }
}

}  // namespace chronicle
}  // namespace dateline
