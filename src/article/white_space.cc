// SPDX-License-Identifier: Apache-2.0
#include "article/white_space.h"

#include <algorithm>
#include <array>

#include "article/ascii.h"

namespace dateline::article {

std::size_t white_space(std::string_view text) {
  const char c = text.front();
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (text.starts_with("\u00A0") || text.starts_with("\u0085")) return 2;
  constexpr std::array<std::string_view, 5> kOthers = {"\u2028", "\u2029", "\u202F", "\u3000",
                                                       "\uFEFF"};
  if (text.starts_with("\xE2\x80") && text.size() > 2 && text[2] <= '\x8B') return 3;
  return std::any_of(kOthers.begin(), kOthers.end(),
                     [&](std::string_view other) { return text.starts_with(other); })
             ? 3
             : 0;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

std::string squeeze(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t blank = white_space(text.substr(i)); blank > 0) {
      gap = !out.empty();
      i += blank;
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += text[i++];
  }
  return out;
}

bool same_headline(std::string_view a, std::string_view b) {
  // Letter by letter: what is asked of a long title many times must stop at the first difference.
  const auto next = [](std::string_view& rest) {
    while (!rest.empty()) {
      const char c = rest.front();
      // General punctuation (dashes, curly quotation marks, blanks) and no-break spaces.
      const std::size_t skipped = rest.starts_with("\xE2\x80") ? 3
                                  : rest.starts_with("\u00A0") ? 2
                                                               : 1;
      rest.remove_prefix(std::min(skipped, rest.size()));
      if (skipped > 1) continue;
      if (is_alnum(c) || (c & 0x80) != 0) return lower(c);
    }
    return '\0';
  };
  while (true) {
    const char one = next(a);
    if (one != next(b)) return false;
    if (one == '\0') return true;
  }
}

}  // namespace dateline::article
