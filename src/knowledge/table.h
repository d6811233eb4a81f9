// One table of knowledge: a tab-separated file a user can read and extend.
//
// The first line that is not a comment names the columns. Lines that begin with '#' say where the
// rows come from. Cells are UTF-8 and hold no tabs; a cell may list several values, split by '|'.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::knowledge {

class Table {
 public:
  struct Row {
    std::vector<std::string> cells;
    std::size_t line = 0;  ///< Line in the file, for `explain` and for messages.
  };

  /// Reads a table and checks that it has exactly `columns`. An error names the file and the line.
  static Result<Table> load(const std::filesystem::path& path,
                            const std::vector<std::string_view>& columns);

  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
};

/// The values of one cell, split at '|', empty ones dropped.
std::vector<std::string_view> split_cell(std::string_view cell);
/// The same, to be kept.
std::vector<std::string> values_of(std::string_view cell);

/// The error of a row whose cells do not fit together; names the file and the line.
tl::unexpected<Error> broken_row(const std::filesystem::path& path, const Table::Row& row,
                                 std::string_view why);

}  // namespace dateline::knowledge
