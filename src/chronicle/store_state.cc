// SPDX-License-Identifier: Apache-2.0
#include "chronicle/store_state.h"

#include <fmt/format.h>

#include <utility>

namespace dateline::chronicle {

Result<StoreState> StoreState::open(const std::string& path) {
  auto database = Database::open(path, {});
  if (!database) return tl::unexpected(std::move(database.error()));
  return StoreState(std::move(*database));
}

Result<std::uint64_t> StoreState::version() {
  const std::lock_guard lock(mutex_);
  std::uint64_t version = 0;
  {
    auto rows = database_.select("PRAGMA data_version");
    if (rows.next()) version = static_cast<std::uint64_t>(rows.number(0));
  }
  if (auto error = database_.take_error()) return tl::unexpected(std::move(*error));
  return version;
}

Result<std::string> StoreState::cursor() {
  const std::lock_guard lock(mutex_);
  std::string cursor;
  {
    auto rows =
        database_.select("SELECT id, (SELECT coalesce(max(seq), 0) FROM changes) FROM store");
    if (rows.next()) cursor = fmt::format("{}.{}", rows.text(0), rows.number(1));
  }
  if (auto error = database_.take_error()) return tl::unexpected(std::move(*error));
  return cursor;
}

}  // namespace dateline::chronicle
