// What the server did, as Prometheus asks for it: requests by path and status, and how long each
// path took.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace dateline::server {

class Metrics {
 public:
  /// `path`: its template, so that what is counted by is bounded.
  void note(std::string_view path, int status, std::chrono::nanoseconds took);

  /// In Prometheus' text format.
  void append(std::string& out) const;

 private:
  static constexpr std::array<double, 9> kBuckets{.001, .0025, .005, .01, .025, .1, .5, 1, 5};

  struct Path {
    std::map<int, std::uint64_t> statuses;
    std::array<std::uint64_t, kBuckets.size()> buckets{};  ///< Each without those before it.
    std::uint64_t count = 0;
    double seconds = 0;
  };

  mutable std::mutex mutex_;  ///< Guards all below.
  std::map<std::string, Path, std::less<>> paths_;
};

}  // namespace dateline::server
