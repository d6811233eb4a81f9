// SPDX-License-Identifier: Apache-2.0
#include "knowledge/count_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(std::string_view phrase, char between) {
  std::vector<std::string> words;
  while (!phrase.empty()) {
    const std::size_t end = std::min(phrase.find(between), phrase.size());
    if (end > 0) words.emplace_back(phrase.substr(0, end));
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
  }
  return words;
}

Result<void> load_nouns(const fs::path& path, CountWords& made) {
  const auto table = Table::load(path, {"noun", "counts"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    made.nouns.insert_or_assign(row.cells[0], CountNoun{row.cells[1], row.line});
  }
  return {};
}

Result<void> load_verbs(const fs::path& path, CountWords& made) {
  const auto table =
      Table::load(path, {"verb", "subject", "object", "times", "with", "participle"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    CountVerb verb{c[1], c[2], c[3], {}, row.line};
    for (const std::string_view all : split_cell(c[4])) verb.with.push_back(words_of(all, '+'));
    made.verbs[c[0]].push_back(std::move(verb));
    if (!c[5].empty()) made.participles.emplace(c[5], c[0]);
  }
  return {};
}

Result<void> load_qualifiers(const fs::path& path, CountWords& made) {
  const auto table = Table::load(path, {"phrase", "qualifier", "where"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    Qualifier qualifier{words_of(row.cells[0], ' '), row.cells[1], row.line};
    const bool after = row.cells[2] == "after";
    if (qualifier.words.empty() || (!after && !row.cells[2].empty())) {
      return broken_row(path, row,
                        "a qualifier needs words, and stands before a number or 'after' it");
    }
    auto& map = after ? made.qualifiers_after : made.qualifiers;
    map[after ? qualifier.words.front() : qualifier.words.back()].push_back(std::move(qualifier));
  }
  for (auto* map : {&made.qualifiers, &made.qualifiers_after}) {
    for (auto& [word, list] : *map) {
      std::stable_sort(list.begin(), list.end(), [](const Qualifier& a, const Qualifier& b) {
        return a.words.size() > b.words.size();
      });
    }
  }
  return {};
}

Result<void> load_units(const fs::path& path, CountWords& made) {
  const auto table = Table::load(path, {"words", "unit", "kind", "stands", "factor"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    const auto factor = c[4].empty() ? 1.0 : parse_double(c[4]);
    if (!factor || (!c[3].empty() && c[3] != "before" && c[3] != "either")) {
      return broken_row(path, row,
                        "a unit stands 'before' its number or on 'either' side of it, and "
                        "its factor is a number");
    }
    MeasureUnit unit{"", c[1], c[2], !c[3].empty(), c[3] != "before", *factor, row.line};
    for (const std::string_view words : split_cell(c[0])) {
      unit.words = words;
      made.units.insert_or_assign(unit.words, unit);
    }
  }
  return {};
}

Result<void> load_tallies(const fs::path& path, CountWords& made) {
  const auto table = Table::load(path, {"word", "kind", "counts"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    auto* map = row.cells[1] == "noun"      ? &made.tallies
                : row.cells[1] == "amount"  ? &made.amounts
                : row.cells[1] == "listing" ? &made.listings
                : row.cells[1] == "group"   ? &made.groups
                                            : nullptr;
    if (!map) return broken_row(path, row, "a tally is a noun, an amount, a listing or a group");
    map->insert_or_assign(row.cells[0], Tally{row.cells[2], row.line});
  }
  return {};
}

}  // namespace

Result<CountWords> CountWords::load(const Directory& directory) {
  static constexpr std::pair<const char*, Result<void> (*)(const fs::path&, CountWords&)>
      kTables[] = {{"count_nouns.tsv", load_nouns},
                   {"count_verbs.tsv", load_verbs},
                   {"qualifiers.tsv", load_qualifiers},
                   {"units.tsv", load_units},
                   {"tallies.tsv", load_tallies}};
  CountWords made;
  for (const auto& [name, load] : kTables) {
    if (auto loaded = load(directory / name, made); !loaded) {
      return tl::unexpected(std::move(loaded.error()));
    }
  }
  return made;
}

}  // namespace dateline::knowledge
