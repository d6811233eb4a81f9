// SPDX-License-Identifier: Apache-2.0
#include "chronicle/database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace dateline::chronicle {

namespace {

/// A path as SQLite's URI: what would mean something there is escaped.
std::string uri_of(const std::string& path, std::string_view options) {
  std::string uri = "file:";
  if (!path.starts_with('/')) uri += "./";
  for (const char byte : path) {
    if (byte == '%' || byte == '?' || byte == '#') {
      uri += fmt::format("%{:02X}", byte);
    } else {
      uri += byte;
    }
  }
  return uri.append(options);
}

/// What keeps a store from being opened. SQLite tries several ways, and tells of the last.
std::string why_closed(const std::string& path, bool writes) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path parent = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : ".";
  if (!fs::exists(parent, ignored)) {
    return fmt::format("there is no directory {}", parent.string());
  }
  if (fs::exists(path, ignored) && access(path.c_str(), writes ? R_OK | W_OK : R_OK) != 0) {
    return std::strerror(errno);
  }
  if (access(parent.c_str(), W_OK) == 0) return {};
  const int problem = errno;
  if (!writes && fs::exists(path + "-wal", ignored)) {
    return "beside it lie changes (-wal) that are read only where files can be made: copy both";
  }
  return fmt::format("in its directory no file can be made: {}", std::strerror(problem));
}

}  // namespace

Result<Database> Database::open(const std::string& path, const ChronicleOptions& options) {
  Database database;
  database.path_ = path;
  database.options_ = options;
  database.clock_ = std::make_unique<Clock>(options.query_ms, options.stop);
  database.start_clock();
  const bool writes = options.access == Access::kWrite;
  const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const auto attempt = [&](std::string_view parameters) {
    sqlite3* handle = nullptr;
    int status = sqlite3_open_v2(uri_of(path, parameters).c_str(), &handle, flags, nullptr);
    database.statements_.clear();
    database.handle_.reset(handle);
    if (status == SQLITE_OK) {
      sqlite3_busy_timeout(handle, static_cast<int>(options.wait_ms));
      // Opening is lazy: only reading tells whether the file can be read.
      status = sqlite3_exec(handle, "PRAGMA schema_version", nullptr, nullptr, nullptr);
    }
    return status;
  };
  int status = attempt("");
  // A store at rest in a directory that cannot be written has no room for WAL's side files, and
  // needs none: nobody is writing.
  std::error_code error;
  const auto changes = std::filesystem::file_size(path + "-wal", error);
  if (status != SQLITE_OK && !writes && (error || changes == 0)) {
    const int again = attempt("?immutable=1");
    if (again == SQLITE_OK || (status & 0xFF) == SQLITE_CANTOPEN) status = again;
  }
  if (status != SQLITE_OK) {
    database.mistake(status);
    return tl::unexpected(*database.take_error());
  }
  if (options.query_ms > 0 || options.stop != nullptr) {
    constexpr int kStepsBetween = 10'000;  // Of SQLite's machine: a fraction of a millisecond.
    sqlite3_progress_handler(
        database.handle(), kStepsBetween,
        [](void* clock) { return static_cast<const Clock*>(clock)->is_over() ? 1 : 0; },
        database.clock_.get());
  }
  return database;
}

