// Cases of the readers: rows of a table beside this file, read through the public Reader.
//
// "\n" in a cell is a line break. Without models/ or knowledge/ the tests are skipped, with the
// reason.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dateline/reader.h"
#include "knowledge/table.h"

namespace dateline::cases {

/// One Reader for all cases of a depth; null and the reason where none can be opened. The trunk
/// takes most of the time of reading, under the sanitizers by far: it is asked where it is what is
/// tested.
inline const Reader* shared_reader(std::string& reason, Depth depth = Depth::kFast) {
  static const auto open = [](Depth wanted) {
    ReaderOptions options;
    options.depth = wanted;
    return Reader::open(options);
  };
  const auto pointer = [&](const Result<Reader>& reader) {
    if (!reader) reason = reader.error().message;
    return reader ? &*reader : nullptr;
  };
  if (depth == Depth::kFast) {
    static const Result<Reader> fast = open(depth);
    return pointer(fast);
  }
  static const Result<Reader> exact = open(depth);
  return pointer(exact);
}

inline std::string unescaped(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell.substr(at, 2) == "\\n") {
      out += '\n';
      ++at;
    } else {
      out += cell[at];
    }
  }
  return out;
}

/// A string split at a separator, blanks at the ends dropped.
inline std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    std::string_view part = text.substr(0, at);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

/// Reads each row's text (first column) and hands record and expected cell to `check`.
template <typename Check>
void for_each_case(const char* table, std::vector<std::string_view> columns, Check check,
                   Depth depth = Depth::kFast) {
  std::string reason;
  const Reader* reader = shared_reader(reason, depth);
  if (!reader) GTEST_SKIP() << reason;
  const auto cases =
      knowledge::Table::load(std::string(DATELINE_SOURCE_DIR "/tests/reading/") + table, columns);
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_FALSE(cases->rows().empty());
  for (const auto& row : cases->rows()) {
    SCOPED_TRACE(std::string(table) + ":" + std::to_string(row.line) + ": " + row.cells[0]);
    Input input;
    input.bytes = unescaped(row.cells[0]);
    input.verbatim = true;
    input.date = "2026-03-11";
    const auto record = reader->read(input);
    ASSERT_TRUE(record) << record.error().message;
    check(*record, unescaped(row.cells[1]));
  }
}

}  // namespace dateline::cases
