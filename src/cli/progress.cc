// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/terminal.h"

namespace dateline::cli {

namespace {

constexpr std::chrono::milliseconds kBetween(100);
constexpr int kBar = 24;

std::string clock_time(double seconds) {
  const auto all = static_cast<std::uint64_t>(std::min(seconds, 359999.0));
  const std::uint64_t hours = all / 3600, minutes = all / 60 % 60;
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, all % 60)
                   : fmt::format("{}:{:02}", minutes, all % 60);
}

}  // namespace

Progress::Progress(std::optional<std::uint64_t> total)
    : total_(total), shown_(is_terminal(STDERR_FILENO)) {}

std::string Progress::line(Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const double rate = static_cast<double>(reports_) / std::max(seconds, 0.001);
  std::string out;
  if (total_ && *total_ > 0) {
    const double part = std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(*total_));
    const int full = static_cast<int>(part * kBar);
    out += fmt::format("[{:#<{}}{:.<{}}] {:3.0f}%  ", "", full, "", kBar - full, part * 100);
  }
  out += fmt::format("{} reports  {:.0f}/s", reports_, rate);
  if (total_ && bytes_ > 0 && bytes_ < *total_) {
    const double left = static_cast<double>(*total_ - bytes_) / static_cast<double>(bytes_);
    out += fmt::format("  {} left", clock_time(seconds * left));
  }
  return out;
}

void Progress::done(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  ++reports_;
  bytes_ += bytes;
  if (!shown_) return;
  const auto now = Clock::now();
  if (now - drawn_ < kBetween) return;
  drawn_ = now;
  on_screen_ = true;
  const std::string text = "\r\x1b[K" + line(now);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void Progress::clear() {
  const std::lock_guard lock(mutex_);
  if (!on_screen_) return;
  on_screen_ = false;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace dateline::cli
