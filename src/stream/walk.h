// The files below a directory, in the byte order of their names, one listing a level in memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace dateline::stream {

class Walk {
 public:
  explicit Walk(const std::filesystem::path& directory) { enter(directory); }

  /// The next file that is not hidden (or directory that cannot be listed: opening it will say so).
  /// Links to files are followed, links to directories are not: they may lead in circles.
  std::optional<std::filesystem::path> next();

 private:
  void enter(const std::filesystem::path& directory);

  /// Names still to be visited, last first, a level each.
  struct Level {
    std::filesystem::path directory;
    std::vector<std::string> names;
  };
  std::vector<Level> levels_;
  std::optional<std::filesystem::path> unlisted_;
};

}  // namespace dateline::stream
