// Where a store is, for those who keep what it answered or wait for what is new. SQLite tells a
// connection about the writes of others, so this has one of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "chronicle/database.h"

namespace dateline::chronicle {

class StoreState {
 public:
  static Result<StoreState> open(const std::string& path);

  StoreState(StoreState&& other) noexcept : database_(std::move(other.database_)) {}

  /// Another number each time that any program has written to the store.
  Result<std::uint64_t> version();

  /// The cursor from which Chronicle::changes() gives what is new from now on.
  Result<std::string> cursor();

 private:
  explicit StoreState(Database database) : database_(std::move(database)) {}

  std::mutex mutex_;  ///< Guards the connection.
  Database database_;
};

}  // namespace dateline::chronicle
