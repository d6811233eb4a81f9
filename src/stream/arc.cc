// SPDX-License-Identifier: Apache-2.0
#include "stream/arc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "stream/http_body.h"

namespace dateline::stream {

namespace {

constexpr std::size_t kMostLine = 16 * 1024;
constexpr std::size_t kMostArcHeader = 64 * 1024;
constexpr std::size_t kFewestFields = 5;  ///< Version 1.
constexpr std::size_t kMostFields = 10;   ///< Version 2 has five more between.

struct Head {
  std::string uri, retrieved;
  std::uint64_t length = 0;
};

std::optional<Head> head_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> fields;
  while (!line.empty() && fields.size() <= kMostFields) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    fields.push_back(line.substr(0, blank));
    line.remove_prefix(std::min(blank + 1, line.size()));
  }
  if (fields.size() < kFewestFields || fields.size() > kMostFields) return std::nullopt;
  const std::size_t scheme = fields[0].find(':');
  const std::string_view date = fields[2], length = fields.back();
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (scheme == 0 || scheme == std::string_view::npos || date.size() != 14 ||
      !std::ranges::all_of(date, is_digit)) {
    return std::nullopt;
  }
  Head head;
  const auto [end, error] =
      std::from_chars(length.data(), length.data() + length.size(), head.length);
  if (error != std::errc() || end != length.data() + length.size()) return std::nullopt;
  head.uri = fields[0];
  head.retrieved =
      fmt::format("{}-{}-{}T{}:{}:{}Z", date.substr(0, 4), date.substr(4, 2), date.substr(6, 2),
                  date.substr(8, 2), date.substr(10, 2), date.substr(12, 2));
  return head;
}

}  // namespace

bool begins_arc_record(std::string_view line) { return head_of(line).has_value(); }

WebRecord Arc::item(Result<Input> input, std::vector<std::string> warnings) {
  const std::uint64_t at = bytes_.position();
  return {number_, at - std::exchange(told_, at), std::move(input), std::move(warnings)};
}

std::optional<WebRecord> Arc::next() {
  while (!unreadable_) {
    const std::uint64_t begin = bytes_.position();
    const auto line = bytes_.next_line(kMostLine);
    if (!line) {
      // A compressed file goes on with its next member, which begins with a record.
      unreadable_ = line.error().code != 1010;
      ++number_;
      return item(tl::unexpected(line.error()));
    }
    if (!*line) return std::nullopt;
    if ((*line)->text.empty() || (*line)->text == "\r") continue;
    const auto head = head_of((*line)->text);
    if (!head) {
      if (std::exchange(lost_, true)) continue;
      ++number_;
      return item(fail(1011, fmt::format("there is no ARC record at byte {}", begin), begin));
    }
    lost_ = false;
    ++number_;
    if (head->uri.starts_with("filedesc:")) {
      if (const auto passed = bytes_.skip(head->length); !passed || !*passed) lost_ = true;
      continue;
    }
    if (head->length > limit_ + kMostArcHeader) {
      if (const auto passed = bytes_.skip(head->length); !passed || !*passed) lost_ = true;
      return item(fail(1001, fmt::format("the ARC record at byte {} has {} bytes; at most {} are "
                                         "read (--max-bytes)",
                                         begin, head->length, limit_)));
    }
    const std::size_t size = static_cast<std::size_t>(head->length);
    const auto whole = bytes_.look(size);
    if (!whole) {
      lost_ = true;
      bytes_.forget_problem();
      return item(fail(
          1011, fmt::format("the ARC record at byte {}: {}", begin, whole.error().message), begin));
    }
    const bool cut = whole->size() < size;
    auto page = page_of_response(whole->substr(0, size), limit_);
    bytes_.skip(std::min(size, whole->size()));
    if (cut) {
      lost_ = true;
      bytes_.forget_problem();
    }
    if (!page) continue;
    if (!*page) {
      Error problem = page->error();
      problem.message = fmt::format("the ARC record at byte {}: {}", begin, problem.message);
      return item(tl::unexpected(std::move(problem)));
    }
    auto& [input, warnings] = **page;
    if (cut) {
      warnings = {
          fmt::format("the ARC record at byte {} is cut short: its page was read to where "
                      "it ends",
                      begin)};
    }
    input.uri = head->uri;
    input.retrieved = head->retrieved;
    return item(std::move(input), std::move(warnings));
  }
  return std::nullopt;
}

}  // namespace dateline::stream
