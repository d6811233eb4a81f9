// "LAGOS, March 9, 2026 (Newswire) - ": what a story opens with, and is no part of its telling.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace dateline::record {

// Swept over the 275 dated bodies of pages, 20 to 1000: from 40 on the same four name a day.
constexpr std::size_t kDatelineBytes = 120;

/// What stands before the dash of a dateline; empty where there is none.
inline std::string_view dateline_of(std::string_view paragraph) {
  paragraph = paragraph.substr(0, kDatelineBytes);
  std::size_t end = std::string_view::npos;
  for (const std::string_view dash : {" - ", " \u2013 ", " \u2014 ", " -- ", "\u2014"}) {
    end = std::min(end, paragraph.find(dash));
  }
  return end == std::string_view::npos ? std::string_view() : paragraph.substr(0, end);
}

}  // namespace dateline::record
