// A sheet: its columns are rows of a table, each with its name and what stands in its cells.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "export/csv_row.h"
#include "export/formats.h"

namespace dateline::exporting {

using Number = std::optional<double>;

/// What one cell holds. An empty text is not known.
using Cell = std::variant<std::string, Number>;

/// All cells of a column are of one kind: texts, or numbers.
template <typename Row>
struct Column {
  using Text = std::string (*)(const Row&);
  using Count = Number (*)(const Row&);

  Column(std::string_view called, Text made) : name(called), make(made) {}
  Column(std::string_view called, Count made) : name(called), make(made) {}

  Cell operator()(const Row& row) const {
    return std::visit([&](auto cell) -> Cell { return cell(row); }, make);
  }
  bool is_number() const { return std::holds_alternative<Count>(make); }

  std::string_view name;
  std::variant<Text, Count> make;
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
    const Cell cell = column(row);
    if (const auto* text = std::get_if<std::string>(&cell)) {
      cells.text(*text);
    } else {
      cells.number(std::get<Number>(cell));
    }
  }
}

/// The writer of a sheet: CSV, or its cells for who keeps them otherwise.
class Sheet : public Writer {
 public:
  struct Head {
    std::string_view name;
    bool is_number;
  };
  virtual std::vector<Head> heads() const = 0;
  virtual void add_cells(const Happening& happening, std::vector<std::vector<Cell>>& rows) = 0;
};

template <typename Row>
class SheetOf : public Sheet {
 public:
  void begin(std::string& out) override { append_header(columns(), out); }

  std::size_t add(const Happening& happening, std::string& out) override {
    std::size_t rows = 0;
    each_row(happening, [&](const Row& row) {
      append_cells(columns(), row, out);
      ++rows;
    });
    return rows;
  }

  std::vector<Head> heads() const override {
    std::vector<Head> all;
    for (const Column<Row>& column : columns()) all.push_back({column.name, column.is_number()});
    return all;
  }

  void add_cells(const Happening& happening, std::vector<std::vector<Cell>>& rows) override {
    each_row(happening, [&](const Row& row) {
      std::vector<Cell>& cells = rows.emplace_back();
      for (const Column<Row>& column : columns()) cells.push_back(column(row));
    });
  }

 protected:
  virtual std::span<const Column<Row>> columns() const = 0;
  virtual void each_row(const Happening& happening,
                        const std::function<void(const Row&)>& visit) const = 0;
};

}  // namespace dateline::exporting
