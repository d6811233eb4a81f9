// SPDX-License-Identifier: Apache-2.0
#include "article/dates/written.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "article/ascii.h"
#include "article/dates/iso.h"
#include "article/dates/pieces.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

// No page was published before the web was, nor will one be read in another century; a year beyond
// is a slip or a number that is no year.
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;
constexpr int kBuddhistEra = 543;  // Thai pages count their years from it.
constexpr int kFirstSolarYear = 1360, kLastSolarYear = 1499;  // 1404 is about 2025.

// Bounds on input, not decisions: bytes of a month's name and of a word between day and year.
constexpr std::size_t kLongestName = 72, kLongestFiller = 16;

/// Whether a word may be a month's name by what comes after it.
bool digit_follows(std::string_view text, std::size_t end) {
  // Bytes; spares most words a look at the table. Swept over the dated pages of
  // training/article/dates, 1 to 24: from 3 on no day is lost.
  constexpr std::size_t kNear = 12;
  const std::string_view rest = text.substr(end, kNear);
  return std::any_of(rest.begin(), rest.end(), may_be_digit);
}

/// A day as ISO 8601 has it; empty where there is no such day, or none of a page.
std::string day_of(int year, int month, int day, const DateStyle& style) {
  using namespace std::chrono;
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  if (style.solar && year >= kFirstSolarYear && year <= kLastSolarYear) {
    return gregorian_of_solar(year, month, day);
  }
  if (year >= kFirstYear + kBuddhistEra && year <= kLastYear + kBuddhistEra) year -= kBuddhistEra;
  if (year < kFirstYear || year > kLastYear ||
      !year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                      std::chrono::day(static_cast<unsigned>(day)))
           .ok()) {
    return {};
  }
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// The year that two digits stand for.
int year_of_two(int number, const DateStyle& style) {
  if (style.buddhist && number >= (kFirstYear + kBuddhistEra) % 100) return 2500 + number;
  return number >= kFirstYear % 100 ? 1900 + number : 2000 + number;
}

/// Between a day, a month's name and a year: "9. März 2026", "March 9, 2026", "9-Mar-2026".
bool is_loose_gap(std::string_view gap) {
  // Bytes, of two marks and a blank. Swept like kNear, 1 to 10: from 2 on no day is lost.
  constexpr std::size_t kLongest = 5;
  if (gap.size() > kLongest) return false;
  for (const std::string_view mark : {"،", "，", "’", "\u200F", "\u200E", "\u00A0", "\u202F"}) {
    if (const auto at = gap.find(mark); at != std::string_view::npos) {
      return is_loose_gap(gap.substr(0, at)) && is_loose_gap(gap.substr(at + mark.size()));
    }
  }
  return gap.find_first_not_of(" .,-/'\n") == std::string_view::npos;
}

/// The sign between bare numbers: "9.3.2026", "9 / 3 / 2026", "2026-03-09"; 0: another gap.
char sign_between(std::string_view gap) {
  constexpr std::size_t kLongest = 7;  // A sign with blanks and marks of direction.
  if (gap.size() > kLongest) return 0;
  char sign = 0;
  for (std::size_t at = 0; at < gap.size();) {
    const std::string_view rest = gap.substr(at);
    if (gap[at] == ' ') {
      ++at;
    } else if (rest.starts_with("\u200F") || rest.starts_with("\u200E")) {
      at += 3;
    } else if (sign != 0) {
      return 0;
    } else if (rest.starts_with("\u2011") || rest.starts_with("\u2013") || rest.starts_with("／")) {
      sign = rest.starts_with("／") ? '/' : '-';
      at += 3;
    } else if (gap[at] == '-' || gap[at] == '/' || gap[at] == '.') {
      sign = gap[at++];
    } else {
      return 0;
    }
  }
  return sign;
}

/// In lower case, as the names of months are: a letter at a time, the dotted I of the Turks as i,
/// the last letter of a Greek word as it is within one.
std::string_view lower_word(std::string_view word, std::array<char, kLongestName>& out) {
  std::size_t size = 0, at = 0;
  while (at < word.size() && size + U8_MAX_LENGTH <= out.size()) {
    if ((word[at] & 0x80) == 0) {
      out[size++] = lower(word[at++]);
      continue;
    }
    UChar32 letter = 0;
    U8_NEXT(word.data(), at, word.size(), letter);
    if (letter < 0) return {};
    U8_APPEND_UNSAFE(out.data(), size, u_foldCase(letter, U_FOLD_CASE_EXCLUDE_SPECIAL_I));
  }
  return {out.data(), size};
}

