// SPDX-License-Identifier: Apache-2.0
#include "knowledge/own_actors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "knowledge/agents.h"
#include "knowledge/name_key.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<std::string_view, 4> kKinds = {"person", "organization", "group", "country"};

/// A report's reader does not always tell the two apart.
std::string_view plain_kind(std::string_view kind) {
  return kind == "group" ? std::string_view("organization") : kind;
}

bool can_be(const OwnActor& row, std::string_view kind) {
  return row.kind.empty() || plain_kind(row.kind) == plain_kind(kind);
}

std::optional<std::string> wrong_with(const OwnActor& row, const Countries& countries) {
  if (!row.kind.empty() && std::ranges::find(kKinds, row.kind) == kKinds.end()) {
    return fmt::format("'{}' is no kind: person, organization, group or country", row.kind);
  }
  if (!row.country.empty() && !is_home(row.country, countries)) {
    return fmt::format("'{}' is no country", row.country);
  }
  if (!row.sector.empty() && !is_sector(row.sector)) {
    return fmt::format("'{}' is no sector", row.sector);
  }
  return std::nullopt;
}

}  // namespace

Result<OwnActors> OwnActors::load(const Directory& directory, const Countries& countries) {
  const auto path = directory / std::string(OwnActor::kTable);
  const auto table = Table::load(path, {"name", "names", "kind", "country", "sector"});
  if (!table) return tl::unexpected(table.error());
  OwnActors made;
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    OwnActor actor{c[0], c[2], c[3], c[4], row.line};
    if (const auto wrong = wrong_with(actor, countries)) return broken_row(path, row, *wrong);
    auto names = split_cell(c[1]);
    names.insert(names.begin(), c[0]);
    const auto number = static_cast<std::uint32_t>(made.rows_.size());
    for (const std::string_view name : names) {
      const std::string key = name_key(name);
      if (key.empty()) return broken_row(path, row, fmt::format("'{}' is no name", name));
      auto& same = made.names_[key];
      for (const std::uint32_t other : same) {
        const OwnActor& earlier = made.rows_[other];
        if (other == number || (!can_be(earlier, actor.kind) && !can_be(actor, earlier.kind))) {
          continue;
        }
        return broken_row(path, row,
                          fmt::format("'{}' is there twice, see line {}", name, earlier.line));
      }
      if (same.empty() || same.back() != number) same.push_back(number);
    }
    made.rows_.push_back(std::move(actor));
  }
  return made;
}

const OwnActor* OwnActors::by_name(std::string_view key, std::string_view kind) const {
  const auto* found = find(names_, key);
  if (!found) return nullptr;
  for (const std::uint32_t number : *found) {
    if (can_be(rows_[number], kind)) return &rows_[number];
  }
  return nullptr;
}

}  // namespace dateline::knowledge
