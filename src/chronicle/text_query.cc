// SPDX-License-Identifier: Apache-2.0
#include "chronicle/text_query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "chronicle/names.h"

namespace dateline::chronicle {

namespace {

bool has_word(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, character);
    if (character > 0 && u_isalnum(character)) return true;
  }
  return false;
}

/// "Kolvar's" asks for Kolvar: the index knows the s for a word of its own.
std::string_view without_possessive(std::string_view word) {
  for (const std::string_view ending : {"'s", "\u2019s", "'", "\u2019"}) {
    if (word.size() > ending.size() && word.ends_with(ending)) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

/// The words and phrases of what the user typed, each once, as strings of the index's query.
std::vector<std::string> phrases_of(std::string_view words) {
  std::vector<std::string> phrases;
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string_view phrase) {
    if (has_word(phrase) && seen.insert(folded(phrase)).second) {
      phrases.push_back(fmt::format("\"{}\"", phrase));
    }
  };
  constexpr std::string_view kSpace(" \t\r\n\f\v\0", 7);
  while (!words.empty()) {
    if (words.front() == '"') {
      words.remove_prefix(1);
      const std::size_t end = std::min(words.find('"'), words.size());
      std::string phrase(words.substr(0, end));
      std::erase(phrase, '\0');
      add(phrase);
      words.remove_prefix(std::min(end + 1, words.size()));
    } else if (kSpace.find(words.front()) != std::string_view::npos) {
      words.remove_prefix(1);
    } else {
      std::size_t end = 0;
      while (end < words.size() && words[end] != '"' &&
             kSpace.find(words[end]) == std::string_view::npos) {
        ++end;
      }
      add(without_possessive(words.substr(0, end)));
      words.remove_prefix(end);
    }
  }
  return phrases;
}

}  // namespace

Result<std::string> text_query(std::string_view words) {
  // The index would take a word of any length; nobody types one.
  constexpr std::size_t kLongestSearch = 4096;
  if (words.size() > kLongestSearch) {
    return fail(4012, fmt::format("a search of more than {} bytes is not made", kLongestSearch));
  }
  const std::vector<std::string> phrases = phrases_of(words);
  if (phrases.empty()) return fail(4012, "nothing to search for: give at least one word");
  constexpr std::size_t kMostPhrases = 32;
  if (phrases.size() > kMostPhrases) {
    return fail(4012,
                fmt::format("a search of more than {} different words is not made", kMostPhrases));
  }
  return fmt::format("{}", fmt::join(phrases, " "));
}

}  // namespace dateline::chronicle
