// The reader of a server: loaded when the first report is posted, then shared by all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "dateline/reader.h"

namespace dateline::server {

class SharedReader {
 public:
  /// `stop` gives up what is being read.
  explicit SharedReader(const std::atomic<bool>* stop) : stop_(stop) {}

  /// As read_one(), for no longer than a server may take.
  Result<Record> read(Input input, MediaType type);

 private:
  Result<const Reader*> reader();

  const std::atomic<bool>* const stop_;
  std::mutex mutex_;  ///< Guards all below.
  std::optional<Reader> reader_;
};

}  // namespace dateline::server
