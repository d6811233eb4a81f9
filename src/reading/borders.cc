// SPDX-License-Identifier: Apache-2.0
#include "reading/borders.h"

#include <algorithm>

#include "record/dateline.h"

namespace dateline::reading {

using language::TokenRange;

Borders::Borders(const language::Document& document) {
  const std::string_view text = document.text;
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    if (document.tokens[i].text.find("\n\n") != std::string_view::npos) dividers_.push_back(i);
  }
  constexpr std::string_view kBlank = "\n \t\r";
  std::size_t stop = 0, end = 0;  // Of the paragraph; without the white space at its end.
  for (std::size_t at = text.find_first_not_of(kBlank); at < text.size();
       at = text.find_first_not_of(kBlank, text.find('\n', at))) {
    if (at >= stop) {
      stop = std::min(text.find("\n\n", at), text.size());
      end = text.find_last_not_of(kBlank, stop - 1) + 1;
    }
    const std::string_view line = record::opening_dateline(text.substr(at, end - at));
    if (line.empty()) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    const TokenRange words =
        document.tokens_of({begin, begin + static_cast<std::uint32_t>(line.size())});
    if (words.end >= document.tokens.size()) continue;
    datelines_.push_back(words);
    dividers_.push_back(words.end);  // The dash.
  }
  std::sort(dividers_.begin(), dividers_.end());
}

TokenRange Borders::around(std::uint32_t token, TokenRange range) const {
  const auto next = std::upper_bound(dividers_.begin(), dividers_.end(), token);
  if (next != dividers_.end()) range.end = std::min(range.end, *next);
  const auto before = std::lower_bound(dividers_.begin(), next, token);
  if (before != dividers_.begin()) range.begin = std::max(range.begin, *std::prev(before) + 1);
  range.end = std::max(range.begin, range.end);
  return range;
}

std::vector<TokenRange> Borders::pieces(TokenRange range) const {
  std::vector<TokenRange> found;
  auto next = std::lower_bound(dividers_.begin(), dividers_.end(), range.begin);
  for (; range.begin < range.end; ++next) {
    const std::uint32_t end = next == dividers_.end() ? range.end : std::min(*next, range.end);
    if (range.begin < end) found.push_back({range.begin, end});
    range.begin = end + 1;
    if (next == dividers_.end()) break;
  }
  return found;
}

bool Borders::in_dateline(std::uint32_t token) const {
  const auto after =
      std::upper_bound(datelines_.begin(), datelines_.end(), token,
                       [](std::uint32_t at, const TokenRange& line) { return at < line.begin; });
  return after != datelines_.begin() && token < std::prev(after)->end;
}

}  // namespace dateline::reading
