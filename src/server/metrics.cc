// SPDX-License-Identifier: Apache-2.0
#include "server/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace dateline::server {

void Metrics::note(std::string_view path, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bucket = std::ranges::lower_bound(kBuckets, seconds) - kBuckets.begin();
  const std::lock_guard lock(mutex_);
  auto found = paths_.find(path);
  if (found == paths_.end()) found = paths_.emplace(path, Path{}).first;
  Path& noted = found->second;
  ++noted.statuses[status];
  ++noted.count;
  noted.seconds += seconds;
  if (bucket < std::ssize(kBuckets)) ++noted.buckets[static_cast<std::size_t>(bucket)];
}

void Metrics::append(std::string& out) const {
  const std::lock_guard lock(mutex_);
  out += "# TYPE dateline_http_requests_total counter\n";
  for (const auto& [path, noted] : paths_) {
    for (const auto& [status, count] : noted.statuses) {
      out += fmt::format("dateline_http_requests_total{{path=\"{}\",status=\"{}\"}} {}\n", path,
                         status, count);
    }
  }
  out += "# TYPE dateline_http_request_seconds histogram\n";
  for (const auto& [path, noted] : paths_) {
    std::uint64_t below = 0;
    for (std::size_t n = 0; n < kBuckets.size(); ++n) {
      below += noted.buckets[n];
      out += fmt::format("dateline_http_request_seconds_bucket{{path=\"{}\",le=\"{}\"}} {}\n", path,
                         kBuckets[n], below);
    }
    out += fmt::format(
        "dateline_http_request_seconds_bucket{{path=\"{0}\",le=\"+Inf\"}} {1}\n"
        "dateline_http_request_seconds_sum{{path=\"{0}\"}} {2}\n"
        "dateline_http_request_seconds_count{{path=\"{0}\"}} {1}\n",
        path, noted.count, noted.seconds);
  }
}

}  // namespace dateline::server