/// In lower case, byte for byte: letters that would change their size stay.
std::string folded(std::string_view words) {
  std::string out(words);
  for (std::size_t at = 0, begin = 0; at < out.size(); begin = at) {
    if ((out[at] & 0x80) == 0) {
      out[at] = lower(out[at]);
      ++at;
      continue;
    }
    UChar32 letter = 0;
    U8_NEXT(out.data(), at, out.size(), letter);
    if (letter < 0) continue;
    const UChar32 small = u_foldCase(letter, U_FOLD_CASE_EXCLUDE_SPECIAL_I);
    if (static_cast<std::size_t>(U8_LENGTH(small)) == at - begin) {
      U8_APPEND_UNSAFE(out.data(), begin, small);
    }
  }
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

/// A number or a month's name; `joined`: to the part before, `is_signed`: by 年 and the like.
struct PageDates::Part {
  DatePiece piece;
  int month = 0;
  bool joined = false, is_signed = false;
};

DateStyle PageDates::style_of(std::string_view language_tag, std::string_view address) const {
  std::string tag = lower(language_tag.substr(0, language_tag.find_first_of(",; ")));
  std::replace(tag.begin(), tag.end(), '_', '-');
  std::string language = tag.substr(0, tag.find('-'));
  // The address knows better: many a site elsewhere calls its language "en-US".
  const std::string country = country_of(address);
  return {(tag.empty() || month_first_.contains(tag)) &&
              (country.empty() || anywhere_.contains(country)),
          year_first_.contains(language), solar_.contains(language), buddhist_.contains(language),
          std::move(language)};
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
  const std::array<std::pair<std::string_view, knowledge::StringSet*>, 7> sets = {
      {{"within", &dates.within_},
       {"sign", &dates.signs_},
       {"anywhere", &dates.anywhere_},
       {"month_first", &dates.month_first_},
       {"year_first", &dates.year_first_},
       {"solar", &dates.solar_},
       {"buddhist", &dates.buddhist_}}};
  for (const auto& [cells, line] : table->rows()) {
    const std::string_view kind = cells[0];
    const int era = kind.starts_with("era ") ? knowledge::parse_int(kind.substr(4)).value_or(0) : 0;
    for (const std::string_view word : knowledge::split_cell(cells[1])) {
      if (const auto* set = knowledge::find_pair(sets, kind)) {
        (*set)->emplace(word);
      } else if (era != 0) {
        dates.eras_.emplace_back(word, era);
      } else if (cells[0] == "published") {
        dates.cues_.emplace_back(folded(word), Cue::kPublished);
      } else if (cells[0] == "updated") {
        dates.cues_.emplace_back(folded(word), Cue::kUpdated);
      } else if (cells[0] == "drafted") {
        dates.cues_.emplace_back(folded(word), Cue::kDrafted);
      } else if (cells[0] == "published_name") {
        dates.names_.emplace_back(word, Cue::kPublished);
      } else if (cells[0] == "updated_name") {
        dates.names_.emplace_back(word, Cue::kUpdated);
      } else if (cells[0] == "attribute") {
        dates.attributes_.emplace_back(word);
      } else if (cells[0] == "other_name") {
        dates.names_.emplace_back(word, Cue::kOther);
      } else if (cells[0] == "other") {
        dates.cues_.emplace_back(folded(word), Cue::kOther);
      } else {
        return fail(3010, fmt::format("{}:{}: no kind '{}'", words.string(), line, cells[0]));
      }
    }
  }
  return dates;
}

int PageDates::month_of(std::string_view word, const DateStyle& style) const {
  if (word.size() < 3 || word.size() > kLongestName - U8_MAX_LENGTH) return 0;
  std::array<char, kLongestName> name;
  const auto* meanings = knowledge::find(months_, lower_word(word, name));
  if (meanings == nullptr) return 0;
  for (const Month& one : *meanings) {
    if (one.languages.empty() || std::find(one.languages.begin(), one.languages.end(),
                                           style.language) != one.languages.end()) {
      return one.month;
    }
  }
  return 0;
}

int PageDates::year_of_era(std::string_view before, int year) const {
  for (const auto& [name, first] : eras_) {
    if (before.ends_with(name)) return first + year;
  }
  return 0;
}

PageDates::Days PageDates::day_in_numbers(const Parts& parts, std::string_view text,
                                          const DateStyle& style) const {
  const DatePiece &a = parts[0].piece, &b = parts[1].piece, &c = parts[2].piece;
  if (a.number <= 0 || b.number <= 0 || c.number <= 0 || b.digits > 2) return {};
  const char sign = sign_between(b.gap);
  const bool is_signed = parts[1].is_signed || parts[2].is_signed;
  if (!is_signed && (sign == 0 || sign != sign_between(c.gap))) return {};
  if (is_signed && a.digits <= 3) {
    if (const int year = year_of_era(text.substr(0, a.begin), a.number)) {
      return {day_of(year, b.number, c.number, style), {}};
    }
  }
  // "1.2.2026.5" and "10/2026/3/9" are no dates but versions and paths.
  if (a.gap.size() == 1 && (a.gap == "." || a.gap == "/") && a.begin > 1 &&
      is_digit(text[a.begin - 2])) {
    return {};
  }
  if (a.digits == 4) return {day_of(a.number, b.number, c.number, style), {}};
  if (a.digits > 2) return {};
  if (c.digits == 2) {
    // "v2.10.26", "1.2.26.5".
    const std::string_view after = text.substr(c.end(), 2);
    if ((a.begin > 0 && is_letter(text[a.begin - 1])) ||
        (after.size() == 2 && after[0] == sign && is_digit(after[1])) || b.gap != c.gap) {
      return {};
    }
    if (style.year_first)
      return {day_of(year_of_two(a.number, style), b.number, c.number, style), {}};
  } else if (c.digits != 4) {
    return {};
  }
  const int year = c.digits == 4 ? c.number : year_of_two(c.number, style);
  Days days{day_of(year, b.number, a.number, style), {}};
  if (!is_signed) days.other = day_of(year, a.number, b.number, style);
  // With dots and with hyphens the day comes first all over the world.
  if (sign == '/' && style.month_first) std::swap(days.value, days.other);
  if (days.value.empty() && sign != '.') std::swap(days.value, days.other);
  if (days.other == days.value) days.other.clear();
  return days;
}

PageDates::Days PageDates::day_in(const Parts& parts, std::string_view text,
                                  const DateStyle& style) const {
  const auto& [a, b, c] = parts;
  const auto number = [](const Part& part) { return part.piece.number; };
  // "9-Mar-26", "9 Mar '26"; elsewhere two digits may be anything.
  const bool is_short =
      c.piece.digits == 2 &&
      (style.buddhist || c.piece.gap.ends_with("'") || c.piece.gap.ends_with("’") ||
       (c.piece.gap == b.piece.gap && sign_between(b.piece.gap) != 0));
  const int year = number(c) >= 1000 ? number(c) : is_short ? year_of_two(number(c), style) : 0;
  if (b.month > 0 && number(a) > 0 && number(a) < 1000 && year > 0) {
    return {day_of(year, b.month, number(a), style), {}};  // 9 March 2026
  }
  if (a.month > 0 && number(b) > 0 && year > 0) {
    return {day_of(year, a.month, number(b), style), {}};  // March 9, 2026
  }
  if (b.month > 0 && number(a) >= 1000 && number(c) > 0) {
    return {day_of(number(a), b.month, number(c), style), {}};  // 2026 March 9
  }
  if (c.month > 0 && number(a) >= 1000 && number(b) > 0) {
    return {day_of(number(a), c.month, number(b), style), {}};  // 2026. gada 9. marts
  }
  return day_in_numbers(parts, text, style);
}

std::optional<PageDates::Found> PageDates::find(std::string_view text, const DateStyle& style,
                                                std::size_t from) const {
  if (std::none_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), may_be_digit)) {
    return std::nullopt;
  }
  Parts last{};    // With the words between them passed over.
  DatePiece word;  // The one just before, whether it was passed over or not.
  DatePieces pieces(text, from);
  bool filled = false, is_signed = false;
  for (DatePiece piece; pieces.next(piece);) {
    const DatePiece before = std::exchange(word, {});
    int month = 0;
    if (piece.is_time) {  // "Mon Mar 9 08:30:00 UTC 2026"
      filled = true;
      continue;
    }
    if (piece.digits == 0) {
      word = piece;
      if (last[2].piece.digits > 0 || digit_follows(text, piece.end())) {
        month = month_of(piece.text, style);
        // A name of two words: the first may have taken the place before.
        if (month == 0 && piece.gap == " " && !before.text.empty()) {
          const std::string_view both = text.substr(before.begin, piece.end() - before.begin);
          month = month_of(both, style);
          if (month > 0) {
            piece.text = both;
            piece.begin = before.begin;
            piece.gap = before.gap;
            if (last[2].piece.begin == before.begin && !last[2].piece.text.empty()) {
              filled = last[2].joined;
              last = {last[0], last[0], last[1]};
            }
          }
        }
      }
      // "9 آذار/مارس 2026": one month by two names.
      if (month > 0 && month == last[2].month) {
        filled = true;
        continue;
      }
      std::array<char, kLongestName> small;
      if (month == 0 && piece.text.size() <= kLongestFiller) {
        const std::string_view filler = lower_word(piece.text, small);
        const bool is_sign = signs_.contains(filler);
        if (is_sign || within_.contains(filler)) {
          filled = true;
          is_signed = is_signed || is_sign;
          continue;
        }
      }
    }
    last = {last[1], last[2], Part{piece, month, filled || is_loose_gap(piece.gap), is_signed}};
    filled = is_signed = false;
    if ((piece.digits == 0 && month == 0) || !last[1].joined || !last[2].joined) continue;
    if (Days days = day_in(last, text, style); !days.value.empty()) {
      return Found{std::move(days.value), std::move(days.other), last[0].piece.begin, piece.end()};
    }
  }
  return std::nullopt;
}

