// Text in columns on a terminal: widths as the eye counts them, cells wrapped and never cut.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline::cli {

/// Columns this text takes: two for wide characters, none for combining marks.
int display_width(std::string_view text);

/// The text in lines of at most `width` columns, broken at spaces where there are any. Control
/// characters are made visible, line breaks and tabs count as spaces.
std::vector<std::string> wrapped(std::string_view text, int width);

/// Rows under a header, as wide as they need to be and as narrow as they have to be.
class Columns {
 public:
  /// Of the first `whole` columns no word is broken, however narrow the terminal.
  explicit Columns(std::vector<std::string> header, std::size_t whole = 0)
      : header_(std::move(header)), whole_(whole) {}

  /// The notes follow their row, indented, one paragraph each.
  void add(std::vector<std::string> cells, std::vector<std::string> notes);
  std::size_t rows() const { return rows_.size(); }

  /// Appends all rows and forgets them.
  void print(int width, bool color, std::string& out);

 private:
  struct Row {
    std::vector<std::string> cells, notes;
  };
  int longest_word(std::size_t column) const;
  std::vector<int> widths(int total) const;

  std::vector<std::string> header_;
  std::size_t whole_;
  std::vector<Row> rows_;
};

}  // namespace dateline::cli
