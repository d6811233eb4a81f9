// Answers kept in memory for as long as the store stays as it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dateline::server {

/// What was sent to whoever asked first.
struct KeptAnswer {
  std::string content_type;
  std::shared_ptr<const std::string> body;
  bool is_packed = false;  ///< By gzip.
  bool is_foreign = false;
};

class KeptAnswers {
 public:
  /// `target`: path and query as they stood in the request, and how the body is packed.
  std::shared_ptr<const KeptAnswer> find(const std::string& target, std::uint64_t version);
  /// The one that was asked for least lately goes where there is no room.
  void keep(const std::string& target, std::uint64_t version, KeptAnswer answer);

 private:
  static constexpr std::size_t kMostBytes = 64u << 20, kMostBytesOfOne = 4u << 20;

  struct Entry {
    std::string target;
    std::shared_ptr<const KeptAnswer> answer;
  };
  void clear();

  std::mutex mutex_;  ///< Guards all below.
  std::uint64_t version_ = 0;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  ///< The one asked for last first.
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_target_;
};

}  // namespace dateline::server
