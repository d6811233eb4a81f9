// SPDX-License-Identifier: Apache-2.0
#include "article/page_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "article/dates.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

// No page was published before the web was, nor will one be read in another century; a year beyond
// is a slip or a number that is no year.
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;
constexpr int kBuddhistEra = 543;  ///< Thai pages count their years from it.

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c); }

/// Zeros of the scripts whose digits stand in dates; the other nine follow.
constexpr std::array<std::string_view, 6> kZeros = {"٠", "۰", "०", "০", "๐", "０"};

/// Whether a byte is a digit or begins one of another script.
bool may_be_digit(char c) {
  return is_digit(c) || c == '\xD9' || c == '\xDB' || c == '\xE0' || c == '\xEF';
}

/// Whether a word may be a month's name by what comes after it.
bool digit_follows(std::string_view text, std::size_t end) {
  constexpr std::size_t kNear = 12;
  const std::string_view rest = text.substr(end, kNear);
  return std::any_of(rest.begin(), rest.end(), may_be_digit);
}

/// Punctuation beyond ASCII that stands between words, as far as it matters to dates.
constexpr std::array<std::string_view, 7> kMarks = {"،", "·", "、", "，", "（", "）", "\u00A0"};

/// A run of digits, a word, or one other character.
struct Piece {
  std::string_view text;
  std::size_t begin = 0;
  int number = -1;         ///< Of up to four digits.
  std::size_t digits = 0;  ///< 0: a word.
  std::string_view gap;    ///< What stands between it and the piece before.
  std::size_t end() const { return begin + text.size(); }
};

/// Pieces of a text, one after another: numbers and words; all else lies between them.
class Pieces {
 public:
  Pieces(std::string_view text, std::size_t from) : text_(text), at_(from) {}

  bool next(Piece& piece) {
    const std::size_t gap = at_;
    while (at_ < text_.size()) {
      const std::size_t size = mark_size();
      if (size == 0) break;
      at_ += size;
    }
    at_ = std::min(at_, text_.size());
    if (at_ == text_.size()) return false;
    const std::size_t begin = at_;
    piece = {};
    int digit = 0;
    std::size_t size = 0;
    for (int number = 0; (size = digit_size(digit)) > 0; at_ += size) {
      ++piece.digits;
      if (piece.digits <= 4) number = number * 10 + digit;
      piece.number = piece.digits <= 4 ? number : -1;
    }
    if (piece.digits == 0) {
      do {
        ++at_;
        while (at_ < text_.size() && record::is_continuation(text_[at_])) ++at_;
      } while (at_ < text_.size() && mark_size() == 0 && digit_size(digit) == 0);
    }
    piece.text = text_.substr(begin, at_ - begin);
    piece.begin = begin;
    piece.gap = text_.substr(gap, begin - gap);
    return true;
  }

 private:
  /// Bytes of the digit here; 0 where there is none.
  std::size_t digit_size(int& digit) const {
    if (at_ >= text_.size()) return 0;
    if (is_digit(text_[at_])) {
      digit = text_[at_] - '0';
      return 1;
    }
    if ((text_[at_] & 0x80) == 0) return 0;
    for (const std::string_view zero : kZeros) {
      const std::string_view here = text_.substr(at_, zero.size());
      if (here.size() < zero.size() ||
          here.substr(0, zero.size() - 1) != zero.substr(0, zero.size() - 1)) {
        continue;
      }
      const int value =
          static_cast<unsigned char>(here.back()) - static_cast<unsigned char>(zero.back());
      if (value < 0 || value > 9) continue;
      digit = value;
      return zero.size();
    }
    return 0;
  }

  /// Bytes of what is neither a digit nor part of a word.
  std::size_t mark_size() const {
    const char c = text_[at_];
    if ((c & 0x80) == 0) return is_digit(c) || is_letter(c) ? 0 : 1;
    const std::string_view rest = text_.substr(at_);
    if (rest.size() >= 3 && rest.starts_with("\xE2\x80")) return 3;  // General punctuation.
    for (const std::string_view mark : kMarks) {
      if (rest.starts_with(mark)) return mark.size();
    }
    return 0;
  }

