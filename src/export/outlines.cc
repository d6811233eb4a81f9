// SPDX-License-Identifier: Apache-2.0
#include "export/outlines.h"

#include <rapidjson/document.h>

#include "knowledge/table.h"

namespace dateline::exporting {

Result<Outlines> Outlines::load(const knowledge::Directory& directory) {
  const auto file = directory / "exports/outlines.tsv";
  const auto table = knowledge::Table::load(file, {"alpha3", "coordinates"});
  if (!table) return tl::unexpected(table.error());
  Outlines outlines;
  for (const auto& row : table->rows()) {
    rapidjson::Document json;
    json.Parse(row.cells[1].data(), row.cells[1].size());
    if (json.HasParseError() || !json.IsArray()) {
      return knowledge::broken_row(file, row, "the coordinates must be a list in JSON");
    }
    outlines.outlines_.emplace(row.cells[0], row.cells[1]);
  }
  return outlines;
}

const std::string* Outlines::of(std::string_view alpha3) const {
  const auto found = outlines_.find(alpha3);
  return found == outlines_.end() ? nullptr : &found->second;
}

}  // namespace dateline::exporting
