// iCalendar (RFC 5545): an all-day event a happening. Its stamp is the day on which the last report
// of it was published, so that the same store gives the same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "export/calendar.h"
#include "export/told.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

/// A text as RFC 5545 writes it. Control characters are none of its characters.
std::string escaped_text(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' || c == ';' || c == ',') made += '\\';
    if (c == '\n' || c == '\r') {
      if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
      made += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      made += c;
    } else {
      made += ' ';
    }
  }
  return made;
}

/// Adds a line, folded so that none is longer than 75 bytes and no character is torn.
void content_line(std::string_view line, std::string& out) {
  constexpr std::size_t kLongest = 75;
  std::size_t room = kLongest;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLongest - 1;  // The blank counts.
  }
  out.append(line).append("\r\n");
}

void text_line(std::string_view name, const std::string& text, std::string& out) {
  if (!text.empty()) content_line(fmt::format("{}:{}", name, escaped_text(text)), out);
}

std::string plain(const std::chrono::year_month_day& day) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// The day on which its last report was published.
std::chrono::year_month_day stamp_of(const Happening& happening) {
  std::string latest;
  for (const Account& account : happening.accounts) {
    latest = std::max(latest, day_of(account.told.report));
  }
  using namespace std::chrono;
  return day_in(latest).value_or(year_month_day(1970y / January / 1d));
}

std::string description(const ToldHappening& told, bool has_day) {
  const Happening& happening = told.happening;
  std::string text = "“" + told.fullest.words + "” " + source_of(&told.fullest) + "\n";
  if (has_day) text += "When: " + told.day.value;
  if (!told.day.quote.empty())
    text += " (“" + told.day.quote + "”, " + source_of(told.day.by) + ")";
  if (has_day) text += "\n";
  if (const std::string many = how_many(happening); !many.empty())
    text += "How many: " + many + "\n";
  if (const std::string quoted = quoted_tolls(told); !quoted.empty()) text += quoted + "\n";
  text += doubts(told) + "\nReports:";
  for (const Account& account : happening.accounts) {
    text += '\n';
    text += source_of(&account.told);
  }
  return text;
}

bool is_sure(const ToldHappening& told) {
  return told.denied_by.empty() &&
         (told.fullest.status.empty() || told.fullest.status == "actual" ||
          told.fullest.status == "ongoing");
}

class ICalendar : public Writer {
 public:
  void begin(std::string& out) override {
    for (const std::string_view line :
         {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN"}) {
      content_line(line, out);
    }
  }

  std::size_t add(const Happening& happening, std::string& out) override {
    const std::string stands_at = standing_day(happening);
    const bool has_day = !happening.begin.empty() || !happening.end.empty();
    const auto range =
        has_day ? range_of(happening.begin, happening.end) : range_of(stands_at, stands_at);
    if (!range) return 0;
    const ToldHappening told(happening);
    const auto behind = std::chrono::sys_days(range->end) + std::chrono::days(1);
    std::string summary = headline(told);
    if (!has_day) {
      summary += " [day not told]";
    } else if (range->begin != range->end) {
      summary += " [" + told.day.value + "]";
    }
    content_line("BEGIN:VEVENT", out);
    content_line("UID:" + happening.id + "@dateline", out);
    content_line("DTSTAMP:" + plain(stamp_of(happening)) + "T000000Z", out);
    content_line("DTSTART;VALUE=DATE:" + plain(range->begin), out);
    content_line("DTEND;VALUE=DATE:" + plain(behind), out);
    text_line("SUMMARY", summary, out);
    text_line("DESCRIPTION", description(told, has_day), out);
    text_line("LOCATION", told.place.value, out);
    if (told.fullest.place && is_point(*told.fullest.place)) {
      content_line(fmt::format("GEO:{};{}", number(*told.fullest.place->lat),
                               number(*told.fullest.place->lon)),
                   out);
    }
    text_line("CATEGORIES", happening.type, out);
    content_line(is_sure(told) ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE", out);
    content_line("TRANSP:TRANSPARENT", out);
    content_line("END:VEVENT", out);
    return 1;
  }

  void end(std::string& out) override { content_line("END:VCALENDAR", out); }
};

}  // namespace

Result<std::unique_ptr<Writer>> open_icalendar(const std::string&) {
  return std::make_unique<ICalendar>();
}

}  // namespace dateline::exporting
