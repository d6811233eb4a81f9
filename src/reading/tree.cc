// SPDX-License-Identifier: Apache-2.0
#include "reading/tree.h"

#include <algorithm>

namespace dateline::reading {

using language::Token;
using language::TokenRange;

Tree::Tree(const language::Document& document) : document_(document), borders_(document) {
  const std::uint32_t n = size();
  subtree_.resize(n);
  std::vector<std::uint32_t> order;  // Parents before their children.
  order.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    subtree_[i] = {i, i + 1};
    if (is_root(i)) order.push_back(i);
  }
  for (std::size_t at = 0; at < order.size(); ++at) {
    for (const std::uint32_t child : document.children(order[at])) order.push_back(child);
  }
  for (std::size_t at = order.size(); at-- > 0;) {
    const std::uint32_t i = order[at];
    if (is_root(i)) continue;
    TokenRange& above = subtree_[document.tokens[i].head];
    above.begin = std::min(above.begin, subtree_[i].begin);
    above.end = std::max(above.end, subtree_[i].end);
  }
}

std::uint32_t Tree::child(std::uint32_t i, std::initializer_list<std::string_view> labels) const {
  for (const std::uint32_t c : children(i)) {
    if (is_any_of(document_.tokens[c].dep, labels)) return c;
  }
  return kNone;
}

std::uint32_t Tree::head_of(TokenRange range) const {
  if (range.begin >= range.end) return std::min(range.begin, size() - 1);
  for (std::uint32_t i = range.end; i-- > range.begin;) {
    const std::uint32_t head = document_.tokens[i].head;
    if (head == i || head < range.begin || head >= range.end) {
      if (document_.tokens[i].pos != "PUNCT" && document_.tokens[i].dep != "case") return i;
    }
  }
  return range.end - 1;
}

std::vector<TokenRange> Tree::paragraphs() const {
  constexpr std::string_view kBlank = "\n \t\r";
  const std::string_view text = document_.text;
  std::vector<TokenRange> found;
  for (std::size_t at = text.find_first_not_of(kBlank); at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    at = std::min(text.find_first_not_of(kBlank, text.find('\n', at)), text.size());
    found.push_back(tokens_of({begin, static_cast<std::uint32_t>(at)}));
  }
  return found;
}

TokenRange Tree::trim(TokenRange range, bool punctuation) const {
  const auto loose = [&](std::uint32_t i) {
    const Token& token = document_.tokens[i];
    return token.pos == "SPACE" || (punctuation && token.pos == "PUNCT");
  };
  while (range.begin < range.end && loose(range.begin)) ++range.begin;
  while (range.end > range.begin && loose(range.end - 1)) --range.end;
  return range;
}

TokenRange Tree::in_paragraph_of(std::uint32_t token, std::uint32_t head, TokenRange phrase) const {
  const TokenRange part = in_paragraph_of(token, phrase);
  if (part.begin < part.end || head >= token) return trim(part, false);
  const TokenRange below = in_paragraph_of(token, subtree(head));
  return trim({below.begin, std::max(below.begin, std::min(below.end, token))}, false);
}

std::uint8_t number_in(std::string_view word, std::initializer_list<std::string_view> words) {
  const auto* const found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? 0 : static_cast<std::uint8_t>(found - words.begin() + 1);
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace dateline::reading
