// The store as a whole: opened, made, recognised.
//
// What a file is is told before anything is written to it: an application id and a version in its
// header. Only a file that holds nothing becomes a store.
// SPDX-License-Identifier: Apache-2.0
#include "dateline/chronicle.h"

#include <fmt/format.h>

#include <filesystem>

#include "chronicle/area.h"
#include "chronicle/backup.h"
#include "chronicle/changes.h"
#include "chronicle/facts.h"
#include "chronicle/impl.h"
#include "chronicle/names.h"
#include "chronicle/opening.h"
#include "chronicle/passages.h"
#include "chronicle/schema.h"

namespace dateline {

namespace fs = std::filesystem;

using chronicle::Database;
using chronicle::Transaction;

namespace {

std::int64_t ask(Database& database, std::string_view sql) {
  auto rows = database.select(sql);
  return rows.next() ? rows.number(0) : 0;
}

/// The version of the store, 0 where the file holds nothing yet, or why it is none of ours.
Result<int> recognise(Database& database, const std::string& path) {
  const std::int64_t application = ask(database, "PRAGMA application_id");
  const std::int64_t version = ask(database, "PRAGMA user_version");
  const std::int64_t tables = ask(database, "SELECT count(*) FROM sqlite_schema");
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (application == 0 && version == 0 && tables == 0) return 0;
  if (application != chronicle::kApplicationId || version < 1) {
    return fail(4002,
                fmt::format("{} is no chronicle: it is an SQLite file of another kind", path));
  }
  if (version > chronicle::kSchemaVersion) {
    return fail(4003, fmt::format("{} was made by a newer version of Dateline (store version {}, "
                                  "this one knows {}): use that version, or another --store",
                                  path, version, chronicle::kSchemaVersion));
  }
  return static_cast<int>(version);
}

}  // namespace

namespace chronicle {

Result<int> recognise_at_once(Database& database, const std::string& path) {
  database.run("BEGIN");
  auto version = recognise(database, path);
  database.run("COMMIT");
  return version;
}

std::optional<Error> why_unreadable(const std::string& path) {
  std::error_code ignored;
  const fs::file_status file = fs::status(path, ignored);
  if (fs::exists(file) && !fs::is_regular_file(file)) {
    return Error{4002, fmt::format("{} is no chronicle: it is not a file", path), {}};
  }
  if (file.type() != fs::file_type::not_found) return std::nullopt;
  return Error{4001,
               fmt::format("there is no chronicle at {}: ingest reports into one first, or name "
                           "another",
                           path),
               {}};
}

}  // namespace chronicle

namespace {

/// Turns write-ahead logging on. SQLite does not wait by itself while another program does the
/// same to a new file.
void use_write_ahead_log(Database& database, unsigned wait_ms) {
  constexpr unsigned kPauseMs = 20;
  for (unsigned waited = 0;; waited += kPauseMs) {
    database.run("PRAGMA journal_mode = WAL");
    auto error = database.take_error();
    if (!error) return;
    if (error->code != 4006 || waited >= wait_ms) {
      // Some file systems cannot share the log's index; the rollback journal serves there.
      if (error->code == 4006) database.fail_with(std::move(*error));
      return;
    }
    sqlite3_sleep(static_cast<int>(kPauseMs));
  }
}

/// Makes the tables that it lacks; `backup` becomes the name of the copy that is kept before.
std::optional<Error> make_ready(Database& database, const std::string& path,
                                const ChronicleOptions& options, std::string& backup) {
  if (sqlite3_db_readonly(database.handle(), "main") == 1) {
    return Error{4004, fmt::format("{} cannot be written: the file is read-only", path), {}};
  }
  if (options.max_bytes > 0) {
    const std::int64_t page = std::max<std::int64_t>(ask(database, "PRAGMA page_size"), 512);
    const auto pages = std::max<std::uint64_t>(options.max_bytes / page, 1);
    database.script(fmt::format("PRAGMA max_page_count = {}", pages).c_str());
  }
  use_write_ahead_log(database, options.wait_ms);
  // After a power cut the last reports may be missing, whole; the store itself stays sound.
  database.script("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  if (auto error = database.take_error()) return error;

  auto version = chronicle::recognise_at_once(database, path);
  if (!version) return version.error();
  if (*version == chronicle::kSchemaVersion) return std::nullopt;
  Transaction transaction(database);
  version = recognise(database, path);  // Another program may have been quicker.
  if (!version) return version.error();
  if (*version > 0 && *version < chronicle::kSchemaVersion) {
    auto kept = chronicle::back_up(path, *version);
    if (!kept) return kept.error();
    backup = std::move(*kept);
  }
  for (int step = *version; step < chronicle::kSchemaVersion; ++step) {
    database.script(chronicle::kSteps[step]);
  }
  if (*version > 0 && *version < chronicle::kFactsSince) chronicle::facts::fill(database);
  if (*version > 0 && *version < chronicle::kChangesSince) chronicle::note_all(database);
  database.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                              chronicle::kApplicationId, chronicle::kSchemaVersion)
                      .c_str());
  return transaction.commit();
}

}  // namespace

