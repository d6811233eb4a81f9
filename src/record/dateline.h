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

/// Whether a word is written in capitals; "A" and "26" are not.
inline bool is_in_capitals(std::string_view word) {
  const auto letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
  };
  return std::count_if(word.begin(), word.end(), letter) > 1 &&
         std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The dateline that a paragraph opens with, told by its looks alone: "ABYEI, Sudan, May 26 (Horn
/// Wire)", "BOR MARO". It ends as a sentence does. "The army - eight of its men - ..." has none.
inline std::string_view opening_dateline(std::string_view paragraph) {
  if (paragraph.empty() || (!paragraph.ends_with("\u201D") &&
                            std::string_view(".?!\")").find(paragraph.back()) == paragraph.npos)) {
    return {};
  }
  const std::string_view line = dateline_of(paragraph);
  if (line.find('\n') != line.npos) return {};
  std::size_t words = 0;
  bool capitals = false;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = line.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (words++ == 0) capitals = is_in_capitals(word);
    const bool joins = word == "of" || word == "the" || word == "and" || word == "de" ||
                       word == "la" || word == "el" || word == "al";
    if (word.front() >= 'a' && word.front() <= 'z' && !joins) return {};
  }
  if (words == 0) return {};
  const bool dated = line.find(',') != line.npos && line.find_first_of("0123456789") != line.npos;
  const bool signed_or_dated = line.ends_with(')') || dated;
  std::string_view told = paragraph.substr(line.size(), kDatelineBytes);
  told.remove_prefix(std::min(told.find_first_not_of(" -\u2013\u2014"), told.size()));
  if (told.empty() || (told.front() >= 'a' && told.front() <= 'z')) return {};
  const bool shouted = is_in_capitals(told.substr(0, told.find(' ')));
  return signed_or_dated || (capitals && !shouted) ? line : std::string_view();
}

}  // namespace dateline::record
