// The bytes of a file or of standard input, read in pieces: whole up to a limit, or line by line.
//
// Waiting for a slow pipe ends when the stop flag is set. Never holds more than the limit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::stream {

class Bytes {
 public:
  /// "-" is standard input.
  static Result<Bytes> open(const std::string& path, const std::atomic<bool>* stop);

  Bytes(Bytes&& other) noexcept;
  Bytes& operator=(Bytes&& other) noexcept;
  ~Bytes();

  /// The first bytes, at least one piece where there is one; they stay to be read.
  Result<std::string_view> peek();

  /// All that is left. Fails with code 1001 where it is more than `limit` bytes.
  Result<std::string> read_rest(std::size_t limit);

  struct Line {
    std::string_view text;  ///< Without the line break; valid until the next call.
    bool too_long = false;  ///< Longer than the limit: not held, text is empty.
    std::uint64_t size = 0;
  };
  /// The next line; nothing at the end.
  Result<std::optional<Line>> next_line(std::size_t limit);

 private:
  explicit Bytes(int descriptor, bool owned, const std::atomic<bool>* stop)
      : descriptor_(descriptor), owned_(owned), stop_(stop) {}
  /// Reads one piece behind what is buffered; false at the end or where the stop flag is set.
  Result<bool> fill();

  int descriptor_ = -1;
  bool owned_ = false;
  const std::atomic<bool>* stop_ = nullptr;
  std::string buffer_;
  std::size_t at_ = 0;  ///< Where in the buffer the unread bytes begin.
};

}  // namespace dateline::stream
