// SPDX-License-Identifier: Apache-2.0
#include "export/counts.h"

#include "export/json_line.h"

namespace dateline::exporting {

void append_json_line(const Count& count, const std::vector<std::string>& by, std::string& out) {
  JsonLine line(out);
  for (std::size_t n = 0; n < count.of.size(); ++n) line.known(by[n], count.of[n]);
  line.whole("happenings", count.happenings);
}

void append_json_line(const PlaceCount& place, std::string& out) {
  JsonLine line(out);
  line.known("name", place.name);
  line.known("country", place.country);
  line.known("admin1", place.admin1);
  line.known("precision", place.precision);
  if (place.geonameid) line.whole("geonameid", static_cast<std::uint64_t>(*place.geonameid));
  line.known("lat", place.lat);
  line.known("lon", place.lon);
  line.whole("happenings", place.happenings);
}

void append_json_line(const SourceCount& source, std::string& out) {
  JsonLine line(out);
  line.known("outlet", source.outlet);
  line.known("first_day", source.first_day);
  line.known("last_day", source.last_day);
  line.whole("reports", source.reports);
  line.whole("happenings", source.happenings);
  line.whole("alone", source.alone);
  line.whole("first", source.first);
  line.whole("disputed", source.disputed);
}

}  // namespace dateline::exporting
