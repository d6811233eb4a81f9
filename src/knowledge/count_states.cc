// SPDX-License-Identifier: Apache-2.0
#include "knowledge/count_states.h"

#include <fmt/format.h>

#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

namespace fs = std::filesystem;

Result<void> load_states(const fs::path& path, CountStates& made) {
  const auto table = Table::load(path, {"word", "kind", "of", "counts"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    if (c[1] == "verb") {
      made.verbs.insert_or_assign(c[0], row.line);
    } else if (c[1] == "state" && !c[2].empty() && !c[3].empty()) {
      CountState state{{}, c[3], row.line};
      for (const std::string_view word : split_cell(c[2])) state.of.emplace_back(word);
      made.states[c[0]].push_back(std::move(state));
    } else {
      return broken_row(path, row,
                        "a row is a verb, or a state with its objects and what it counts");
    }
  }
  return {};
}

Result<void> load_cases(const fs::path& path, CountStates& made) {
  const auto table = Table::load(path, {"word", "says"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    const std::string& says = row.cells[1];
    if (says != "sick" && says != "often" && says != "care" && says != "law") {
      return broken_row(path, row, "a word beside cases says 'sick', 'often', 'care' or 'law'");
    }
    made.cases.insert_or_assign(row.cells[0], CaseWord{says, row.line});
  }
  return {};
}

}  // namespace

Result<CountStates> CountStates::load(const Directory& directory) {
  CountStates made;
  if (auto loaded = load_states(directory / "count_states.tsv", made); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  if (auto loaded = load_cases(directory / "case_words.tsv", made); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  return made;
}

}  // namespace dateline::knowledge