void Database::mistake(int status) {
  if (error_) return;
  const int primary = status & 0xFF;
  const int system = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  const char* detail = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(status);
  switch (primary) {
    case SQLITE_NOTADB:
      error_ = Error{4002, fmt::format("{} is no chronicle: it is not an SQLite file", path_), {}};
      break;
    case SQLITE_READONLY:
      error_ =
          Error{4004,
                fmt::format("{} cannot be written: the file or its directory is read-only", path_),
                {}};
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: {
      std::string why = why_closed(path_, options_.access == Access::kWrite);
      if (why.empty()) why = system ? std::strerror(system) : detail;
      error_ = Error{4004, fmt::format("{} cannot be opened: {}", path_, why), {}};
      break;
    }
    case SQLITE_FULL:
      error_ =
          Error{4005,
                fmt::format("{} cannot grow: the disk is full, or the limit of the store's size is "
                            "reached; what was being stored is left out whole",
                            path_),
                {}};
      break;
    case SQLITE_IOERR:
      error_ = Error{4005,
                     fmt::format("{} cannot be read or written: {}; what was being stored is left "
                                 "out whole",
                                 path_, system ? std::strerror(system) : detail),
                     {}};
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error_ = Error{4006,
                     fmt::format("{} is being written by another program; waited {} s, try again "
                                 "when it is done",
                                 path_, options_.wait_ms / 1000.0),
                     {}};
      break;
    case SQLITE_INTERRUPT:
      error_ = clock_->stopped()
                   ? Error{4015, "the query was stopped", {}}
                   : Error{4015,
                           fmt::format("the query took longer than {} s and was given up: ask for "
                                       "fewer words, or for fewer days",
                                       options_.query_ms / 1000.0),
                           {}};
      break;
    case SQLITE_CORRUPT:
      error_ =
          Error{4007,
                fmt::format("{} is damaged ({}); 'sqlite3 FILE .recover' may save what is in it",
                            path_, detail),
                {}};
      break;
    case SQLITE_CONSTRAINT:
      error_ =
          Error{4009,
                fmt::format("the record gives one name to two things ({}); it is left out", detail),
                {}};
      break;
    default:
      error_ = Error{4008, fmt::format("{}: {}", path_, detail), {}};
  }
}

void Database::fail_with(Error error) {
  if (!error_) error_ = std::move(error);
}

std::optional<Error> Database::take_error() { return std::exchange(error_, std::nullopt); }

void Database::script(const char* sql) {
  if (error_) return;
  const int status = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) mistake(status);
}

sqlite3_stmt* Database::prepared(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    return found->second.get();
  }
  // Filters make statements of their own; those of long ago are not worth keeping.
  constexpr std::size_t kMostStatements = 256;
  if (statements_.size() >= kMostStatements) {
    std::erase_if(statements_,
                  [](const auto& kept) { return sqlite3_stmt_busy(kept.second.get()) == 0; });
  }
  sqlite3_stmt* statement = nullptr;
  const int status = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (status != SQLITE_OK) {
    mistake(status);
    return nullptr;
  }
  statements_.emplace(sql, statement);
  return statement;
}

Rows Database::select(std::string_view sql, const std::vector<Value>& values) {
  if (error_) return {*this, nullptr};
  sqlite3_stmt* statement = prepared(sql);
  if (statement == nullptr) return {*this, nullptr};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int at = static_cast<int>(i) + 1;
    const int status = std::visit(
        [&](const auto& value) {
          using Type = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Type, std::nullptr_t>) {
            return sqlite3_bind_null(statement, at);
          } else if constexpr (std::is_same_v<Type, std::int64_t>) {
            return sqlite3_bind_int64(statement, at, value);
          } else if constexpr (std::is_same_v<Type, double>) {
            return sqlite3_bind_double(statement, at, value);
          } else if constexpr (std::is_same_v<Type, Blob>) {
            return sqlite3_bind_blob64(statement, at, value.bytes.data(), value.bytes.size(),
                                       SQLITE_STATIC);
          } else {
            // An empty view may point nowhere, which SQLite would take for NULL.
            return sqlite3_bind_text64(statement, at, value.empty() ? "" : value.data(),
                                       value.size(), SQLITE_STATIC, SQLITE_UTF8);
          }
        },
        values[i]);
    if (status != SQLITE_OK) mistake(status);
  }
  return {*this, statement};
}

Rows::Rows(Database& database, sqlite3_stmt* statement)
    : database_(&database), statement_(statement) {}

Rows::Rows(Rows&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
  if (statement_ == nullptr || database_->error_) return false;
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) database_->mistake(status);
  return false;
}

std::string_view Rows::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string Rows::text(int column) const { return std::string(bytes(column)); }

std::int64_t Rows::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<double> Rows::real(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_double(statement_, column);
}

Snapshot::Snapshot(Database& database) : database_(database) { database_.script("BEGIN"); }

Snapshot::~Snapshot() {
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "COMMIT", nullptr, nullptr, nullptr);
  }
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.script("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (open_ && sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

std::optional<Error> Transaction::commit() {
  database_.script("COMMIT");
  auto error = database_.take_error();
  if (!error) open_ = false;
  return error;
}

}  // namespace dateline::chronicle
