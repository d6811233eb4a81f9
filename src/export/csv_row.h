// One row of CSV (RFC 4180), cell by cell.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "export/wording.h"

namespace dateline::exporting {

class CsvRow {
 public:
  explicit CsvRow(std::string& out) : out_(out) {}
  CsvRow(const CsvRow&) = delete;
  CsvRow& operator=(const CsvRow&) = delete;
  ~CsvRow() { out_ += "\r\n"; }

  CsvRow& text(std::string_view words) {
    const bool formula =
        !words.empty() && std::string_view("=+-@\t\r").find(words[0]) != std::string_view::npos;
    cell(formula ? "'" : "", words);
    return *this;
  }

  CsvRow& number(std::optional<double> value) {
    cell("", value ? exporting::number(*value) : "");
    return *this;
  }

 private:
  void cell(std::string_view guard, std::string_view words) {
    if (!first_) out_ += ',';
    first_ = false;
    if (words.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_.append(guard).append(words);
      return;
    }
    out_.append("\"").append(guard);
    for (const char c : words) {
      if (c == '"') out_ += '"';
      out_ += c == '\n' || c == '\r' ? ' ' : c;  // A row is a line.
    }
    out_ += '"';
  }

  std::string& out_;
  bool first_ = true;
};

}  // namespace dateline::exporting
