// The JSON of TimelineJS 3 (Knight Lab): a slide a happening. Its texts are HTML, so what comes
// from reports is escaped. A happening without a day stands at its first report's and says so; one
// without either has no place on a line of time. SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "export/calendar.h"
#include "export/json_line.h"
#include "export/told.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string paragraph(const std::string& html) { return html.empty() ? "" : "<p>" + html + "</p>"; }

/// Where a report came from: a link, if its address is one of the web.
std::string linked(const TimelineEvent& told) {
  const std::string text = escaped(source_of(&told)), &uri = told.report.uri;
  if (!uri.starts_with("https://") && !uri.starts_with("http://")) return text;
  return "<a href=\"" + escaped(uri) + "\">" + text + "</a>";
}

std::string slide_text(const ToldHappening& told) {
  std::string html = paragraph("“" + escaped(told.fullest.words) + "”");
  html += paragraph(escaped(how_many(told.happening)));
  const std::string quoted = quoted_tolls(told);
  if (!quoted.empty()) html += paragraph("<small>" + escaped(quoted) + "</small>");
  if (!told.day.quote.empty()) {
    html +=
        paragraph("<small>" + escaped("day: “" + told.day.quote + "”, " + source_of(told.day.by)) +
                  "</small>");
  }
  html += paragraph(escaped(doubts(told)));
  html += "<ul>";
  for (const Account& account : told.happening.accounts) {
    html += "<li>" + linked(account.told) + "</li>";
  }
  return html + "</ul>";
}

void date(JsonLine& line, std::string_view name, const std::chrono::year_month_day& day,
          const DayRange& range) {
  line.object(name, [&] {
    line.known("year", static_cast<double>(static_cast<int>(day.year())));
    if (range.is_year) return;
    line.known("month", static_cast<double>(static_cast<unsigned>(day.month())));
    if (!range.is_month) line.known("day", static_cast<double>(static_cast<unsigned>(day.day())));
  });
}

class TimelineJs : public Writer {
 public:
  void begin(std::string& out) override { out += "{\"events\":[\n"; }

  std::size_t add(const Happening& happening, std::string& out) override {
    const std::string stands_at = standing_day(happening);
    const bool is_told = !happening.begin.empty() || !happening.end.empty();
    const auto range =
        is_told ? range_of(happening.begin, happening.end) : range_of(stands_at, stands_at);
    if (!range) return 0;
    if (!is_first_) out += ',';
    is_first_ = false;
    const ToldHappening told(happening);
    JsonLine line(out);
    date(line, "start_date", range->begin, *range);
    if (range->end != range->begin && !range->is_month && !range->is_year) {
      date(line, "end_date", range->end, *range);
    }
    line.known("display_date", is_told ? told.day.value : "[published " + stands_at + "]");
    line.object("text", [&] {
      line.known("headline", escaped(headline(told)));
      line.known("text", slide_text(told));
    });
    line.known("group", happening.type);
    line.known("unique_id", happening.id);
    line.flag("autolink", false);
    return 1;
  }

  void end(std::string& out) override { out += "]}\n"; }

 private:
  bool is_first_ = true;
};

}  // namespace

Result<std::unique_ptr<Writer>> open_timelinejs(const std::string&) {
  return std::make_unique<TimelineJs>();
}

}  // namespace dateline::exporting
