// SPDX-License-Identifier: Apache-2.0
#include "dateline/examine.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "chronicle/database.h"
#include "chronicle/opening.h"
#include "chronicle/packing.h"
#include "chronicle/schema.h"
#include "chronicle/summary.h"
#include "record/offsets.h"

namespace dateline {

using chronicle::Database;

namespace {

constexpr int kDamaged = 4007;

/// Tables whose rows keep words and where these stand.
struct Kept {
  std::string_view table, name, begin, end, words;
};
constexpr std::array<Kept, 8> kKept = {{
    {"aliases", "entity", "span_begin", "span_end", "name"},
    {"mentions", "entity", "span_begin", "span_end", "words"},
    {"times", "id", "span_begin", "span_end", "words"},
    {"places", "id", "span_begin", "span_end", "words"},
    {"quantities", "id", "span_begin", "span_end", "words"},
    {"participants", "event", "span_begin", "span_end", "words"},
    {"events", "id", "trigger_begin", "trigger_end", "trigger_words"},
    {"events", "id", "sentence_begin", "sentence_end", "sentence"},
}};

/// Rows that point nowhere: what is wrong with each that a query finds. The query's first column is
/// where, the second, if any, goes into the sentence.
struct Broken {
  int since;  ///< The store's version that has these tables.
  std::string_view query, what;
};
constexpr std::array<Broken, 11> kBroken = {{
    {1, "SELECT 'r' || key FROM reports WHERE key NOT IN (SELECT report FROM found WHERE n = 0)",
     "it was found nowhere"},
    {1, "SELECT 'r' || key FROM reports WHERE key NOT IN (SELECT id FROM report_words_docsize)",
     "search does not know it: report_words lacks it"},
    {1, "SELECT 'r' || id FROM report_words_docsize WHERE id NOT IN (SELECT key FROM reports)",
     "search knows it, and it is not there"},
    {chronicle::kHappeningsSince,
     "SELECT 'r' || key FROM reports WHERE key NOT IN (SELECT report FROM profiles)",
     "it has no profile: 'dateline match' makes it"},
    {chronicle::kHappeningsSince,
     "SELECT DISTINCT 'r' || report || '.' || id FROM events e WHERE NOT EXISTS (SELECT 1 FROM "
     "tellings t WHERE t.report = e.report AND t.incident = coalesce(e.incident, e.id)) AND "
     "e.report IN (SELECT report FROM profiles)",
     "it belongs to no happening"},
    {chronicle::kHappeningsSince,
     "SELECT 'r' || report || '.' || incident FROM tellings t WHERE NOT EXISTS (SELECT 1 FROM "
     "events e WHERE e.report = t.report AND coalesce(e.incident, e.id) = t.incident)",
     "it tells a happening, and has no event"},
    {chronicle::kHappeningsSince,
     "SELECT 'r' || report || '.' || incident FROM tellings WHERE happening NOT IN (SELECT key "
     "FROM happenings)",
     "it tells a happening that is not there"},
    {chronicle::kHappeningsSince,
     "SELECT id FROM happenings h WHERE reports > 0 AND NOT EXISTS (SELECT 1 FROM tellings t WHERE "
     "t.happening = h.key AND t.id = h.id)",
     "no account of it has its name"},
    {chronicle::kHappeningsSince,
     "SELECT 'r' || report || ' and r' || other FROM likenesses a WHERE NOT EXISTS (SELECT 1 FROM "
     "likenesses b WHERE b.report = a.other AND b.other = a.report)",
     "they are compared one way only"},
    {chronicle::kFactsSince,
     "SELECT 'r' || report || '.' || id FROM events e WHERE NOT EXISTS "
     "(SELECT 1 FROM event_facts f WHERE f.report = e.report AND f.event = e.id)",
     "no filter finds it: event_facts lacks it"},
    {chronicle::kFactsSince,
     "SELECT id FROM happenings h WHERE NOT EXISTS (SELECT 1 FROM happening_facts f WHERE "
     "f.happening = h.key)",
     "no filter finds it: happening_facts lacks it"},
}};

class Examiner {
 public:
  Examiner(Database& database, int version, const std::function<bool(const Finding&)>& visit)
      : database_(database), version_(version), visit_(visit) {}

  Result<Examined> run() {
    look_at_file();
    look_for_broken();
    look_at_reports();
    if (version_ >= chronicle::kHappeningsSince) look_at_happenings();
    if (auto error = database_.take_error()) {
      if (error->code != kDamaged) return tl::unexpected(std::move(*error));
      found("SQLite", error->message);
    }
    return examined_;
  }

 private:
  bool goes_on() const { return !stopped_; }

  void found(std::string where, std::string what) {
    if (stopped_) return;
    ++examined_.findings;
    stopped_ = !visit_({std::move(where), std::move(what)});
  }

  void look_at_file() {
    auto rows = database_.select("PRAGMA integrity_check");
    while (goes_on() && rows.next()) {
      if (const std::string said = rows.text(0); said != "ok") found("SQLite", said);
    }
    auto keys = database_.select("PRAGMA foreign_key_check");
    while (goes_on() && keys.next()) {
      found(keys.text(0), fmt::format("a row points to one of {} that is not there", keys.text(2)));
    }
  }

