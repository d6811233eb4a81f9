// How far a long run is: a bar with rate and time left on a terminal, nothing elsewhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace dateline::cli {

class Progress {
 public:
  /// `total` bytes are to be done, where that is known. Draws on stderr if it is a terminal.
  explicit Progress(std::optional<std::uint64_t> total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// One more report of so many bytes is done. From any thread.
  void done(std::uint64_t bytes);

  /// Takes the bar away, so that a line can be written; it comes back by itself.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(Clock::time_point now) const;

  const std::optional<std::uint64_t> total_;
  const bool shown_;
  const Clock::time_point begun_ = Clock::now();
  std::mutex mutex_;
  Clock::time_point drawn_ = begun_;
  bool on_screen_ = false;
  std::uint64_t reports_ = 0, bytes_ = 0;
};

}  // namespace dateline::cli
