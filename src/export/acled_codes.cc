// SPDX-License-Identifier: Apache-2.0
#include "export/acled_codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/table.h"

namespace dateline::exporting {

namespace {

/// An empty cell is any.
bool fits(std::string_view cell, std::string_view word) { return cell.empty() || cell == word; }

bool fits(const std::vector<std::string>& cell, std::string_view word) {
  return cell.empty() || std::ranges::find(cell, word) != cell.end();
}

}  // namespace

Result<AcledCodes> AcledCodes::load(const knowledge::Directory& directory) {
  AcledCodes codes;
  const auto types_file = directory / "exports/acled_types.tsv";
  const auto types = knowledge::Table::load(
      types_file, {"type", "mode", "against", "event_type", "sub_event_type"});
  if (!types) return tl::unexpected(types.error());
  for (const auto& row : types->rows()) {
    const auto& c = row.cells;
    codes.types_.push_back({c[0], c[1], knowledge::values_of(c[2]), c[3], c[4]});
  }
  if (codes.types_.empty() || !codes.types_.back().fits_all()) {
    return fail(3010, fmt::format("{}: the last row must fit every event", types_file.string()));
  }
  const auto actors = knowledge::Table::load(directory / "exports/acled_actors.tsv",
                                             {"type", "mode", "role", "sectors", "inter"});
  if (!actors) return tl::unexpected(actors.error());
  for (const auto& row : actors->rows()) {
    const auto& c = row.cells;
    codes.actors_.push_back({c[0], c[1], c[2], knowledge::values_of(c[3]), c[4]});
  }
  auto countries = knowledge::Countries::load(directory);
  if (!countries) return tl::unexpected(countries.error());
  codes.countries_ = std::move(*countries);
  return codes;
}

const AcledCodes::Type& AcledCodes::type_of(std::string_view type, std::string_view mode,
                                            std::string_view against) const {
  return *std::ranges::find_if(types_, [&](const Type& row) {
    return fits(row.type, type) && fits(row.mode, mode) && fits(row.against, against);
  });
}

std::string_view AcledCodes::inter(std::string_view type, std::string_view mode,
                                   std::string_view role, std::string_view sector) const {
  const auto found = std::ranges::find_if(actors_, [&](const Actor& row) {
    return fits(row.type, type) && fits(row.mode, mode) && fits(row.role, role) &&
           fits(row.sectors, sector);
  });
  return found == actors_.end() ? std::string_view() : found->inter;
}

std::string_view AcledCodes::country(std::string_view alpha3) const {
  const knowledge::Country* found = countries_.by_alpha3(alpha3);
  return found == nullptr ? alpha3 : found->name;
}

}  // namespace dateline::exporting
