// SPDX-License-Identifier: Apache-2.0
#include "article/page_dates.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

#include "article/dates.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

// No page was published before the web was, nor will one be read in another century; a year beyond
// is a slip or a number that is no year.
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// A run of digits, a word, or one other character.
struct Piece {
  std::string_view text;
  std::size_t begin = 0;
  int number = -1;  ///< Of up to four digits.
  bool word = false;
  std::string_view gap;  ///< What stands between it and the piece before.
  std::size_t end() const { return begin + text.size(); }
};

/// Pieces of a text, one after another: numbers and words; all else lies between them.
class Pieces {
 public:
  Pieces(std::string_view text, std::size_t from) : text_(text), at_(from) {}

  bool next(Piece& piece) {
    const std::size_t gap = at_;
    while (at_ < text_.size() && !is_digit(text_[at_]) && !is_word(text_[at_])) ++at_;
    if (at_ == text_.size()) return false;
    const std::size_t begin = at_;
    piece = {};
    if (is_digit(text_[at_])) {
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
      if (at_ - begin <= 4) {
        int number = 0;
        std::from_chars(text_.data() + begin, text_.data() + at_, number);
        piece.number = number;
      }
    } else {
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
      piece.word = true;
    }
    piece.text = text_.substr(begin, at_ - begin);
    piece.begin = begin;
    piece.gap = text_.substr(gap, begin - gap);
    return true;
  }

 private:
  static bool is_word(char c) { return is_letter(c) || (c & 0x80) != 0; }
  std::string_view text_;
  std::size_t at_;
};

bool is_day(int year, int month, int day) {
  using namespace std::chrono;
  return year >= kFirstYear && year <= kLastYear &&
         year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

std::optional<std::string> day_of(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31 || !is_day(year, month, day)) {
    return std::nullopt;
  }
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// Between a day, a month's name and a year: "9. März 2026", "March 9, 2026", "9-Mar-2026".
bool is_loose_gap(std::string_view gap) {
  return gap.size() <= 3 && gap.find_first_not_of(" .,-/'") == std::string_view::npos;
}

bool is_filler(std::string_view word) {
  return word == "de" || word == "of" || word == "del" || word == "d" || word == "the" ||
         word == "st" || word == "nd" || word == "rd" || word == "th" || word == "er" ||
         word == "\xC2\xBA";
}

}  // namespace

Result<PageDates> PageDates::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"month", "names"});
  if (!table) return tl::unexpected(table.error());
  PageDates dates;
  for (const auto& [cells, line] : table->rows()) {
    const auto month = knowledge::parse_int(cells[0]);
    if (!month || *month < 1 || *month > 12) {
      return fail(3010, fmt::format("{}:{}: '{}' is no month", path.string(), line, cells[0]));
    }
    for (const std::string_view name : knowledge::split_cell(cells[1])) {
      dates.months_[std::string(name)] = *month;
    }
  }
  return dates;
}

int PageDates::month_of(std::string_view word) const {
  constexpr std::size_t kLongest = 24;
  if (word.size() < 3 || word.size() > kLongest) return 0;
  std::array<char, kLongest> lower;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    lower[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  const int* month = knowledge::find(months_, std::string_view(lower.data(), word.size()));
  return month == nullptr ? 0 : *month;
}

std::optional<PageDates::Found> PageDates::find(std::string_view text, bool month_first,
                                                std::size_t from) const {
  // The last three numbers or months, with the fillers between them passed over.
  std::array<Piece, 3> last{};
  std::array<int, 3> month{};
  std::array<bool, 3> joined{};  // To the piece before.
  Pieces pieces(text, from);
  bool filled = false;
  for (Piece piece; pieces.next(piece);) {
    if (piece.word && is_filler(piece.text)) {
      filled = true;
      continue;
    }
    int name = piece.word ? month_of(piece.text) : 0;
    // "2026年3月9日": the signs are words of their own.
    const bool sign =
        piece.word && (piece.text == "年" || piece.text == "月" || piece.text == "日" ||
                       piece.text == "년" || piece.text == "월" || piece.text == "일");
    if (sign) {
      filled = true;
      continue;
    }
    last = {last[1], last[2], piece};
    month = {month[1], month[2], name};
    joined = {joined[1], joined[2], filled || is_loose_gap(piece.gap)};
    const bool was_filled = filled;
    filled = false;
    if (piece.word && name == 0) continue;
    if (!joined[1] || !joined[2]) continue;
    const auto& [a, b, c] = last;
    const auto found = [&](std::optional<std::string> day) -> std::optional<Found> {
      if (!day) return std::nullopt;
      return Found{std::move(*day), a.begin, c.end()};
    };
    std::optional<Found> hit;
    if (month[1] > 0 && a.number > 0 && c.number >= 1000) {
      hit = found(day_of(c.number, month[1], a.number));  // 9 March 2026
    } else if (month[0] > 0 && b.number > 0 && c.number >= 1000) {
      hit = found(day_of(c.number, month[0], b.number));  // March 9, 2026
    } else if (month[1] > 0 && a.number >= 1000 && c.number > 0) {
      hit = found(day_of(a.number, month[1], c.number));  // 2026 March 9
    } else if (a.number > 0 && b.number > 0 && c.number > 0) {
      const bool tight =
          was_filled ||
          (b.gap.size() == 1 && b.gap == c.gap && (b.gap == "-" || b.gap == "/" || b.gap == ".")) ||
          (b.gap == ". " && b.gap == c.gap);
      if (!tight) continue;
      if (a.text.size() == 4) {
        hit = found(day_of(a.number, b.number, c.number));
      } else if (a.text.size() <= 2 && b.text.size() <= 2 &&
                 (c.text.size() == 4 || (c.text.size() == 2 && b.gap == "."))) {
        const int year = c.text.size() == 4 ? c.number : 2000 + c.number;
        const bool swap = b.gap == "/" || b.gap == "-" ? month_first : false;
        hit = found(swap ? day_of(year, a.number, b.number) : day_of(year, b.number, a.number));
        if (!hit && b.gap != ".") {
          hit = found(swap ? day_of(year, b.number, a.number) : day_of(year, a.number, b.number));
        }
      }
    }
    // "1.2.2026.5" and "10/2026/3/9" are no dates but versions and paths.
    if (hit && hit->begin > 0 && a.gap.size() == 1 && (a.gap == "." || a.gap == "/") &&
        a.begin > 1 && is_digit(text[a.begin - 2])) {
      continue;
    }
    if (hit) return hit;
  }
  return std::nullopt;
}

std::optional<std::string> PageDates::read(std::string_view value, bool month_first) const {
  constexpr std::size_t kLongest = 100;
  if (auto date = normalise_date(value)) {
    const std::string year = date->substr(0, 4);
    if (year >= "1990" && year < "2100") return date;
    return std::nullopt;
  }
  if (value.size() > kLongest) return std::nullopt;
  auto found = find(value, month_first);
  if (!found) return std::nullopt;
  return std::move(found->day);
}

}  // namespace dateline::article
