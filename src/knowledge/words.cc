// SPDX-License-Identifier: Apache-2.0
#include "knowledge/words.h"

#include <fmt/format.h>

#include <optional>

#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

namespace fs = std::filesystem;

/// Reads one table row by row; `take(cells)` files each.
template <typename Take>
std::optional<Error> read(const fs::path& path, const std::vector<std::string_view>& columns,
                          Take take) {
  auto table = Table::load(path, columns);
  if (!table) return table.error();
  for (const Table::Row& row : table->rows()) take(row.cells);
  return std::nullopt;
}

std::optional<Error> read_verbs(const fs::path& path, Words& words) {
  const auto table = Table::load(path, {"word", "part", "with", "type", "mode", "sides"});
  if (!table) return table.error();
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](std::string_view what) {
      return Error{3010, fmt::format("{}:{}: {}", path.string(), line, what), {}};
    };
    EventWord entry{{}, cells[3], cells[4], {}, line};
    for (const std::string_view with : split_cell(cells[2])) entry.with.emplace_back(with);
    for (const std::string_view side : split_cell(cells[5])) entry.sides.emplace_back(side);
    if (const auto wrong = wrong_with(entry)) return complain(*wrong);
    if (cells[1] != "noun" && cells[1] != "verb") return complain("a word is a verb or a noun");
    auto& map = cells[1] == "noun" ? words.event_nouns : words.event_verbs;
    for (const std::string_view word : split_cell(cells[0])) {
      map[std::string(word)].push_back(entry);
    }
  }
  return std::nullopt;
}

char gender_of(const std::string& cell) { return cell.empty() ? '-' : cell.front(); }

}  // namespace

Result<Words> Words::load(const Directory& directory) {
  Words words;
  std::optional<Error> error;
  const auto tell = [&](std::optional<Error> found) {
    if (!error) error = std::move(found);
  };
  using Cells = std::vector<std::string>;
  tell(read(directory / "nouns.tsv", {"noun", "kind", "gender", "use"}, [&](const Cells& c) {
    words.nouns[c[0]] = {c[1], gender_of(c[2]), c[3] == "role", c[3] == "generic"};
  }));
  tell(read(directory / "titles.tsv", {"title", "role", "gender"},
            [&](const Cells& c) { words.titles[c[0]] = {c[1], gender_of(c[2])}; }));
  tell(read(directory / "given_names.tsv", {"gender", "names"}, [&](const Cells& c) {
    for (const std::string_view name : split_cell(c[1])) {
      words.given_names.emplace(name, gender_of(c[0]));
    }
  }));
  tell(read(directory / "cues.tsv", {"lemma", "stance", "with infinitive"},
            [&](const Cells& c) { words.stances[c[0]] = {c[1], c[2].empty() ? c[1] : c[2]}; }));
  tell(read_verbs(directory / "verbs.tsv", words));
  auto own = OwnEvents::load(directory);
  if (!own) tell(std::move(own.error()));
  if (error) return tl::unexpected(std::move(*error));
  words.own_events = std::move(*own);
  return words;
}

std::string_view Words::stance_of(std::string_view lemma, bool infinitive) const {
  const Stance* stance = find(stances, lemma);
  if (!stance) return "asserts";
  return infinitive ? stance->to_do : stance->plain;
}

}  // namespace dateline::knowledge
