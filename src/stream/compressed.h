// Compressed bytes, unpacked piece by piece: gzip and zstd, of however many members (zstd calls
// them frames), also with the dictionary that a .warc.zst brings in its first frame.
//
// After a broken member, the next place that looks like the beginning of one is taken for one:
// archives have a member a record, so only one record is lost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "dateline/result.h"

namespace dateline::stream {

class Decompressor {
 public:
  /// Up to `size` bytes of what is stored; 0 at the end.
  using Stored = std::function<Result<std::size_t>(char* into, std::size_t size)>;

  /// Bytes that suffice to see whether a file is compressed.
  static constexpr std::size_t kMagic = 4;
  /// By the first bytes of a file, which it takes over; nothing, and they stay, where they are not
  /// compressed.
  static std::unique_ptr<Decompressor> of(std::string& first);

  virtual ~Decompressor() = default;

  /// Fills `into`; 0 at the end. After a failure, the next call goes on with the next member.
  Result<std::size_t> read(char* into, std::size_t size, const Stored& stored);
  /// Whether what read() gave last ends where the data are broken.
  bool take_broken() { return std::exchange(broken_, false); }

 protected:
  struct Step {
    std::size_t taken = 0, made = 0;
    enum class State { kInside, kEnd, kBroken } state = State::kInside;
  };
  explicit Decompressor(std::string_view magic) : magic_(magic) {}

 private:
  virtual bool ready() const = 0;
  virtual Step step(std::string_view stored, char* into, std::size_t size) = 0;
  virtual void begin_member() = 0;
  bool find_member();

  std::string_view magic_;  ///< Of a member.
  std::string stored_;
  std::size_t at_ = 0;
  std::size_t member_ = 0;  ///< Where the member begins, or the piece.
  bool inside_ = false;     ///< A member.
  bool seeking_ = false;
  bool broken_ = false;
  bool ended_ = false;
};

}  // namespace dateline::stream
