// SPDX-License-Identifier: Apache-2.0
#include "article/dates/iso.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <charconv>
#include <chrono>

#include "article/ascii.h"

namespace dateline::article {

namespace {

bool is_day(int year, int month, int day) {
  using namespace std::chrono;
  return year > 0 &&
         year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day))
             .ok();
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Month of an English name or of its first three letters; 0 for anything else.
int month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  std::string lower;
  for (const char c : name) lower += static_cast<char>(c | 0x20);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower == kMonths[i] || lower == kMonths[i].substr(0, 3) ||
        (lower == "sept" && kMonths[i] == "september")) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

}  // namespace

std::optional<std::string> normalise_date(std::string_view text) {
  static const re2::RE2 kForm(
      R"((\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)))"
      R"((?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)? ?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)");
  std::string year, month, day, month2, day2, hour, minute, second, zone;
  text = trim(text);
  if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kForm, &year, &month, &day,
                           &month2, &day2, &hour, &minute, &second, &zone)) {
    return std::nullopt;
  }
  if (month.empty()) {
    month = month2;
    day = day2;
  }
  if (!is_day(std::stoi(year), std::stoi(month), std::stoi(day))) return std::nullopt;
  std::string date = year + "-" + month + "-" + day;
  if (hour.empty()) return date;
  if (hour > "23" || minute > "59" || second > "60") return std::nullopt;
  date += "T" + hour + ":" + minute;
  if (!second.empty()) date += ":" + second;
  if (zone == "z" || zone == "Z") return date + "Z";
  if (zone.empty()) return date;
  const std::string zone_minutes = zone.size() > 3 ? zone.substr(zone.size() - 2) : "00";
  if (zone.substr(1, 2) > "23" || zone_minutes > "59") return std::nullopt;
  return date + zone.substr(0, 3) + ":" + zone_minutes;
}

std::optional<std::string> read_stamp(std::string_view text) {
  static const re2::RE2 kSince1970(R"((?:/Date\()?(1\d{9})(?:\.?\d{3}(?:\d{3})?)?(?:\)/)?)");
  static const re2::RE2 kDigits(R"((\d{8})(\d\d)(\d\d)(\d\d)?)");
  text = trim(text);
  const re2::StringPiece piece(text.data(), text.size());
  std::string seconds, day, hour, minute;
  if (re2::RE2::FullMatch(piece, kSince1970, &seconds)) {
    using namespace std::chrono;
    const sys_seconds instant{std::chrono::seconds(std::stoll(seconds))};
    const auto midnight = floor<days>(instant);
    const year_month_day date(midnight);
    const hh_mm_ss time(instant - midnight);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
  }
  if (re2::RE2::FullMatch(piece, kDigits, &day, &hour, &minute)) {
    return normalise_date(day + "T" + hour + minute);
  }
  return std::nullopt;
}

std::optional<std::string> read_given_date(std::string_view text) {
  if (auto date = normalise_date(text)) return date;
  if (auto date = read_stamp(text)) return date;
  // Of 3/5/2026 nobody knows whether it is in March or in May.
  static const re2::RE2 kWritten(
      R"((?i)(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]? )?)"
      R"(((?:\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4})|(?:[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})))"
      R"((?:,? (?:at )?\d{1,2}[:.]\d\d.{0,12})?)");
  text = trim(text);
  std::string day;
  if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kWritten, &day)) {
    return std::nullopt;
  }
  bool begins = true;
  for (char& c : day) {  // "MAY" and "may" are "May".
    if (is_letter(c)) c = static_cast<char>(begins ? c & ~0x20 : c | 0x20);
    begins = !is_alnum(c);
  }
  return find_date(day);
}

std::string gregorian_of_solar(int year, int month, int day) {
  using namespace std::chrono;
  const int longest = month <= 6 ? 31 : 30;
  if (month < 1 || month > 12 || day < 1 || day > longest) return {};
  // Eight leap years in 33, as the calendar has had them since 1343 and will until 1472.
  const auto count = [](int of_year, int of_month, int of_day) {
    const int past = of_year + 1595;
    return 365 * past + past / 33 * 8 + (past % 33 + 3) / 4 +
           (of_month < 7 ? (of_month - 1) * 31 : (of_month - 7) * 30 + 186) + of_day;
  };
  const year_month_day date(sys_days(year_month_day(std::chrono::year(2020), March, 20d)) +
                            days(count(year, month, day) - count(1399, 1, 1)));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string next_day(std::string_view day) {
  using namespace std::chrono;
  int part[3] = {};
  constexpr std::size_t kBegins[] = {0, 5, 8};
  constexpr std::size_t kSizes[] = {4, 2, 2};
  for (int i = 0; i < 3; ++i) {
    if (day.size() < 10) return {};
    std::from_chars(day.data() + kBegins[i], day.data() + kBegins[i] + kSizes[i], part[i]);
  }
  const year_month_day date{year{part[0]}, month{static_cast<unsigned>(part[1])},
                            std::chrono::day{static_cast<unsigned>(part[2])}};
  if (!date.ok()) return {};
  const year_month_day next = sys_days(date) + days(1);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(next.year()),
                     static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()));
}

bool is_future(std::string_view date, std::string_view retrieved) {
  constexpr std::size_t kDay = 10;
  if (date.size() < kDay || retrieved.size() < kDay) return false;
  const std::string_view day = date.substr(0, kDay), last = retrieved.substr(0, kDay);
  return day > last && day != next_day(last);
}

std::optional<std::string> find_date(std::string_view text) {
  static const re2::RE2 kDate(R"(\b(?:(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\.?,? (\d{4})\b|)"
                              R"(([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b|)"
                              R"((\d{4})-(\d\d)-(\d\d)\b))");
  re2::StringPiece rest(text.data(), text.size());
  std::string part[9];
  while (re2::RE2::FindAndConsume(&rest, kDate, &part[0], &part[1], &part[2], &part[3], &part[4],
                                  &part[5], &part[6], &part[7], &part[8])) {
    const bool day_first = !part[0].empty();
    const bool iso = !part[6].empty();
    const int year = std::stoi(iso ? part[6] : part[day_first ? 2 : 5]);
    const int month = iso ? std::stoi(part[7]) : month_of(part[day_first ? 1 : 3]);
    const int day = std::stoi(iso ? part[8] : part[day_first ? 0 : 4]);
    if (month > 0 && is_day(year, month, day)) {
      return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    }
  }
  return std::nullopt;
}

}  // namespace dateline::article
