// Writes what people correct: opens the store for it, one correction after the other, and leaves it
// again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "dateline/chronicle.h"

namespace dateline::server {

class Corrector {
 public:
  /// `stop` ends what is being written, whole or not at all.
  Corrector(std::string store, const std::atomic<bool>* stop)
      : store_(std::move(store)), stop_(stop) {}

  struct Made {
    Correction correction;
    bool is_settled = false;  ///< Happenings and actors are brought up to date already.
  };

  Result<Made> correct(const CorrectionRequest& request);
  Result<Made> undo(std::int64_t correction, const std::string& who, const std::string& why);

 private:
  template <typename Write>
  Result<Made> write(Write write);
  bool settle(Chronicle& chronicle);

  const std::string store_;
  const std::atomic<bool>* const stop_;
  std::mutex mutex_;  ///< Guards all below; held while it writes.
  std::optional<Matcher> matcher_;
  std::optional<ActorNames> names_;
};

}  // namespace dateline::server
