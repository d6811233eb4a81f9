// SPDX-License-Identifier: Apache-2.0
#include "reading/quotes.h"

namespace dateline::reading {

namespace {

/// kEither opens what is closed and closes what is open: straight marks, and angles, which some
/// languages point the other way.
enum class Mark { kNone, kOpen, kClose, kEither };

struct Found {
  Mark mark = Mark::kNone;
  std::uint32_t size = 0;
};

struct Sign {
  std::string_view text;
  Mark mark;
};

/// A longer sign stands before those that it begins with.
constexpr Sign kSigns[] = {
    {"\"\"\"", Mark::kEither}, {"\"\"", Mark::kEither}, {"\"", Mark::kEither}, {"``", Mark::kOpen},
    {"''", Mark::kClose},      {"“", Mark::kOpen},      {"„", Mark::kOpen},    {"”", Mark::kClose},
    {"«", Mark::kEither},      {"»", Mark::kEither},    {"‹", Mark::kEither},  {"›", Mark::kEither},
};

Found mark_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c >= 0 && c != '"' && c != '`' && c != '\'') return {};
  for (const Sign& sign : kSigns) {
    if (text.substr(at, sign.text.size()) == sign.text) {
      return {sign.mark, static_cast<std::uint32_t>(sign.text.size())};
    }
  }
  return {};
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_end(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n' || is_space(text[at]);
}

std::uint32_t single_mark(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("'")) return 1;
  return rest == "‘" || rest == "’" ? 3 : 0;
}

/// A single mark that opens speech begins a word; one that closes it comes after a comma, stop,
/// question or exclamation mark. So apostrophes and quoted words are neither.
bool opens_speech(std::string_view text, std::size_t at) {
  const std::uint32_t size = single_mark(text, at);
  return size > 0 && !text.substr(at).starts_with("’") && (at == 0 || is_end(text, at - 1)) &&
         !is_end(text, at + size) && !single_mark(text, at + size);
}
bool closes_speech(std::string_view text, std::size_t at) {
  const std::uint32_t size = single_mark(text, at);
  return size > 0 && at > 0 &&
         std::string_view(",.?!").find(text[at - 1]) != std::string_view::npos &&
         is_end(text, at + size);
}

/// Where the next closing single mark of the line stands; the line's end where there is none.
std::size_t next_close(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && !closes_speech(text, at)) ++at;
  return at;
}

}  // namespace

bool only_quote_marks(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Found found = mark_at(text, at);
    if (found.mark == Mark::kNone) return false;
    at += found.size;
  }
  return true;
}

std::vector<Quote> find_quotes(std::string_view text) {
  std::vector<Quote> quotes;
  std::uint32_t paragraph = 0;
  bool open = false, left_open = false, any = false;
  std::size_t begin = 0;
  std::size_t single_close = 0;  // The next one behind every opening mark looked at so far.
  std::string_view opened;       // The mark, where it is known which one closes it.
  bool within = false;           // Of a curly pair within straight marks.
  const auto close = [&](std::size_t end) {
    while (begin < end && is_space(text[begin])) ++begin;
    while (end > begin && is_space(text[end - 1])) --end;
    if (begin < end) {
      const bool continues = left_open && !quotes.empty();
      quotes.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                        paragraph,
                        continues});
    }
    open = left_open = within = false;
    opened = {};
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
    Found found = mark_at(text, at);
    if (!open && found.mark == Mark::kNone && opens_speech(text, at)) {
      if (single_close <= at) single_close = next_close(text, at + 1);
      if (single_close < text.size() && text[single_close] != '\n') {
        found = {Mark::kOpen, single_mark(text, at)};
        opened = "'";
      }
    } else if (open && opened == "'") {
      found = closes_speech(text, at) ? Found{Mark::kClose, single_mark(text, at)} : Found{};
    }
    if (found.mark != Mark::kNone) {
      Mark mark = found.mark;
      const std::string_view sign = text.substr(at, found.size);
      if (open && opened == "„" && sign == "“") mark = Mark::kClose;
      if (mark == Mark::kEither) mark = open ? Mark::kClose : Mark::kOpen;
      if (open && opened.starts_with('"') && begin < at &&
          (sign == "“" || (within && sign == "”"))) {
        within = sign == "“";
        mark = Mark::kNone;
      }
      if (!open && any) left_open = false;
      if (mark == Mark::kOpen && !open) {
        open = true;
        if (opened != "'" || !single_mark(text, at)) opened = sign;
        begin = at + found.size;
      } else if (mark == Mark::kOpen && begin == at) {
        begin = at + found.size;  // A doubled mark.
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