namespace {

struct Opened {
  Database database;
  int version = 0;
  std::string backup{};
};

Result<Opened> open_store(const std::string& path, const ChronicleOptions& options) {
  auto database = Database::open(path, options);
  if (!database) return tl::unexpected(std::move(database.error()));
  auto version = chronicle::recognise_at_once(*database, path);
  if (!version) return tl::unexpected(version.error());
  std::string backup;
  if (options.access == Access::kWrite) {
    if (auto error = make_ready(*database, path, options, backup)) return tl::unexpected(*error);
    version = chronicle::kSchemaVersion;
  } else if (*version == 0) {
    return fail(4001, fmt::format("{} holds nothing yet: ingest reports into it first", path));
  }
  chronicle::teach_names(*database);
  chronicle::teach_passages(*database);
  chronicle::teach_areas(*database);
  if (auto error = database->take_error()) return tl::unexpected(std::move(*error));
  return Opened{std::move(*database), *version, std::move(backup)};
}

}  // namespace

Result<Chronicle> Chronicle::open(const std::string& path, const ChronicleOptions& options) {
  if (auto error = chronicle::why_unreadable(path)) {
    const bool is_made = options.access == Access::kWrite && error->code == 4001;
    if (!is_made) return tl::unexpected(std::move(*error));
  }
  auto first = open_store(path, options);
  if (!first) return tl::unexpected(std::move(first.error()));
  constexpr std::size_t kMostReaders = 16;
  const auto open_another = [path, options]() -> Result<Database> {
    auto another = open_store(path, options);
    if (!another) return tl::unexpected(std::move(another.error()));
    return std::move(another->database);
  };
  return Chronicle(std::unique_ptr<Impl>(
      new Impl{{std::move(first->database), options.access == Access::kWrite ? 1 : kMostReaders,
                open_another},
               first->version,
               std::move(first->backup)}));
}

const std::string& Chronicle::backup() const { return impl_->backup; }

Chronicle::Chronicle(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Chronicle::Chronicle(Chronicle&&) noexcept = default;
Chronicle& Chronicle::operator=(Chronicle&&) noexcept = default;
Chronicle::~Chronicle() = default;

Result<Totals> Chronicle::totals() const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const auto count = [&](std::string_view sql) {
    return static_cast<std::uint64_t>(ask(database, sql));
  };
  Totals totals;
  totals.reports = count("SELECT count(*) FROM reports");
  totals.events = count("SELECT count(*) FROM events");
  totals.rejected = count("SELECT count(*) FROM rejected");
  if (impl_->version >= chronicle::kHappeningsSince) {
    totals.happenings = count("SELECT count(*) FROM happenings");
  }
  if (impl_->version >= chronicle::kActorsSince) {
    totals.actors = count("SELECT count(*) FROM actors");
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return totals;
}

}  // namespace dateline
