// SQLite at arm's length: one connection, its prepared statements, and one place for mistakes.
//
// The first mistake stays: after it every call does nothing until take_error(), so that a run of
// statements reads straight down and is checked once, at its end. Statements are prepared once and
// kept. Codes of SQLite become codes of this room with a line a user can act on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "dateline/chronicle.h"
#include "dateline/result.h"

namespace dateline::chronicle {

struct Blob {
  std::string_view bytes;
};

/// What a statement is given. Text must live until the statement has run.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// NULL where it says nothing.
inline Value known(std::string_view text) { return text.empty() ? Value(nullptr) : Value(text); }
inline Value known(std::optional<double> number) {
  return number ? Value(*number) : Value(nullptr);
}

class Database;

/// When a call to a connection is to be given up: at its time, or once the stop flag is set.
class Clock {
 public:
  Clock(unsigned limit_ms, const std::atomic<bool>* stop) : limit_(limit_ms), stop_(stop) {}

  void start() { begun_ = std::chrono::steady_clock::now(); }
  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  bool is_over() const {
    return stopped() || (limit_.count() > 0 && std::chrono::steady_clock::now() - begun_ > limit_);
  }

 private:
  std::chrono::milliseconds limit_;  ///< 0: any time.
  const std::atomic<bool>* stop_;
  std::chrono::steady_clock::time_point begun_{};
};

/// The rows of one query. The statement is free again when this goes.
class Rows {
 public:
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  /// On to the next row; false at the end or after a mistake.
  bool next();

  std::string text(int column) const;
  std::int64_t number(int column) const;
  std::optional<double> real(int column) const;
  std::string_view bytes(int column) const;

 private:
  friend class Database;
  Rows(Database& database, sqlite3_stmt* statement);
  Database* database_;
  sqlite3_stmt* statement_;
};

class Database {
 public:
  /// Opens the file, making it for Access::kWrite. Does not look inside.
  static Result<Database> open(const std::string& path, const ChronicleOptions& options);

  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  /// Runs a script: statements without values.
  void script(const char* sql);

  template <typename... Values>
  void run(std::string_view sql, const Values&... values) {
    select(sql, {Value(values)...}).next();
  }

  /// Statements are kept by their text: give values as values.
  Rows select(std::string_view sql, const std::vector<Value>& values = {});

  std::int64_t last_key() const { return sqlite3_last_insert_rowid(handle_.get()); }

  /// Makes this the first mistake, where there is none yet.
  void fail_with(Error error);

  /// What went wrong since this was last asked, if anything did.
  std::optional<Error> take_error();

  sqlite3* handle() const { return handle_.get(); }

  /// A call begins: its time counts from now.
  void start_clock() { clock_->start(); }
  const Clock& clock() const { return *clock_; }

 private:
  friend class Rows;
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  Database() = default;
  void mistake(int status);
  sqlite3_stmt* prepared(std::string_view sql);

  std::string path_;
  ChronicleOptions options_;
  std::optional<Error> error_;
  std::unique_ptr<Clock> clock_;  ///< SQLite holds its address, and must go before it.
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, Hash, std::equal_to<>>
      statements_;
};

/// While it lives, everything read is of one moment.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

 private:
  Database& database_;
};

/// One transaction for writing; undone unless it was committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// The first mistake of all that was done, or nothing: then it is in the file.
  std::optional<Error> commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace dateline::chronicle
