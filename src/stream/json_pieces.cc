// SPDX-License-Identifier: Apache-2.0
#include "stream/json_pieces.h"

#include <fmt/format.h>

#include <algorithm>

namespace dateline::stream {

Result<std::optional<char>> JsonPieces::take() {
  if (at_ == piece_.size()) {
    auto more = bytes_.look(1);
    if (!more) return tl::unexpected(std::move(more.error()));
    if (more->empty()) return std::nullopt;
    piece_.assign(more->substr(0, 64 * 1024));
    at_ = 0;
    if (auto skipped = bytes_.skip(piece_.size()); !skipped) {
      return tl::unexpected(std::move(skipped.error()));
    }
  }
  ++read_;
  return piece_[at_++];
}

tl::unexpected<Error> JsonPieces::broken(std::string_view why) {
  ended_ = true;
  return fail(1005, fmt::format("broken JSON at byte {}: {}", read_, why), read_);
}

Result<std::optional<std::string>> JsonPieces::next() {
  std::string object;
  std::uint64_t depth = 0, size = 0;
  bool in_string = false, escaped = false;
  while (!ended_) {
    auto taken = take();
    if (!taken) {
      ended_ = true;
      return tl::unexpected(std::move(taken.error()));
    }
    if (!*taken) {
      if (depth > 0) return broken("an object does not end");
      ended_ = true;
      break;
    }
    const char c = **taken;
    if (depth == 0) {
      constexpr std::string_view kBetween(" \t\r\n,\xEF\xBB\xBF");
      if (c == '[' && !in_array_) {
        in_array_ = true;
      } else if (c == ']' && in_array_) {
        in_array_ = false;
      } else if (c == '{') {
        object.assign(1, c);
        depth = size = 1;
      } else if (kBetween.find(c) == std::string_view::npos) {
        return broken("reports are objects, alone or in an array");
      }
      continue;
    }
    ++size;
    if (size <= max_bytes_) object += c;
    if (in_string) {
      in_string = c != '"' || escaped;
      escaped = c == '\\' && !escaped;
      continue;
    }
    in_string = c == '"';
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
    if (depth > 0) continue;
    if (size > max_bytes_) {
      return fail(1001, fmt::format("the report has {} bytes; at most {} are read (--max-bytes)",
                                    size, max_bytes_));
    }
    return object;
  }
  return std::nullopt;
}

}  // namespace dateline::stream
