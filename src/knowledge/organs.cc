// SPDX-License-Identifier: Apache-2.0
#include "knowledge/organs.h"

#include <fmt/format.h>

#include "knowledge/agents.h"
#include "knowledge/name_key.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

Result<Organs> Organs::load(const Directory& directory) {
  const auto path = directory / "organs.tsv";
  const auto table = Table::load(path, {"organ", "names", "sector"});
  if (!table) return tl::unexpected(table.error());
  Organs made;
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    if (!c[2].empty() && !is_sector(c[2])) {
      return broken_row(path, row, fmt::format("'{}' is no sector", c[2]));
    }
    for (const std::string_view name : split_cell(c[1])) {
      const std::string key = name_key(name);
      const bool is_new = c[0].empty() ? made.common_.insert(key).second
                                       : made.organs_.emplace(key, Organ{c[0], c[2]}).second;
      if (!is_new) return broken_row(path, row, fmt::format("'{}' is there twice", name));
    }
  }
  return made;
}

}  // namespace dateline::knowledge
