// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/quotes.h"

namespace dateline::reading {

namespace {

enum class Mark { kNone, kOpen, kClose, kEither };

struct Found {
  Mark mark = Mark::kNone;
  std::uint32_t size = 0;
};

Found mark_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\"")) return {Mark::kEither, 1};
  if (rest.starts_with("``")) return {Mark::kOpen, 2};
  if (rest.starts_with("''")) return {Mark::kClose, 2};
  if (rest == "“" || rest == "„") return {Mark::kOpen, 3};
  if (rest == "”") return {Mark::kClose, 3};
  if (rest.starts_with("«")) return {Mark::kOpen, 2};
  if (rest.starts_with("»")) return {Mark::kClose, 2};
  return {};
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

std::vector<std::uint32_t> find_paragraphs(std::string_view text) {
  std::vector<std::uint32_t> begins;
  bool fresh = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') {
      fresh = true;
    } else if (fresh && !is_space(text[at])) {
      begins.push_back(static_cast<std::uint32_t>(at));
      fresh = false;
    }
  }
  return begins;
}

std::vector<Quote> find_quotes(std::string_view text) {
  std::vector<Quote> quotes;
  std::uint32_t paragraph = 0;
  bool open = false, left_open = false, any = false;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    while (begin < end && is_space(text[begin])) ++begin;
    while (end > begin && is_space(text[end - 1])) --end;
    if (begin < end) {
      const bool continues = left_open && !quotes.empty();
      quotes.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                        paragraph,
                        continues});
    }
    open = left_open = false;
  };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || text[at] == '\n') {
      const bool was_open = open;
      if (open) close(at);
      left_open = was_open || (left_open && !any);
      if (any) ++paragraph;
      any = false;
      continue;
    }
    if (const Found found = mark_at(text, at); found.mark != Mark::kNone) {
      Mark mark = found.mark;
      if (mark == Mark::kEither) mark = open ? Mark::kClose : Mark::kOpen;
      if (left_open && any) left_open = false;
      if (mark == Mark::kOpen && !open) {
        open = true;
        begin = at + found.size;
      } else if (mark == Mark::kClose && open) {
        close(at);
      }
      at += found.size - 1;
      any = true;
    } else if (!is_space(text[at])) {
      if (!open) left_open = false;
      any = true;
    }
  }
  return quotes;
}

}  // namespace dateline::reading
