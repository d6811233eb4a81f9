// SPDX-License-Identifier: Apache-2.0
#include "record/offsets.h"

#include <algorithm>

#include "record/utf8.h"

namespace dateline::record {

namespace {

constexpr std::size_t kStride = 64;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

}  // namespace

CodePoints::CodePoints(std::string_view text) : text_(text) {
  if (is_ascii(text)) return;
  checkpoints_.reserve(text.size() / kStride + 1);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) checkpoints_.push_back(count);
    count += begins_character(text[i]);
  }
}

std::uint32_t CodePoints::at(std::uint32_t byte) const {
  const std::size_t end = std::min<std::size_t>(byte, text_.size());
  if (checkpoints_.empty()) return static_cast<std::uint32_t>(end);
  const std::size_t checkpoint = std::min(end / kStride, checkpoints_.size() - 1);
  std::uint32_t count = checkpoints_[checkpoint];
  for (std::size_t i = checkpoint * kStride; i < end; ++i) count += begins_character(text_[i]);
  return count;
}

Bytes::Bytes(std::string_view text) : text_(text) {
  if (is_ascii(text)) {
    length_ = text.size();
    return;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!begins_character(text[i])) continue;
    if (length_++ % kStride == 0) checkpoints_.push_back(static_cast<std::uint32_t>(i));
  }
}

std::optional<std::uint32_t> Bytes::at(std::uint64_t code_point) const {
  if (code_point > length_) return std::nullopt;
  if (code_point == length_) return static_cast<std::uint32_t>(text_.size());
  if (checkpoints_.empty()) return static_cast<std::uint32_t>(code_point);
  std::size_t byte = checkpoints_[code_point / kStride];
  for (std::uint64_t left = code_point % kStride; left > 0; --left) {
    do ++byte;
    while (!begins_character(text_[byte]));
  }
  return static_cast<std::uint32_t>(byte);
}

}  // namespace dateline::record
