// The rows of a CSV file, one after another, by libcsv: RFC 4180, and what spreadsheets make of it.
// The sign between cells is told by the first row: comma, semicolon or tab.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csv.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stream/bytes.h"
#include "stream/report_fields.h"

namespace dateline::stream {

using CsvRow = std::vector<std::string>;

class CsvRows {
 public:
  /// A row of more than `max_bytes` is not held: a quote that nobody closed makes one of all that
  /// follows.
  CsvRows(Bytes bytes, std::size_t max_bytes);

  /// The next row that is not blank; nothing at the end. After an error there is no more.
  Result<std::optional<CsvRow>> next();

  std::uint64_t number() const { return number_; }  ///< Of the last row; the first is 1.
  std::uint64_t position() const { return bytes_.position(); }

 private:
  struct Reading {  ///< What libcsv fills.
    CsvRow row;
    std::size_t bytes = 0;  ///< Since the last row's end.
    std::deque<CsvRow> rows;
  };
  struct Free {
    void operator()(csv_parser* parser) const {
      csv_free(parser);
      delete parser;
    }
  };

  /// False at the end of the file.
  Result<bool> read_piece();

  Bytes bytes_;
  const std::size_t max_bytes_;
  std::unique_ptr<csv_parser, Free> parser_;
  std::unique_ptr<Reading> reading_ = std::make_unique<Reading>();
  std::uint64_t number_ = 0;
  bool begun_ = false;
};

/// What each column holds, by the names in the first row, whatever their case.
std::vector<std::optional<Field>> columns_of(const CsvRow& names);

}  // namespace dateline::stream
