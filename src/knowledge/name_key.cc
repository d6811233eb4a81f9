// SPDX-License-Identifier: Apache-2.0
#include "knowledge/name_key.h"

#include <algorithm>
#include <array>

#include "language/unicode.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<char32_t, 5> kDropped = {U'.', U'\'', U'\u2018', U'\u2019', U'`'};
constexpr std::array<std::string_view, 3> kArticles = {"the ", "a ", "an "};

bool is_word_character(char32_t character) {
  return language::is_alpha(character) || language::is_digit(character);
}

}  // namespace

std::string name_key(std::string_view name) {
  const std::string plain = language::without_marks(language::lower_case(name));
  std::string key;
  bool gap = false;
  const auto add = [&](std::string_view letters) {
    if (gap && !key.empty()) key += ' ';
    gap = false;
    key += letters;
  };
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at;
    const char32_t character = language::next_character(plain, at);
    if (is_word_character(character)) {
      add(std::string_view(plain).substr(begin, at - begin));
    } else if (character == U'&') {
      gap = true;
      add("and");
      gap = true;
    } else if (std::find(kDropped.begin(), kDropped.end(), character) == kDropped.end()) {
      gap = true;
    }
  }
  for (const std::string_view ending : {"'s", "\u2019s"}) {
    if (plain.ends_with(ending) && key.ends_with('s')) {
      key.pop_back();
      break;
    }
  }
  for (const std::string_view article : kArticles) {
    if (key.size() > article.size() && key.starts_with(article)) {
      key.erase(0, article.size());
      break;
    }
  }
  return key;
}

std::vector<std::string_view> words_of_key(std::string_view key) {
  std::vector<std::string_view> words;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    if (end > 0) words.push_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return words;
}

}  // namespace dateline::knowledge
