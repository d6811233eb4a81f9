// A record into the tables: one report, one transaction, in whole or not at all.
//
// Each item is kept with the words it was read from, and with its span in code points, so that any
// tool can check a value against its report. The record itself is kept too, as compressed JSON:
// the tables are for asking, the record is what was read.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "article/dates/iso.h"
#include "chronicle/actors/joining.h"
#include "chronicle/facts.h"
#include "chronicle/impl.h"
#include "chronicle/matching/matching.h"
#include "chronicle/packing.h"
#include "record/offsets.h"
#include "record/telling.h"

namespace dateline {

using chronicle::Database;
using chronicle::known;
using chronicle::Transaction;

namespace {

/// The name a report's outlet goes by: its publisher, else the host of its address; a file's name
/// is nobody's.
std::string outlet_of(const Origin& source) {
  if (!source.publisher.empty()) return source.publisher;
  std::string_view rest = source.uri;
  const std::size_t scheme = rest.find("://");
  if (scheme == std::string_view::npos) return "";
  rest.remove_prefix(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t user = rest.rfind('@'); user != std::string_view::npos) {
    rest.remove_prefix(user + 1);
  }
  if (rest.starts_with("www.")) rest.remove_prefix(4);
  return std::string(rest);
}

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
                    alias.name, alias.span ? chronicle::Value(begin(*alias.span)) : nullptr,
                    alias.span ? chronicle::Value(end(*alias.span)) : nullptr);
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
                  place.geonameid ? chronicle::Value(*place.geonameid) : nullptr, known(place.lat),
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
        known(date.from),
        event.main ? chronicle::Value(std::int64_t{*event.main}) : chronicle::Value(nullptr));
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

/// Takes out what a report's last reading gave.
void forget(Database& database, std::int64_t report) {
  for (const char* table :
       {"entities", "aliases", "mentions", "times", "places", "quantities", "attributions",
        "attribution_spans", "events", "event_contexts", "participants", "event_quantities",
        "according_to", "warnings", "event_facts"}) {
    database.run(fmt::format("DELETE FROM {} WHERE report = ?", table), report);
  }
}

/// Notes where a report's content was found, once a place. Whether the report is now found by it.
bool note_found(Database& database, std::int64_t report, const std::string& id,
                const std::string& uri) {
  database.run(
      "INSERT INTO found SELECT ?1, (SELECT coalesce(max(n) + 1, 0) FROM found WHERE report = ?1), "
      "?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM found WHERE uri = ?3 AND id = ?2 AND +report = ?1)",
      report, id, uri);
  const bool added = sqlite3_changes(database.handle()) > 0;
  if (!added) return false;
  auto rows = database.select("SELECT max(n) FROM found WHERE report = ?", {report});
  return rows.next() && rows.number(0) < chronicle::facts::kMostFound;
}

/// As published would have it.
std::string assumed_day(const Input& input) {
  return article::read_given_date(input.assumed_date).value_or("");
}

}  // namespace

