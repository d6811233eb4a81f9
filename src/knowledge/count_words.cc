// SPDX-License-Identifier: Apache-2.0
#include "knowledge/count_words.h"

#include <algorithm>

#include "knowledge/table.h"

namespace dateline::knowledge {

Result<CountWords> CountWords::load(const std::filesystem::path& directory) {
  CountWords made;
  auto nouns = Table::load(directory / "count_nouns.tsv", {"noun", "counts"});
  if (!nouns) return tl::unexpected(nouns.error());
  for (const Table::Row& row : nouns->rows()) {
    made.nouns.insert_or_assign(row.cells[0], CountNoun{row.cells[1], row.line});
  }

  auto verbs = Table::load(directory / "count_verbs.tsv",
                           {"verb", "subject", "object", "times", "with", "participle"});
  if (!verbs) return tl::unexpected(verbs.error());
  for (const Table::Row& row : verbs->rows()) {
    const auto& c = row.cells;
    made.verbs[c[0]].push_back({c[1], c[2], c[3], c[4], row.line});
    if (!c[5].empty()) made.participles.emplace(c[5], c[0]);
  }

  auto qualifiers = Table::load(directory / "qualifiers.tsv", {"phrase", "qualifier"});
  if (!qualifiers) return tl::unexpected(qualifiers.error());
  for (const Table::Row& row : qualifiers->rows()) {
    Qualifier qualifier;
    qualifier.qualifier = row.cells[1];
    qualifier.line = row.line;
    std::string_view rest = row.cells[0];
    while (!rest.empty()) {
      const std::size_t blank = rest.find(' ');
      qualifier.words.emplace_back(rest.substr(0, blank));
      if (blank == std::string_view::npos) break;
      rest.remove_prefix(blank + 1);
    }
    if (!qualifier.words.empty()) {
      made.qualifiers[qualifier.words.back()].push_back(std::move(qualifier));
    }
  }
  for (auto& [word, list] : made.qualifiers) {
    std::stable_sort(list.begin(), list.end(), [](const Qualifier& a, const Qualifier& b) {
      return a.words.size() > b.words.size();
    });
  }

  auto units = Table::load(directory / "units.tsv", {"words", "unit", "kind"});
  if (!units) return tl::unexpected(units.error());
  for (const Table::Row& row : units->rows()) {
    const bool before = row.cells[2] == "currency_before";
    const MeasureUnit unit{row.cells[1], before ? "money" : row.cells[2], before, row.line};
    for (const std::string_view word : split_cell(row.cells[0])) {
      made.units.insert_or_assign(std::string(word), unit);
    }
  }
  return made;
}

}  // namespace dateline::knowledge
