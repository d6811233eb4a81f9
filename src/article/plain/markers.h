// A table of markers, compiled: which kind of section a line of text, or the names in an element's
// markup, give away (knowledge/section_markers.tsv, knowledge/page_markers.tsv).
//
// All rows of a table are matched in one pass (RE2, linear in the line), so a
// longer table costs next to nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline::article {

enum class MarkerScope { kWhole, kStart, kEnd, kAny, kRest };

class Markers {
 public:
  struct Row {
    std::string kind;
    MarkerScope scope = MarkerScope::kWhole;
    std::size_t most = 0;  ///< Words a section of this kind may have.
    std::string example;
    std::size_t line = 0;  ///< Of the table.
  };
  struct Match {
    const Row* row = nullptr;  ///< Null: nothing marks this line.
    std::size_t begin = 0;     ///< kEnd: where the marker begins; 0 for the other scopes.
  };

  static Result<Markers> load(const std::filesystem::path& path);

  Markers(Markers&&) noexcept;
  Markers& operator=(Markers&&) noexcept;
  ~Markers();

  /// The first row of the table that fits the line. `line` is trimmed.
  Match match(std::string_view line) const;

  const std::vector<Row>& rows() const { return rows_; }

 private:
  struct Patterns;
  Markers(std::vector<Row> rows, std::unique_ptr<const Patterns> patterns);
  std::vector<Row> rows_;
  std::unique_ptr<const Patterns> patterns_;
  std::size_t most_words_ = 0;
};

}  // namespace dateline::article
