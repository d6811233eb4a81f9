// SPDX-License-Identifier: Apache-2.0
#include "export/places_in_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace dateline::exporting {

namespace {

/// One box a page around all words on it, as they come.
std::vector<PageSpan> boxes_of(const std::vector<PageSpan>& map, Span words) {
  std::vector<PageSpan> boxes;
  for (const PageSpan& one : map) {
    if (!one.span.overlaps(words)) continue;
    if (boxes.empty() || boxes.back().page != one.page) {
      boxes.push_back(one);
      continue;
    }
    PageSpan& box = boxes.back();
    box.left = std::min(box.left, one.left);
    box.top = std::min(box.top, one.top);
    box.right = std::max(box.right, one.right);
    box.bottom = std::max(box.bottom, one.bottom);
  }
  return boxes;
}

std::string clock(std::uint64_t milliseconds) {
  const std::uint64_t seconds = milliseconds / 1000;
  return fmt::format("{}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                     milliseconds % 1000);
}

}  // namespace

std::string places_in_file(const Record& record, Span words) {
  std::string places;
  if (record.page_map) {
    for (const PageSpan& box : boxes_of(*record.page_map, words)) {
      places +=
          fmt::format("{}page {}, {:.0f} {:.0f} to {:.0f} {:.0f} pt", places.empty() ? "" : "; ",
                      box.page, box.left, box.top, box.right, box.bottom);
    }
  }
  if (record.time_map) {
    std::uint64_t begin = UINT64_MAX, end = 0;
    for (const TimeSpan& one : *record.time_map) {
      if (!one.span.overlaps(words)) continue;
      begin = std::min(begin, one.begin);
      end = std::max(end, one.end);
    }
    if (begin <= end) places = fmt::format("{} to {}", clock(begin), clock(end));
  }
  return places;
}

}  // namespace dateline::exporting
