// SPDX-License-Identifier: Apache-2.0
#include "chronicle/position.h"

#include <fmt/format.h>

#include <charconv>

namespace dateline::chronicle {

std::string written(const Position& position) {
  std::string cursor = fmt::format("{}.", position.day);
  for (const char byte : position.ties) {
    cursor += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  }
  return cursor;
}

Result<Position> position_of(std::string_view cursor) {
  Position position;
  const char* const end = cursor.data() + cursor.size();
  auto got = std::from_chars(cursor.data(), end, position.day);
  bool is_one = got.ec == std::errc() && got.ptr != end && *got.ptr == '.';
  for (const char* at = got.ptr + 1; is_one && at != end; at += 2) {
    unsigned char byte = 0;
    is_one = end - at >= 2;
    if (is_one) got = std::from_chars(at, at + 2, byte, 16);
    is_one = is_one && got.ec == std::errc() && got.ptr == at + 2;
    position.ties += static_cast<char>(byte);
  }
  if (is_one && position.day >= 0) return position;
  return fail(4026, fmt::format("'{}' is no cursor: give one that an answer held", cursor));
}

}  // namespace dateline::chronicle
