// A folder between two looks: which files, in it and in its folders, are new or changed and are not
// being written any more.
//
// Names, sizes and times are compared, by looking again and again: folders of other machines tell
// nobody when something comes. No clock is asked: two looks that see the same are enough. Of a file
// 24 bytes are kept, not its name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace dateline::cli {

class Folder {
 public:
  /// The store's own files may lie in it, and what this process writes to.
  Folder(const std::string& path, const std::string& store);

  /// Gives why it cannot be listed, where it cannot.
  std::optional<std::string> look();

  /// Files that two looks saw alike, and that were not taken yet.
  std::size_t ready() const { return ready_; }
  bool is_ready(const std::string& file) const;
  /// Files that the last look saw for the first time, or otherwise than before.
  std::size_t unsettled() const { return unsettled_; }

  /// All that is ready was dealt with.
  void take();

 private:
  enum class State : std::uint8_t { kUnsettled, kReady, kTaken };
  struct Seen {
    std::uint64_t stamp = 0;  ///< Of size and times.
    std::uint32_t look = 0;   ///< The last that saw it.
    State state = State::kUnsettled;
  };

  bool is_own(const std::string& file, const struct stat& status) const;
  void see(const std::string& file, const struct stat& status);

  const std::filesystem::path path_;
  std::string own_;                             ///< What the names of the store's files begin with.
  std::unordered_map<std::size_t, Seen> seen_;  ///< By the hash of a file's name.
  std::uint32_t looks_ = 0;
  std::size_t ready_ = 0, unsettled_ = 0;
};

}  // namespace dateline::cli