std::optional<PageDates::Found> PageDates::read(std::string_view value,
                                                const DateStyle& style) const {
  constexpr std::size_t kLongest = 100;  // A bound on input, not a decision.
  if (value.size() > kLongest) return std::nullopt;
  auto date = normalise_date(value);
  if (!date) date = read_stamp(value);
  if (!date) return find(value, style);
  int year = 0;
  std::from_chars(date->data(), date->data() + 4, year);
  if (style.solar && year >= kFirstSolarYear && year <= kLastSolarYear) return find(value, style);
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return Found{std::move(*date), {}, 0, value.size()};
}

PageDates::Cue PageDates::cue_before(std::string_view words) const {
  // Bytes before the date. Swept over tests/article/day_pages.tsv, 20 to 200: 20 and 40 lose 225
  // and 18 of 5,778 pages.
  constexpr std::size_t kNear = 100;
  const std::string_view written = words.substr(words.size() - std::min(words.size(), kNear));
  const std::string near = folded(written);
  Cue cue = Cue::kNone;
  std::size_t end = 0, longest = 0;  // Of those that end last the longest: "last updated on".
  for (const auto& [phrase, what] : cues_) {
    const std::size_t at = near.rfind(phrase);
    if (at == std::string::npos) continue;
    const std::size_t after = at + phrase.size();
    if (after < end || (after == end && phrase.size() < longest)) continue;
    // "Ada ObiUpdated 9 March": names that stand in boxes of their own lose the blank between.
    if (at > 0 && is_word_byte(phrase.front()) && is_word_byte(near[at - 1]) &&
        !(written[at] != near[at] && written[at - 1] == near[at - 1])) {
      continue;
    }
    if (after < near.size() && is_word_byte(phrase.back()) && is_word_byte(near[after])) continue;
    cue = what;
    end = after;
    longest = phrase.size();
  }
  return cue;
}

PageDates::Cue PageDates::cue_in_names(std::string_view names) const {
  constexpr std::size_t kLongest = 400;  // A bound on input, not a decision.
  const std::string lowered = lower(names.substr(0, kLongest));
  Cue cue = Cue::kNone;
  for (const auto& [letters, what] : names_) {
    if (lowered.find(letters) == std::string::npos) continue;
    if (what == Cue::kPublished) return what;  // "entry-date published updated": both days are one.
    cue = what;
  }
  return cue;
}

bool PageDates::names_a_day(std::string_view name) const {
  return std::any_of(attributes_.begin(), attributes_.end(), [&](const std::string& letters) {
    return name.find(letters) != std::string_view::npos;
  });
}

}  // namespace dateline::article
