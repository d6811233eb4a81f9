// SPDX-License-Identifier: Apache-2.0
#include "export/wording.h"

#include <fmt/format.h>

#include <charconv>

#include "export/calendar.h"

namespace dateline::exporting {

namespace {

void append(std::string& all, std::string_view one) {
  if (one.empty()) return;
  if (!all.empty()) all += "; ";
  all += one;
}

}  // namespace

std::string number(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  std::string shortest(digits, end);
  if (shortest.find('e') == std::string::npos) return shortest;
  // People write 1500000, not 1.5e+06.
  char plain[512];
  const auto fixed = std::to_chars(plain, plain + sizeof plain, value, std::chars_format::fixed);
  return fixed.ec == std::errc() && fixed.ptr - plain <= 24 ? std::string(plain, fixed.ptr)
                                                            : shortest;
}

const std::string& origin(const ReportRef& report) {
  return !report.outlet.empty() ? report.outlet : !report.uri.empty() ? report.uri : report.id;
}

std::string days(const std::string& begin, const std::string& end) {
  if (begin.empty() || end.empty() || begin == end) return begin.empty() ? end : begin;
  constexpr std::size_t kYear = 4, kMonth = 7;
  const auto range = range_of(begin, end);
  if (range && range->is_year) return begin.substr(0, kYear);
  if (range && range->is_month) return begin.substr(0, kMonth);
  return begin + " \u2013 " + end;
}

std::string names(const std::vector<Who>& several) {
  std::string all;
  for (const Who& who : several) append(all, who.name);
  return all;
}

std::string place(const TimelineEvent& event) {
  if (!event.place) return "";
  const Where& where = *event.place;
  if (where.country.empty() || where.precision == "country") return where.name;
  return where.name + " (" + where.country + ")";
}

std::string names(const std::vector<ActorName>& several) {
  std::string text;
  for (const ActorName& one : several) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", one.name, one.reports);
  }
  return text;
}

std::string numbers_in_words(const std::vector<HowMany>& several) {
  std::string all;
  for (const HowMany& counted : several) {
    if (counted.words.empty()) {  // A person gave it.
      append(all, value_of(counted) + " " + counted.counts);
      continue;
    }
    // The words may spell it otherwise: "kilometres".
    constexpr std::size_t kStem = 3;
    const bool has_unit = counted.unit.empty() ||
                          counted.words.find(counted.unit.substr(0, kStem)) != std::string::npos;
    append(all, has_unit ? counted.words : counted.words + " " + counted.unit);
  }
  return all;
}

std::string joined(const std::vector<std::string>& several) {
  std::string all;
  for (const std::string& one : several) append(all, one);
  return all;
}

std::string words_of(const std::vector<Who>& several) {
  std::string all;
  for (const Who& who : several) append(all, who.words);
  return all;
}

std::string how_many(const Happening& happening) {
  return happening.reports > 1 && !happening.tolls.empty()
             ? tolls(happening.tolls)
             : numbers_in_words(happening.accounts[happening.fullest].told.quantities);
}

std::string count_of(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

bool is_point(const Where& place) {
  return place.lat && place.lon && (place.precision == "point" || place.precision == "town");
}

std::string day_of(const ReportRef& report) {
  constexpr std::size_t kDay = 10;
  return report.published.substr(0, kDay);
}

std::string source_of(const TimelineEvent* told) {
  if (told == nullptr) return "";
  const std::string day = day_of(told->report);
  return origin(told->report) + (day.empty() ? "" : ", " + day) + " (" + told->handle + ")";
}

std::string tolls(const std::vector<Toll>& several) {
  std::string all;
  for (const Toll& toll : several) {
    std::string one = number(toll.low);
    if (toll.low != toll.high) one += " to " + number(toll.high);
    one += " " + toll.counts;
    if (toll.low != toll.high) one += " (" + number(toll.best) + ")";
    append(all, one);
  }
  return all;
}

std::string value_of(const HowMany& counted) {
  if (counted.value) return number(*counted.value);
  if (!counted.min && !counted.max) return "";
  return (counted.min ? number(*counted.min) : "") + ".." +
         (counted.max ? number(*counted.max) : "");
}

std::string numbers_counted(const std::vector<HowMany>& several) {
  std::string all;
  for (const HowMany& counted : several) {
    const std::string many = value_of(counted);
    if (!counted.counts.empty() && !many.empty()) append(all, counted.counts + "=" + many);
  }
  return all;
}

std::string voices(const std::vector<Voice>& several) {
  std::string all;
  for (const Voice& voice : several) {
    std::string one = voice.name.empty() ? "unnamed" : voice.name;
    if (!voice.stance.empty() && voice.stance != "asserts") one += " (" + voice.stance + ")";
    for (const std::string& through : voice.via) {
      one += ", via " + (through.empty() ? std::string("unnamed") : through);
    }
    append(all, one);
  }
  return all;
}

std::string state(const TimelineEvent& event) {
  if (event.correction == 0) return "";
  std::string fields;
  for (const ValueOfPerson& value : event.corrected) {
    fields += (fields.empty() ? ": " : ", ") + value.field;
  }
  return event.state + fields;
}

}  // namespace dateline::exporting
