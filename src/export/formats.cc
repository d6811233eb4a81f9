// SPDX-License-Identifier: Apache-2.0
#include "export/formats.h"

#include <algorithm>
#include <vector>

#include "dateline/event_types.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

constexpr Format kFormats[] = {
    {"jsonl", ".jsonl", "application/jsonl",
     "JSON Lines, a happening each with all accounts, as `accounts` gives it", "happening", false,
     open_json_lines},
    {"csv", ".csv", "text/csv; charset=utf-8",
     "a happening a row, each value beside its words and report", "happening", false,
     open_happenings_csv},
    {"claims", ".csv", "text/csv; charset=utf-8",
     "CSV, a row for each value that a report tells, and who says so", "claim", false, open_claims},
    {"plover", ".csv", "text/csv; charset=utf-8",
     "a sheet with the columns of POLECAT, PLOVER's data set", "happening", false, open_plover},
    {"acled", ".csv", "text/csv; charset=utf-8",
     "a sheet with the columns of ACLED, the quotation beside each cell", "happening", false,
     open_acled},
    {"geojson", ".geojson", "application/geo+json",
     "RFC 7946 for maps; towns are points, wider places have no geometry", "happening", false,
     open_geojson},
    {"timelinejs", ".json", "application/json", "slides for Knight Lab's TimelineJS 3", "happening",
     false, open_timelinejs},
    {"webannotation", ".jsonld", "application/ld+json",
     "W3C Web Annotations, one for each value that a report tells", "annotation", true,
     open_web_annotation},
    {"ics", ".ics", "text/calendar; charset=utf-8", "iCalendar (RFC 5545), an all-day event each",
     "happening", false, open_icalendar},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

Result<const Format*> format_called(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
    names.push_back(format.name);
  }
  return fail(5001, no_such("format", name, names));
}

}  // namespace dateline::exporting