Result<Known> Chronicle::knows(const Fingerprint& fingerprint, const Input& input) {
  const std::string& found_at = input.file.empty() ? input.uri : input.file;
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::int64_t report = 0;
  const std::string assumed = assumed_day(input);  // Outlives the rows that it is asked with.
  std::string found_id;
  bool noted = false;
  {
    auto rows = database.select(
        "SELECT key, coalesce(nullif(?3, ''), id) AS called, EXISTS (SELECT 1 FROM found WHERE uri "
        "= "
        "?4 AND +report = key AND id = coalesce(nullif(?3, ''), reports.id)) FROM reports "
        "WHERE content = ?1 AND reading = ?2 AND (?5 = '' OR published = ?5 OR "
        "coalesce(published_from, 'assumed') <> 'assumed')",
        {fingerprint.content, fingerprint.reading, input.id, found_at, assumed});
    if (rows.next()) {
      report = rows.number(0);
      found_id = rows.text(1);
      noted = rows.number(2) != 0;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (report == 0) return Known::kNo;
  if (noted) return Known::kYes;
  Transaction transaction(database);
  if (note_found(database, report, found_id, found_at)) chronicle::facts::keep(database, report);
  if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  return Known::kElsewhere;
}

Result<Ingested> Chronicle::ingest(const Record& record, const Fingerprint& fingerprint,
                                   std::string_view page) {
  std::string json;
  append_json(record, json);
  const std::string packed = chronicle::compressed(json);
  const std::string packed_page = page.empty() ? "" : chronicle::compressed(page);
  if (packed.empty() || packed_page.empty() != page.empty()) {
    return fail(4008, "a record could not be compressed: out of memory");
  }
  const std::string outlet = outlet_of(record.source);
  const Published unknown, &published = record.published ? *record.published : unknown;

  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  Transaction transaction(database);
  std::int64_t report = 0;
  bool is_in = false;
  {
    // Another assumed day is another reading too.
    auto rows = database.select(
        "SELECT key, reading = ?2 AND (?3 <> 'assumed' OR published = ?4) FROM reports "
        "WHERE content = ?1",
        {fingerprint.content, fingerprint.reading, published.from, published.value});
    if (rows.next()) {
      report = rows.number(0);
      is_in = rows.number(1) != 0;
    }
  }
  const Ingested outcome = report == 0 ? Ingested::kAdded
                           : is_in     ? Ingested::kSkipped
                                       : Ingested::kReplaced;
  if (outcome != Ingested::kSkipped) {
    if (outcome == Ingested::kReplaced) {
      chronicle::actors::forget(database, report);
      chronicle::matching::forget(database, report);
      forget(database, report);
    }
    database.run(
        report == 0
            ? "INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
              "?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
            : "UPDATE reports SET reading = ?3, uri = ?5, publisher = ?6, outlet = ?7, media_type "
              "= ?8, "
              "retrieved = ?9, title = ?10, language = ?11, published = ?12, published_from = ?13, "
              "modified = ?14, engine = ?15, pipeline = ?16, knowledge = ?17, text = ?18, "
              "record = ?19, file = ?20, licence = ?21 WHERE key = ?1",
        report == 0 ? chronicle::Value(nullptr) : report, fingerprint.content, fingerprint.reading,
        record.id, known(record.source.uri), known(record.source.publisher), outlet,
        known(record.source.media_type), known(record.source.retrieved), known(record.title),
        known(record.language), known(published.value), known(published.from),
        known(record.modified), known(record.read_by.engine), known(record.read_by.pipeline),
        known(record.read_by.knowledge), record.text, chronicle::Blob{packed},
        known(record.source.file), known(record.source.licence));
    if (report == 0) report = database.last_key();
    Writer(database, report, record).write();
    chronicle::matching::keep(database, report, fingerprint.content, record);
    chronicle::actors::keep(database, report, record);
    if (!page.empty()) {
      database.run("INSERT OR REPLACE INTO pages VALUES (?, ?)", report,
                   chronicle::Blob{packed_page});
    }
  }
  const std::string& file = record.source.file;
  const bool found =
      note_found(database, report, record.id, file.empty() ? record.source.uri : file);
  if (outcome != Ingested::kSkipped || found) chronicle::facts::keep(database, report);
  database.run("DELETE FROM rejected WHERE content = ?", fingerprint.content);
  if (auto error = transaction.commit()) {
    error->message += fmt::format(" [report {}]", record.id);
    return tl::unexpected(std::move(*error));
  }
  return outcome;
}

Result<Ingested> Chronicle::keep_rejected(const Rejection& rejection) {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  Transaction transaction(database);
  database.run(
      "INSERT INTO rejected VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET id = ?4, "
      "code = ?5, reason = ?6, reading = ?7 "
      "WHERE id <> ?4 OR code <> ?5 OR reason <> ?6 OR reading IS NOT ?7",
      rejection.uri, static_cast<std::int64_t>(rejection.line), rejection.content, rejection.id,
      static_cast<std::int64_t>(rejection.code), rejection.reason, known(rejection.reading));
  const bool changed = sqlite3_changes(database.handle()) > 0;
  if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  return changed ? Ingested::kAdded : Ingested::kSkipped;
}

Result<bool> Chronicle::has_rejected(const Fingerprint& fingerprint, int code) const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  bool found = false;
  {
    auto rows =
        database.select("SELECT 1 FROM rejected WHERE content = ? AND reading = ? AND code = ?",
                        {fingerprint.content, fingerprint.reading, std::int64_t{code}});
    found = rows.next();
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return found;
}

Result<std::vector<Rejection>> Chronicle::rejected() const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::vector<Rejection> all;
  {
    auto rows = database.select(
        "SELECT id, uri, line, content, code, reason FROM rejected ORDER BY uri, line, content");
    while (rows.next()) {
      all.push_back({rows.text(0), rows.text(1), static_cast<std::uint64_t>(rows.number(2)),
                     rows.text(3), static_cast<int>(rows.number(4)), rows.text(5)});
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return all;
}

}  // namespace dateline