  std::string_view text_;
  std::size_t at_;
};

std::optional<std::string> day_of(int year, int month, int day) {
  using namespace std::chrono;
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < kFirstYear || year > kLastYear ||
      !year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                      std::chrono::day(static_cast<unsigned>(day)))
           .ok()) {
    return std::nullopt;
  }
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

int common_era(int year) {
  return year >= kFirstYear + kBuddhistEra && year <= kLastYear + kBuddhistEra ? year - kBuddhistEra
                                                                               : year;
}

/// Between a day, a month's name and a year: "9. März 2026", "March 9, 2026", "9-Mar-2026".
bool is_loose_gap(std::string_view gap) {
  constexpr std::size_t kLongest = 5;
  if (gap.size() > kLongest) return false;
  for (const std::string_view mark : {"،", "，", "’", "\u200F", "\u200E", "\u00A0", "\u202F"}) {
    if (const auto at = gap.find(mark); at != std::string_view::npos) {
      return is_loose_gap(gap.substr(0, at)) && is_loose_gap(gap.substr(at + mark.size()));
    }
  }
  return gap.find_first_not_of(" .,-/'\n") == std::string_view::npos;
}

/// Between bare numbers: "9.3.2026", "9/3/2026", "2026-03-09", "9. 3. 2026".
bool are_tight_gaps(std::string_view one, std::string_view other) {
  return one == other && (one == "-" || one == "/" || one == "." || one == ". " ||
                          one == "\u2011" || one == "\u2013");
}

std::string lower(std::string_view words) {
  std::string out(words);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

/// "uk" of "https://gazette.example.co.uk/dock-strike"; empty where the domain is of no country.
std::string country_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  const std::string_view host = address.substr(0, address.find_first_of("/:?#"));
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || host.size() - dot != 3) return {};
  return lower(host.substr(dot + 1));
}

bool is_word_byte(char c) { return is_letter(c) || is_digit(c); }

}  // namespace

DateStyle PageDates::style_of(std::string_view language_tag, std::string_view address) const {
  std::string tag = lower(language_tag.substr(0, language_tag.find_first_of(",; ")));
  std::replace(tag.begin(), tag.end(), '_', '-');
  const bool american = tag.empty() || tag == "en" || tag == "en-us" || tag == "en-ph";
  // The address knows better: many a site elsewhere calls its language "en-US".
  const std::string country = country_of(address);
  return {american && (country.empty() || anywhere_.contains(country)),
          tag.substr(0, tag.find('-'))};
}

Result<PageDates> PageDates::load(const std::filesystem::path& months,
                                  const std::filesystem::path& words) {
  PageDates dates;
  auto table = knowledge::Table::load(months, {"month", "names", "languages"});
  if (!table) return tl::unexpected(table.error());
  for (const auto& [cells, line] : table->rows()) {
    const auto month = knowledge::parse_int(cells[0]);
    if (!month || *month < 1 || *month > 12) {
      return fail(3010, fmt::format("{}:{}: '{}' is no month", months.string(), line, cells[0]));
    }
    Month meant{*month, {}};
    for (const std::string_view one : knowledge::split_cell(cells[2])) {
      meant.languages.emplace_back(one);
    }
    for (const std::string_view name : knowledge::split_cell(cells[1])) {
      dates.months_[std::string(name)].push_back(meant);
    }
  }
  table = knowledge::Table::load(words, {"kind", "words"});
  if (!table) return tl::unexpected(table.error());
  for (const auto& [cells, line] : table->rows()) {
    for (const std::string_view word : knowledge::split_cell(cells[1])) {
      if (cells[0] == "within") {
        dates.within_.emplace(word);
      } else if (cells[0] == "sign") {
        dates.signs_.emplace(word);
      } else if (cells[0] == "anywhere") {
        dates.anywhere_.emplace(word);
      } else if (cells[0] == "published") {
        dates.cues_.emplace_back(word, Cue::kPublished);
      } else if (cells[0] == "updated") {
        dates.cues_.emplace_back(word, Cue::kUpdated);
      } else if (cells[0] == "published_name") {
        dates.names_.emplace_back(word, Cue::kPublished);
      } else if (cells[0] == "updated_name") {
        dates.names_.emplace_back(word, Cue::kUpdated);
      } else {
        return fail(3010, fmt::format("{}:{}: no kind '{}'", words.string(), line, cells[0]));
      }
    }
  }
  return dates;
}

