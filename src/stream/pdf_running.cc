// SPDX-License-Identifier: Apache-2.0
#include "stream/pdf_running.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace dateline::stream {

namespace {

constexpr float kEdge = .12F;      ///< Of a page's height, above and below.
constexpr float kSamePlace = 6;    ///< Points.
constexpr std::size_t kShare = 3;  ///< One of so many pages has it: left and right may differ.
constexpr std::size_t kLeast = 2;  ///< Pages.
constexpr std::size_t kMostRunningWords = 30;
constexpr std::string_view kPageNumbers[] = {
    "#",    "- # -", "-#-",      "\u2013 # \u2013", "\u2014 # \u2014", "[#]",
    "(#)",  "# / #", "#/#",      "# of #",          "page #",          "page # of #",
    "p. #", "| #",   "page | #", "# | page"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string running_shape(const PdfPages& pages, const PdfLine& line) {
  std::string shape;
  for (std::uint32_t w = line.begin; w < line.end; ++w) {
    if (!shape.empty()) shape += ' ';
    for (const char c : pages.of(pages.words[w])) {
      if (is_digit(c)) {
        if (!shape.ends_with('#')) shape += '#';
      } else {
        shape += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      }
    }
  }
  return shape;
}

bool is_page_number(const std::string& shape) {
  return std::ranges::find(kPageNumbers, shape) != std::end(kPageNumbers);
}

std::vector<bool> running_lines(const PdfPages& pages) {
  struct Candidate {
    std::size_t line;
    std::string shape;
    std::int64_t place;  ///< In steps of kSamePlace.
  };
  std::vector<Candidate> candidates;
  // On how many pages a shape stands at a place.
  std::unordered_map<std::string, std::unordered_map<std::int64_t, std::size_t>> counts;
  std::vector<bool> running(pages.lines.size(), false);
  for (const PdfPage& page : pages.pages) {
    if (page.begin == page.end) continue;
    const std::uint32_t end = pages.blocks[page.end - 1].end;
    for (std::uint32_t l = pages.blocks[page.begin].begin; l < end; ++l) {
      const PdfLine& line = pages.lines[l];
      const bool at_edge =
          line.box.bottom < kEdge * page.height || line.box.top > (1 - kEdge) * page.height;
      if (!at_edge || line.end - line.begin > kMostRunningWords) continue;
      candidates.push_back({l, running_shape(pages, line), std::lround(line.box.top / kSamePlace)});
    }
  }
  for (const Candidate& one : candidates) ++counts[one.shape][one.place];
  const std::size_t wanted = std::max(kLeast, (pages.pages.size() + kShare - 1) / kShare);
  for (const Candidate& one : candidates) {
    const auto& places = counts[one.shape];
    std::size_t pages_with = 0;
    for (const std::int64_t step : {-1, 0, 1}) {
      if (const auto found = places.find(one.place + step); found != places.end()) {
        pages_with += found->second;
      }
    }
    running[one.line] = pages_with >= wanted || is_page_number(one.shape);
  }
  return running;
}

}  // namespace dateline::stream
