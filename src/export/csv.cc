// SPDX-License-Identifier: Apache-2.0
#include "export/csv.h"

#include <algorithm>
#include <optional>

#include "export/wording.h"

namespace dateline::exporting {

namespace {

class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  ~Row() { out_ += "\r\n"; }

  Row& text(std::string_view words) {
    const bool formula =
        !words.empty() && std::string_view("=+-@\t\r").find(words[0]) != std::string_view::npos;
    cell(formula ? "'" : "", words);
    return *this;
  }

  Row& number(std::optional<double> value) {
    cell("", value ? exporting::number(*value) : "");
    return *this;
  }

 private:
  void cell(std::string_view guard, std::string_view words) {
    if (!first_) out_ += ',';
    first_ = false;
    if (words.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_.append(guard).append(words);
      return;
    }
    out_.append("\"").append(guard);
    for (const char c : words) {
      if (c == '"') out_ += '"';
      out_ += c == '\n' || c == '\r' ? ' ' : c;  // A row is a line.
    }
    out_ += '"';
  }

  std::string& out_;
  bool first_ = true;
};

/// Some reports say the hour too: a column is of one kind.
std::string day_of(const ReportRef& report) {
  constexpr std::size_t kDay = 10;
  return report.published.substr(0, kDay);
}

}  // namespace

void append_timeline_csv_header(std::string& out) {
  out +=
      "event,incident,begin,end,day_from,published,type,mode,status,polarity,confidence,who,"
      "to_whom,place,country,precision,lat,lon,how_many,counts,according_to,words,outlet,title,"
      "uri,report\r\n";
}

void append_csv(const TimelineEvent& event, std::string& out) {
  const Where nowhere, &place = event.place ? *event.place : nowhere;
  Row row(out);
  row.text(event.handle).text(event.incident).text(event.begin).text(event.end);
  row.text(event.day_from).text(day_of(event.report)).text(event.type).text(event.mode);
  row.text(event.status).text(event.polarity);
  row.number(event.confidence).text(names(event.actors)).text(names(event.recipients));
  row.text(place.name).text(place.country).text(place.precision);
  row.number(place.lat).number(place.lon);
  row.text(numbers_in_words(event.quantities)).text(numbers_counted(event.quantities));
  row.text(voices(event.according_to)).text(event.words);
  row.text(event.report.outlet).text(event.report.title).text(event.report.uri);
  row.text(event.report.id);
}

void append_happenings_csv_header(std::string& out) {
  out +=
      "happening,begin,end,type,main,reports,sources,disputed,who,to_whom,place,country,precision,"
      "lat,lon,dead_low,dead_best,dead_high,tolls,words,event,outlet,published,accounts\r\n";
}

void append_csv(const Happening& happening, std::string& out) {
  const TimelineEvent& fullest = happening.accounts[happening.fullest].told;
  const Where nowhere, &place = fullest.place ? *fullest.place : nowhere;
  const auto dead = std::ranges::find(happening.tolls, "dead", &Toll::counts);
  const auto died = [&](double Toll::* which) {
    return dead == happening.tolls.end() ? std::nullopt : std::optional(*dead.*which);
  };
  std::string accounts, disputed;
  for (const Account& account : happening.accounts) {
    accounts += (accounts.empty() ? "" : "; ") + account.told.handle;
  }
  for (const std::string& about : happening.disputed) {
    disputed += (disputed.empty() ? "" : "; ") + about;
  }
  Row row(out);
  row.text(happening.id).text(happening.begin).text(happening.end).text(happening.type);
  row.number(happening.main ? 1 : 0).number(static_cast<double>(happening.reports));
  row.number(static_cast<double>(happening.sources)).text(disputed);
  row.text(names(fullest.actors)).text(names(fullest.recipients));
  row.text(place.name).text(place.country).text(place.precision);
  row.number(place.lat).number(place.lon);
  row.number(died(&Toll::low)).number(died(&Toll::best)).number(died(&Toll::high));
  row.text(tolls(happening.tolls)).text(fullest.words).text(fullest.handle);
  row.text(fullest.report.outlet).text(day_of(fullest.report)).text(accounts);
}

void append_search_csv_header(std::string& out) {
  out += "handle,report,title,outlet,uri,published,score,snippet\r\n";
}

void append_csv(const SearchHit& found, std::string& out) {
  const ReportRef& report = found.report;
  Row row(out);
  row.text(report.handle).text(report.id).text(report.title).text(report.outlet);
  row.text(report.uri).text(day_of(report)).number(found.score).text(found.snippet);
}

}  // namespace dateline::exporting