int PageDates::month_of(std::string_view word, const DateStyle& style) const {
  constexpr std::size_t kLongest = 64;
  if (word.size() < 3 || word.size() > kLongest) return 0;
  std::array<char, kLongest> name;
  std::transform(word.begin(), word.end(), name.begin(), [](char c) { return lower(c); });
  const auto* meanings = knowledge::find(months_, std::string_view(name.data(), word.size()));
  if (meanings == nullptr) return 0;
  for (const Month& one : *meanings) {
    if (one.languages.empty() || std::find(one.languages.begin(), one.languages.end(),
                                           style.language) != one.languages.end()) {
      return one.month;
    }
  }
  return 0;
}

std::optional<PageDates::Found> PageDates::find(std::string_view text, const DateStyle& style,
                                                std::size_t from) const {
  if (std::none_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), may_be_digit)) {
    return std::nullopt;
  }
  // The last three numbers or months, with the words between them passed over.
  std::array<Piece, 3> last{};
  std::array<int, 3> month{};
  std::array<bool, 3> joined{};  // To the piece before.
  Pieces pieces(text, from);
  bool filled = false, signed_ = false;
  for (Piece piece; pieces.next(piece);) {
    int name = 0;
    if (piece.digits == 0 && (last[2].digits > 0 || digit_follows(text, piece.end()))) {
      name = month_of(piece.text, style);
      // A name of two words: the first took the place before.
      if (name == 0 && piece.gap == " " && last[2].digits == 0 && !last[2].text.empty()) {
        name = month_of(text.substr(last[2].begin, piece.end() - last[2].begin), style);
        if (name > 0) {
          piece.text = text.substr(last[2].begin, piece.end() - last[2].begin);
          piece.begin = last[2].begin;
          piece.gap = last[2].gap;
          filled = joined[2];
          last = {last[0], last[0], last[1]};
          month = {month[0], month[0], month[1]};
          joined = {joined[0], joined[0], joined[1]};
        }
      }
    }
    if (piece.digits == 0 && name == 0) {
      constexpr std::size_t kLongestFiller = 16;
      std::array<char, kLongestFiller> word;
      const std::size_t size = std::min(piece.text.size(), kLongestFiller);
      std::transform(piece.text.begin(), piece.text.begin() + static_cast<std::ptrdiff_t>(size),
                     word.begin(), [](char c) { return lower(c); });
      const std::string_view filler(word.data(), size);
      const bool is_sign = size == piece.text.size() && signs_.contains(filler);
      if (is_sign || (size == piece.text.size() && within_.contains(filler))) {
        filled = true;
        signed_ = signed_ || is_sign;
        continue;
      }
    }
    last = {last[1], last[2], piece};
    month = {month[1], month[2], name};
    joined = {joined[1], joined[2], filled || is_loose_gap(piece.gap)};
    const bool was_signed = std::exchange(signed_, false);
    filled = false;
    if (piece.digits == 0 && name == 0) continue;
    if (!joined[1] || !joined[2]) continue;
    const auto& [a, b, c] = last;
    std::optional<std::string> day, other;
    if (month[1] > 0 && a.number > 0 && c.number >= 1000) {
      day = day_of(common_era(c.number), month[1], a.number);  // 9 March 2026
    } else if (month[0] > 0 && b.number > 0 && c.number >= 1000) {
      day = day_of(common_era(c.number), month[0], b.number);  // March 9, 2026
    } else if (month[1] > 0 && a.number >= 1000 && c.number > 0) {
      day = day_of(a.number, month[1], c.number);  // 2026 March 9
    } else if (month[2] > 0 && a.number >= 1000 && b.number > 0) {
      day = day_of(a.number, month[2], b.number);  // 2026. gada 9. marts
    } else if (a.number > 0 && b.number > 0 && c.number > 0) {
      if (!was_signed && !are_tight_gaps(b.gap, c.gap)) continue;
      const bool dotted = b.gap == "." || b.gap == ". ";
      if (a.digits == 4) {
        day = day_of(a.number, b.number, c.number);
      } else if (a.digits <= 2 && b.digits <= 2 &&
                 (c.digits == 4 || (c.digits == 2 && b.gap == "."))) {
        const int year = c.digits == 4 ? c.number : 2000 + c.number;
        day = day_of(year, b.number, a.number);
        if (!was_signed) other = day_of(year, a.number, b.number);
        // With dots and with hyphens the day comes first all over the world.
        if (b.gap == "/" && style.month_first) std::swap(day, other);
        if (!day && !dotted) std::swap(day, other);
        if (other == day) other.reset();
      }
      // "1.2.2026.5" and "10/2026/3/9" are no dates but versions and paths.
      if (a.gap.size() == 1 && (a.gap == "." || a.gap == "/") && a.begin > 1 &&
          is_digit(text[a.begin - 2])) {
        continue;
      }
    }
    if (day) return Found{std::move(*day), other.value_or(std::string()), a.begin, c.end()};
  }
  return std::nullopt;
}

