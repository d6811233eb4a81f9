// SPDX-License-Identifier: Apache-2.0
#include "chronicle/backup.h"

#include <fmt/format.h>

#include <filesystem>

#include "chronicle/database.h"

namespace dateline::chronicle {

namespace fs = std::filesystem;

namespace {

std::string free_name(const std::string& path, int version) {
  const std::string first = fmt::format("{}.v{}.bak", path, version);
  std::error_code ignored;
  std::string name = first;
  for (int n = 2; fs::exists(name, ignored); ++n) name = first + std::to_string(n);
  return name;
}

/// SQLite's status.
int copy(sqlite3* from, const std::string& to) {
  sqlite3* handle = nullptr;
  int status =
      sqlite3_open_v2(to.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  if (status == SQLITE_OK) {
    sqlite3_backup* const backup = sqlite3_backup_init(handle, "main", from, "main");
    if (backup != nullptr) {
      sqlite3_backup_step(backup, -1);
      sqlite3_backup_finish(backup);
    }
    status = sqlite3_errcode(handle);
  }
  const int closed = sqlite3_close(handle);
  return status != SQLITE_OK ? status : closed;
}

}  // namespace

Result<std::string> back_up(const std::string& path, int version) {
  const auto store = Database::open(path, {});
  if (!store) return tl::unexpected(store.error());
  const std::string name = free_name(path, version), part = name + ".part";
  std::error_code error;
  fs::remove(part, error);
  const int status = copy(store->handle(), part);
  if (status == SQLITE_OK) fs::rename(part, name, error);
  if (status == SQLITE_OK && !error) return name;
  const std::string why = status != SQLITE_OK ? sqlite3_errstr(status) : error.message();
  for (const char* rest : {"", "-journal", "-wal", "-shm"}) fs::remove(part + rest, error);
  return fail(4005, fmt::format("an older version of Dateline made {}, and the copy that is kept "
                                "before it is changed cannot be written beside it: {}; the store "
                                "is as it was",
                                path, why));
}

}  // namespace dateline::chronicle
