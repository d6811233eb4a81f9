// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/page.h"

#include <algorithm>
#include <utility>

#include "article/ascii.h"

namespace dateline::article {

Page::Page(std::string html) : html_(std::move(html)), nodes_(parse(html_)) {}

bool Attributes::next() {
  const auto skip = [this](auto is_it) {
    std::size_t at = 0;
    while (at < rest_.size() && is_it(rest_[at])) ++at;
    const std::string_view skipped = rest_.substr(0, at);
    rest_.remove_prefix(at);
    return skipped;
  };
  skip([](char c) { return is_blank(c) || c == '/'; });
  if (rest_.empty()) return false;
  const std::size_t first = rest_.front() == '=' ? 1 : 0;  // A name may begin with one.
  std::size_t end = first;
  while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '/' && rest_[end] != '=')
    ++end;
  name = rest_.substr(0, end);
  rest_.remove_prefix(end);
  value = {};
  const std::string_view before = rest_;
  skip(is_blank);
  if (rest_.empty() || rest_.front() != '=') {
    rest_ = before;
    return true;
  }
  rest_.remove_prefix(1);
  skip(is_blank);
  if (!rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) {
    const std::size_t close = std::min(rest_.find(rest_.front(), 1), rest_.size());
    value = rest_.substr(1, close - 1);
    rest_.remove_prefix(std::min(close + 1, rest_.size()));
  } else {
    value = skip([](char c) { return !is_blank(c); });
  }
  return true;
}

bool Attributes::is(std::string_view wanted) const { return same_but_for_case(name, wanted); }

std::string attribute(const Page& page, std::size_t node, std::string_view name) {
  if (page[node].tag == Tag::kText) return {};
  for (Attributes at(page.written(node)); at.next();) {
    if (at.is(name)) return plain_value(at.value);
  }
  return {};
}

void append_text_of(const Page& page, std::size_t node, PageText& text) {
  std::uint32_t last_block = 0;
  for (std::size_t at = node; at < page[node].end;) {
    const Node& one = page[at];
    if (at != node && has(one.tag, kSilent)) {
      at = one.end;
      continue;
    }
    if (one.tag == Tag::kText) {
      std::uint32_t block = one.parent;
      while (block != 0 && !has(page[block].tag, kBlock)) block = page[block].parent;
      if (block != std::exchange(last_block, block)) text.blank();
      text.append(page.written(at), one.begin, one.literal);
    } else if (one.tag == Tag::kBr) {
      text.blank();
    }
    ++at;
  }
}

std::string text_of(const Page& page, std::size_t node) {
  PageText text;
  append_text_of(page, node, text);
  return text.text();
}

}  // namespace dateline::article
