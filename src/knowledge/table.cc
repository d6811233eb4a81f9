// SPDX-License-Identifier: Apache-2.0
#include "knowledge/table.h"

#include <fmt/format.h>

#include <fstream>

namespace dateline::knowledge {

namespace {

std::vector<std::string> split_line(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<Table> Table::load(const std::filesystem::path& path,
                          const std::vector<std::string_view>& columns) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(3001, fmt::format("cannot read the table {}; name its directory with --knowledge",
                                  path.string()));
  }
  Table table;
  bool named = false;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells = split_line(line);
    if (!named) {
      named = true;
      if (!std::equal(cells.begin(), cells.end(), columns.begin(), columns.end())) {
        return fail(3002, fmt::format("{}:{}: the columns must be {}", path.string(), number,
                                      fmt::join(columns, ", ")));
      }
      continue;
    }
    if (cells.size() != columns.size()) {
      return fail(3003, fmt::format("{}:{}: {} cells where {} are needed", path.string(), number,
                                    cells.size(), columns.size()));
    }
    table.rows_.push_back({std::move(cells), number});
  }
  if (!named) return fail(3004, fmt::format("{}: the table is empty", path.string()));
  return table;
}

std::vector<std::string_view> split_cell(std::string_view cell) {
  std::vector<std::string_view> values;
  while (!cell.empty()) {
    const std::size_t bar = cell.find('|');
    const std::string_view value = cell.substr(0, bar);
    if (!value.empty()) values.push_back(value);
    if (bar == std::string_view::npos) break;
    cell.remove_prefix(bar + 1);
  }
  return values;
}

std::vector<std::string> values_of(std::string_view cell) {
  const auto values = split_cell(cell);
  return {values.begin(), values.end()};
}

tl::unexpected<Error> broken_row(const std::filesystem::path& path, const Table::Row& row,
                                 std::string_view why) {
  return fail(3010, fmt::format("{}:{}: {}", path.string(), row.line, why));
}

}  // namespace dateline::knowledge
