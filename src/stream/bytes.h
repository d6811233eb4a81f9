// The bytes of a file or of standard input, read in pieces: whole up to a limit, or line by line.
// What is compressed with gzip or zstd is read as what it holds.
//
// Waiting for a slow pipe ends when the stop flag is set. Never holds more than the limit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dateline/result.h"
#include "stream/compressed.h"

namespace dateline::stream {

class Bytes {
 public:
  /// "-" is standard input.
  static Result<Bytes> open(const std::string& path, const std::atomic<bool>* stop);
  /// What a container gives piece by piece.
  static Bytes of(Decompressor::Stored stored);

  Bytes(Bytes&& other) noexcept;
  Bytes& operator=(Bytes&& other) noexcept;
  ~Bytes();

  /// The first bytes, at least one piece where there is one; they stay to be read.
  Result<std::string_view> peek();

  /// What is buffered, at least `wanted` bytes where there are so many; valid until the next call.
  Result<std::string_view> look(std::size_t wanted);
  /// Forgets a failure that lies behind what look() gave last; what comes after begins a line.
  void forget_problem() {
    if (std::exchange(problem_, std::nullopt)) buffer_ += '\n';
  }
  /// Passes over bytes, also beyond what is buffered; false where they end before.
  Result<bool> skip(std::uint64_t count);
  /// Whether so many more may follow. Of a plain file its size tells; of others, what no record
  /// has.
  bool may_hold(std::uint64_t count) const;
  /// The descriptor of a file on a disk that is not compressed and of which nothing was passed
  /// over; -1 for others.
  int plain_descriptor() const;
  /// How many bytes were passed over or read (of what a compressed file holds).
  std::uint64_t position() const { return passed_ + at_; }
  /// How many bytes of the file as it is stored were read.
  std::uint64_t stored() const { return stored_; }

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
  explicit Bytes(int descriptor, bool owned, const std::atomic<bool>* stop);
  /// Puts one piece behind what is buffered; false at the end or where the stop flag is set. After
  /// a failure to decompress, the next call goes on with the next member.
  Result<bool> fill();
  /// Up to a piece of the file as it is stored; 0 at the end or where the stop flag is set.
  Result<std::size_t> read_stored(char* into, std::size_t size);

  Decompressor::Stored source_;  ///< Of a container's entry.
  int descriptor_ = -1;
  bool owned_ = false;
  const std::atomic<bool>* stop_ = nullptr;
  std::string buffer_;
  std::size_t at_ = 0;        ///< Where in the buffer the unread bytes begin.
  std::uint64_t passed_ = 0;  ///< Bytes that were in the buffer before.
  std::uint64_t stored_ = 0;
  bool begun_ = false;
  std::optional<Error> problem_;  ///< Of look(): told once what comes before it was taken.
  std::unique_ptr<Decompressor> inflater_;  ///< Of a compressed file.
};

}  // namespace dateline::stream
