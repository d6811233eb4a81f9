// SPDX-License-Identifier: Apache-2.0
#include "stream/walk.h"

#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

namespace dateline::stream {

namespace fs = std::filesystem;

void Walk::enter(const fs::path& directory) {
  Level level{directory, {}};
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with('.')) level.names.push_back(std::move(name));
  }
  if (error) unlisted_ = directory;
  std::sort(level.names.begin(), level.names.end(), std::greater<>());
  levels_.push_back(std::move(level));
}

std::optional<fs::path> Walk::next() {
  while (true) {
    if (unlisted_) return std::exchange(unlisted_, std::nullopt);
    if (levels_.empty()) return std::nullopt;
    Level& level = levels_.back();
    if (level.names.empty()) {
      levels_.pop_back();
      continue;
    }
    const fs::path path = level.directory / level.names.back();
    level.names.pop_back();
    std::error_code ignored;
    if (fs::symlink_status(path, ignored).type() == fs::file_type::directory) {
      enter(path);
    } else if (fs::is_regular_file(path, ignored)) {
      return path;
    }
  }
}

}  // namespace dateline::stream
