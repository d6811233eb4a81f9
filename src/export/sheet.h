// A sheet: its columns are rows of a table, each with its name and what stands in its cells.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "export/csv_row.h"

namespace dateline::exporting {

/// Text, or a number that may be unknown.
using Cell = std::variant<std::string, std::optional<double>>;

template <typename Row>
struct Column {
  std::string_view name;
  Cell (*cell)(const Row&);
};

template <typename Row>
void append_header(std::span<const Column<Row>> columns, std::string& out) {
  CsvRow cells(out);
  for (const Column<Row>& column : columns) cells.text(column.name);
}

template <typename Row>
void append_cells(std::span<const Column<Row>> columns, const Row& row, std::string& out) {
  CsvRow cells(out);
  for (const Column<Row>& column : columns) {
    const Cell cell = column.cell(row);
    if (const auto* text = std::get_if<std::string>(&cell)) {
      cells.text(*text);
    } else {
      cells.number(std::get<std::optional<double>>(cell));
    }
  }
}

}  // namespace dateline::exporting
