// When something long is to be given up: once a flag is set, or after a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>

namespace dateline {

class Halt {
 public:
  /// Never.
  Halt() = default;
  /// `stop` may be null; a `limit` of 0 is none. The time counts from now.
  Halt(const std::atomic<bool>* stop, std::chrono::seconds limit)
      : stop_(stop), ends_(limit.count() > 0) {
    if (ends_) end_ = std::chrono::steady_clock::now() + limit;
  }

  /// Once true, true for ever.
  bool asked() const { return stopped() || (ends_ && std::chrono::steady_clock::now() > end_); }
  /// By the flag.
  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

 private:
  const std::atomic<bool>* stop_ = nullptr;
  bool ends_ = false;
  std::chrono::steady_clock::time_point end_{};
};

}  // namespace dateline
