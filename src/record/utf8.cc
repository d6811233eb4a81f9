// SPDX-License-Identifier: Apache-2.0
#include "record/utf8.h"

#include <cstdint>
#include <cstring>
#include <utility>

namespace dateline::record {

namespace {

struct Step {
  std::size_t size = 0;  ///< Bytes of one character, or of a maximal part of an ill-formed one.
  bool valid = false;
};

/// What starts `text`, which is not empty.
Step next_step(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {1, true};
  if (first < 0xC2 || first > 0xF4) return {1, false};
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates and what is above U+10FFFF.
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < size; ++i) {
    if (i >= text.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {size, true};
}

/// Length of the ASCII stretch at the start.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + i, 8);
    if (eight & 0x8080808080808080u) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

}  // namespace

bool is_ascii(std::string_view text) { return ascii_prefix(text) == text.size(); }

namespace {

/// Bytes of the valid stretch at the start.
std::size_t valid_prefix(std::string_view text) {
  std::size_t at = ascii_prefix(text);
  while (at < text.size()) {
    const Step step = next_step(text.substr(at));
    if (!step.valid) break;
    at += step.size;
    at += ascii_prefix(text.substr(at));
  }
  return at;
}

}  // namespace

bool is_utf8(std::string_view text) { return valid_prefix(text) == text.size(); }

std::optional<Repair> repair_utf8(std::string& text) {
  Repair repair{0, valid_prefix(text)};
  if (repair.first == text.size()) return std::nullopt;
  std::string repaired(text, 0, repair.first);
  for (std::string_view rest = std::string_view(text).substr(repair.first); !rest.empty();) {
    repaired += "\xEF\xBF\xBD";
    ++repair.count;
    rest.remove_prefix(next_step(rest).size);
    const std::size_t valid = valid_prefix(rest);
    repaired += rest.substr(0, valid);
    rest.remove_prefix(valid);
  }
  text = std::move(repaired);
  return repair;
}

}  // namespace dateline::record