std::optional<PageDates::Found> PageDates::read(std::string_view value,
                                                const DateStyle& style) const {
  constexpr std::size_t kLongest = 100;
  if (value.size() > kLongest) return std::nullopt;
  auto date = normalise_date(value);
  if (!date) return find(value, style);
  int year = 0;
  std::from_chars(date->data(), date->data() + 4, year);
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return Found{std::move(*date), {}, 0, value.size()};
}

PageDates::Cue PageDates::cue_before(std::string_view words) const {
  constexpr std::size_t kNear = 100;  // Bytes before the date.
  const std::string_view written = words.substr(words.size() - std::min(words.size(), kNear));
  const std::string near = lower(written);
  Cue cue = Cue::kNone;
  std::size_t end = 0;
  for (const auto& [phrase, what] : cues_) {
    const std::size_t at = near.rfind(phrase);
    if (at == std::string::npos || at + phrase.size() < end) continue;
    const std::size_t after = at + phrase.size();
    // "Ada ObiUpdated 9 March": names that stand in boxes of their own lose the blank between.
    if (at > 0 && is_word_byte(phrase.front()) && is_word_byte(near[at - 1]) &&
        !(written[at] != near[at] && written[at - 1] == near[at - 1])) {
      continue;
    }
    if (after < near.size() && is_word_byte(phrase.back()) && is_word_byte(near[after])) continue;
    // "Last updated" and "posted on" end where "updated" and "on" do: what is said last counts.
    if (after == end && cue == Cue::kUpdated) continue;
    cue = what;
    end = after;
  }
  return cue;
}

PageDates::Cue PageDates::cue_in_names(std::string_view names) const {
  constexpr std::size_t kLongest = 400;
  const std::string lowered = lower(names.substr(0, kLongest));
  Cue cue = Cue::kNone;
  for (const auto& [letters, what] : names_) {
    if (lowered.find(letters) == std::string::npos) continue;
    if (what == Cue::kPublished) return what;  // "entry-date published updated": both days are one.
    cue = what;
  }
  return cue;
}

}  // namespace dateline::article
