// Between UTF-8 bytes and Unicode code points: how spans leave the house and come back in.
//
// One pass over a text keeps a checkpoint every 64 units; a conversion starts at the checkpoint
// before it and counts on. A text that is all ASCII keeps none: there both counts are the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline::record {

/// Bytes to code points. A byte inside a character counts as that character's end; one beyond the
/// text as the end of the text.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text);
  std::uint32_t at(std::uint32_t byte) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> checkpoints_;
};

/// Code points to bytes.
class Bytes {
 public:
  explicit Bytes(std::string_view text);
  /// The byte at which this code point begins; nothing where the text has fewer.
  std::optional<std::uint32_t> at(std::uint64_t code_point) const;

 private:
  std::string_view text_;
  std::uint64_t length_ = 0;
  std::vector<std::uint32_t> checkpoints_;
};

}  // namespace dateline::record