  void look_for_broken() {
    for (const Broken& broken : kBroken) {
      if (version_ < broken.since) continue;
      auto rows = database_.select(broken.query);
      while (goes_on() && rows.next()) found(rows.text(0), std::string(broken.what));
    }
  }

  void look_at_reports() {
    auto rows = database_.select("SELECT key, text, record FROM reports ORDER BY key");
    while (goes_on() && rows.next()) {
      ++examined_.reports;
      const std::string handle = fmt::format("r{}", rows.number(0)), text = rows.text(1);
      const record::Bytes bytes(text);
      for (const Kept& kept : kKept) look_at_words(kept, rows.number(0), handle, text, bytes);
      const auto json = chronicle::uncompressed(rows.bytes(2));
      const auto record = json ? record_from_json(*json) : tl::unexpected(json.error());
      if (!record) {
        found(handle, "its record cannot be read: " + record.error().message);
      } else if (record->text != text) {
        found(handle, "its record has another text");
      }
    }
  }

  void look_at_words(const Kept& kept, std::int64_t report, const std::string& handle,
                     std::string_view text, const record::Bytes& bytes) {
    auto rows = database_.select(
        fmt::format("SELECT {}, {}, {}, {} FROM {} WHERE report = ? AND {} IS NOT NULL", kept.name,
                    kept.begin, kept.end, kept.words, kept.table, kept.begin),
        {report});
    while (goes_on() && rows.next()) {
      const auto begin = bytes.at(static_cast<std::uint64_t>(rows.number(1)));
      const auto end = bytes.at(static_cast<std::uint64_t>(rows.number(2)));
      const bool lies_within = begin && end && *begin <= *end;
      if (lies_within && text.substr(*begin, *end - *begin) == rows.bytes(3)) continue;
      found(handle + "." + rows.text(0),
            fmt::format("{} to {} of its text is not “{}” ({})", rows.number(1), rows.number(2),
                        rows.text(3), kept.table));
    }
  }

  void look_at_happenings() {
    examined_.waiting =
        number("SELECT count(*) FROM profiles WHERE matcher IS NULL OR pending = 1") +
        number("SELECT count(*) FROM happenings WHERE reports = 0");
    // The row of one whose reports were not compared yet is a first guess.
    auto rows = database_.select(fmt::format(
        "SELECT key, id, {} FROM happenings h WHERE reports > 0 AND NOT EXISTS (SELECT 1 FROM "
        "tellings t JOIN profiles p ON p.report = t.report WHERE t.happening = h.key AND "
        "(p.matcher "
        "IS NULL OR p.pending = 1)) ORDER BY id",
        chronicle::kSummaryColumns));
    while (goes_on() && rows.next()) {
      ++examined_.happenings;
      const std::string id = rows.text(1);
      const auto summary = chronicle::summary_of(database_, version_, rows.number(0));
      if (!summary) {
        found(id, "no report tells it");
        continue;
      }
      int column = 2;
      for (const auto& [name, value] : *summary) {
        const std::string kept = rows.text(column++);
        if (kept == value) continue;
        found(id, fmt::format("its {} is '{}', and its accounts give '{}'", name, kept, value));
      }
    }
  }

  std::uint64_t number(std::string_view sql) {
    auto rows = database_.select(sql);
    return rows.next() ? static_cast<std::uint64_t>(rows.number(0)) : 0;
  }

  Database& database_;
  const int version_;
  const std::function<bool(const Finding&)>& visit_;
  Examined examined_;
  bool stopped_ = false;
};

/// Compares an index of words with the rows it is of; nothing where that cannot be done. Nothing is
/// written, but SQLite asks for the right to.
std::optional<bool> is_in_step(const std::string& path, std::string_view index) {
  auto database = Database::open(path, {.access = Access::kWrite});
  if (!database) return std::nullopt;
  database->script("BEGIN");
  database->run(fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)", index));
  const auto error = database->take_error();
  database->script("ROLLBACK");
  if (error && error->code != kDamaged) return std::nullopt;
  return !error;
}

}  // namespace

Result<Examined> examine(const std::string& path,
                         const std::function<bool(const Finding&)>& visit) {
  if (auto error = chronicle::why_unreadable(path)) return tl::unexpected(std::move(*error));
  Result<Examined> examined;
  std::vector<std::string_view> indices{"report_words"};
  {
    auto database = Database::open(path, {});
    if (!database) return tl::unexpected(std::move(database.error()));
    const auto version = chronicle::recognise_at_once(*database, path);
    if (!version) return tl::unexpected(version.error());
    if (*version == 0) return Examined{.searched = true};
    if (*version >= chronicle::kFactsSince) {
      indices.insert(indices.end(), {"event_index", "happening_index"});
    }
    const chronicle::Snapshot snapshot(*database);
    examined = Examiner(*database, *version, visit).run();
  }
  if (!examined) return examined;
  examined->searched = true;
  for (const std::string_view index : indices) {
    const auto in_step = is_in_step(path, index);
    examined->searched = examined->searched && in_step.has_value();
    if (!in_step || *in_step) continue;
    ++examined->findings;
    visit({std::string(index), "this index of words is not in step with its rows"});
  }
  return examined;
}

}  // namespace dateline
