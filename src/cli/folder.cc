// SPDX-License-Identifier: Apache-2.0
#include "cli/folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <functional>
#include <string_view>
#include <system_error>

#include "stream/walk.h"

namespace dateline::cli {

namespace fs = std::filesystem;

namespace {

std::uint64_t nanoseconds(const struct timespec& time) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  return static_cast<std::uint64_t>(time.tv_sec) * kSecond +
         static_cast<std::uint64_t>(time.tv_nsec);
}

/// Other where a file was written to, or another was put in its place: the time of its entry tells
/// also of one that brought an old time with it.
std::uint64_t stamp_of(const struct stat& status) {
  const std::uint64_t parts[] = {static_cast<std::uint64_t>(status.st_size),
                                 nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(parts), sizeof parts});
}

}  // namespace

Folder::Folder(const std::string& path, const std::string& store) : path_(path) {
  std::error_code ignored;
  const fs::path inside =
      fs::weakly_canonical(store, ignored).lexically_relative(fs::weakly_canonical(path, ignored));
  if (!inside.empty() && *inside.begin() != "..") own_ = (path_ / inside).string();
}

std::optional<std::string> Folder::look() {
  std::error_code error;
  if (const fs::directory_iterator there(path_, error); error) {
    return fmt::format("cannot look into {}: {}", path_.string(), error.message());
  }
  ++looks_;
  ready_ = unsettled_ = 0;
  stream::Walk walk(path_);
  while (const auto file = walk.next()) {
    struct stat status{};
    if (::stat(file->c_str(), &status) == 0 && !is_own(file->string(), status)) {
      see(file->string(), status);
    }
  }
  std::erase_if(seen_, [&](const auto& one) { return one.second.look != looks_; });
  return std::nullopt;
}

bool Folder::is_own(const std::string& file, const struct stat& status) const {
  if (!own_.empty() && file.starts_with(own_)) return true;
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat written{};
    if (::fstat(descriptor, &written) == 0 && written.st_dev == status.st_dev &&
        written.st_ino == status.st_ino) {
      return true;
    }
  }
  return false;
}

void Folder::see(const std::string& file, const struct stat& status) {
  const bool is_empty = S_ISREG(status.st_mode) && status.st_size == 0;
  const std::uint64_t stamp = stamp_of(status);
  Seen& seen = seen_[std::hash<std::string>()(file)];
  const bool is_as_before = seen.look != 0 && seen.stamp == stamp;
  if (!is_as_before || is_empty) {
    seen.state = State::kUnsettled;
  } else if (seen.state == State::kUnsettled) {
    seen.state = State::kReady;
  }
  seen.stamp = stamp;
  seen.look = looks_;
  ready_ += static_cast<std::size_t>(seen.state == State::kReady);
  unsettled_ += static_cast<std::size_t>(seen.state == State::kUnsettled);
}

bool Folder::is_ready(const std::string& file) const {
  const auto seen = seen_.find(std::hash<std::string>()(file));
  return seen != seen_.end() && seen->second.state == State::kReady;
}

void Folder::take() {
  for (auto& [ignored, seen] : seen_) {
    if (seen.state == State::kReady) seen.state = State::kTaken;
  }
  ready_ = 0;
}

}  // namespace dateline::cli
