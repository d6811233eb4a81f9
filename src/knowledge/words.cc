// SPDX-License-Identifier: Apache-2.0
#include "knowledge/words.h"

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

char gender_of(const std::string& cell) { return cell.empty() ? '-' : cell.front(); }

}  // namespace

Result<Words> Words::load(const fs::path& directory) {
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
  tell(read(directory / "verbs.tsv", {"word", "part", "with", "type", "mode", "sides"},
            [&](const Cells& c) {
              auto& map = c[1] == "noun" ? words.event_nouns : words.event_verbs;
              for (const std::string_view word : split_cell(c[0])) {
                EventWord entry{{}, c[3], c[4], {}};
                for (const std::string_view with : split_cell(c[2])) entry.with.emplace_back(with);
                for (const std::string_view side : split_cell(c[5])) entry.sides.emplace_back(side);
                map[std::string(word)].push_back(std::move(entry));
              }
            }));
  if (error) return tl::unexpected(std::move(*error));
  return words;
}

std::string_view Words::stance_of(std::string_view lemma, bool infinitive) const {
  const Stance* stance = find(stances, lemma);
  if (!stance) return "asserts";
  return infinitive ? stance->to_do : stance->plain;
}

}  // namespace dateline::knowledge
