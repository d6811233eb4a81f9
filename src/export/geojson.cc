// GeoJSON (RFC 7946): a feature a happening. A town is a point. A country is its outline, an area
// and not a pin in its middle. What is known only by its region has no geometry: the codes stand
// among the properties, and a map can be coloured by them.
// SPDX-License-Identifier: Apache-2.0
#include "export/happening_sheet.h"
#include "export/json_line.h"
#include "export/outlines.h"
#include "export/wording.h"
#include "export/writers.h"
#include "installation.h"

namespace dateline::exporting {

namespace {

void geometry(JsonLine& line, const std::optional<Where>& place, const Outlines& outlines) {
  if (place && is_point(*place)) {
    return line.object("geometry", [&] {
      line.known("type", "Point");
      line.array("coordinates", std::vector<double>{*place->lon, *place->lat},
                 [&](double degrees) { line.number(degrees); });
    });
  }
  const std::string* outline =
      place && place->precision == "country" ? outlines.of(place->country) : nullptr;
  if (outline == nullptr) return line.null("geometry");
  line.object("geometry", [&] {
    line.known("type", "MultiPolygon");
    line.raw("coordinates", *outline);
  });
}

void properties(JsonLine& line, const ToldHappening& told) {
  line.known("title", headline(told));
  for (const Column<ToldHappening>& column : happening_columns()) {
    if (column.name == "lat" || column.name == "lon") continue;  // The geometry has them, or none.
    const Cell cell = column(told);
    if (const auto* text = std::get_if<std::string>(&cell)) {
      line.known(column.name, *text);
    } else {
      line.known(column.name, std::get<Number>(cell));
    }
  }
  line.known("not_sure", doubts(told));
}

class GeoJson : public Writer {
 public:
  explicit GeoJson(Outlines outlines) : outlines_(std::move(outlines)) {}

  void begin(std::string& out) override {
    out += "{\"type\":\"FeatureCollection\",\"features\":[\n";
  }

  std::size_t add(const Happening& happening, std::string& out) override {
    if (!is_first_) out += ',';
    is_first_ = false;
    const ToldHappening told(happening);
    JsonLine line(out);
    line.known("type", "Feature");
    line.known("id", happening.id);
    geometry(line, told.fullest.place, outlines_);
    line.object("properties", [&] { properties(line, told); });
    return 1;
  }

  void end(std::string& out) override { out += "]}\n"; }

 private:
  Outlines outlines_;
  bool is_first_ = true;
};

}  // namespace

Result<std::unique_ptr<Writer>> open_geojson(const std::string& knowledge) {
  const auto directory = find_knowledge(knowledge);
  if (!directory) return tl::unexpected(directory.error());
  auto outlines = Outlines::load(*directory);
  if (!outlines) return tl::unexpected(outlines.error());
  return std::make_unique<GeoJson>(std::move(*outlines));
}

}  // namespace dateline::exporting
