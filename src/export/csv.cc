// SPDX-License-Identifier: Apache-2.0
#include "export/csv.h"

#include "export/csv_row.h"
#include "export/wording.h"

namespace dateline::exporting {

void append_timeline_csv_header(std::string& out) {
  out +=
      "event,incident,begin,end,day_from,published,type,mode,status,polarity,confidence,who,"
      "to_whom,place,country,precision,lat,lon,how_many,counts,according_to,words,outlet,title,"
      "uri,report,state\r\n";
}

void append_csv(const TimelineEvent& event, std::string& out) {
  const Where nowhere, &place = event.place ? *event.place : nowhere;
  CsvRow row(out);
  row.text(event.handle).text(event.incident).text(event.begin).text(event.end);
  row.text(event.day_from).text(day_of(event.report)).text(event.type).text(event.mode);
  row.text(event.status).text(event.polarity);
  row.number(event.confidence).text(names(event.actors)).text(names(event.recipients));
  row.text(place.name).text(place.country).text(place.precision);
  row.number(place.lat).number(place.lon);
  row.text(numbers_in_words(event.quantities)).text(numbers_counted(event.quantities));
  row.text(voices(event.according_to)).text(event.words);
  row.text(event.report.outlet).text(event.report.title).text(event.report.uri);
  row.text(event.report.id).text(event.state);
}

void append_search_csv_header(std::string& out) {
  out += "handle,report,title,outlet,uri,published,score,snippet\r\n";
}

void append_csv(const SearchHit& found, std::string& out) {
  const ReportRef& report = found.report;
  CsvRow row(out);
  row.text(report.handle).text(report.id).text(report.title).text(report.outlet);
  row.text(report.uri).text(day_of(report)).number(found.score).text(found.snippet);
}

}  // namespace dateline::exporting
