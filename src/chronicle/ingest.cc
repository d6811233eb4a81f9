// A record into the tables: one report, one transaction, in whole or not at all.
//
// The rows of a report are for asking, with what people corrected (corrections/apply.h). The record
// is kept beside them as compressed JSON, as it was read.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "article/dates/iso.h"
#include "chronicle/actors/joining.h"
#include "chronicle/corrections/apply.h"
#include "chronicle/facts.h"
#include "chronicle/impl.h"
#include "chronicle/packing.h"

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
        "SELECT key, coalesce(nullif(?3, ''), id) AS called, "
        "EXISTS (SELECT 1 FROM found WHERE uri = ?4 AND +report = key AND id = coalesce(nullif(?3, "
        "''), reports.id)) FROM reports "
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
    if (outcome == Ingested::kReplaced) chronicle::actors::forget(database, report);
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
    chronicle::corrections::keep_corrected(database, report, fingerprint.content, record,
                                           outcome == Ingested::kReplaced);
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
