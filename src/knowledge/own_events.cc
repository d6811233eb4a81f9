// SPDX-License-Identifier: Apache-2.0
#include "knowledge/own_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "knowledge/table.h"
#include "language/unicode.h"

namespace dateline::knowledge {

namespace {

constexpr std::size_t kLongestPhrase = 12;  ///< Pieces.

/// Words as the tokenizer cuts them: at blanks, around hyphens, before 's.
std::vector<std::string> pieces_of(std::string_view words) {
  std::vector<std::string> pieces;
  bool open = false;  // Whether the last piece goes on.
  const auto is_mark = [&](std::string_view mark) { return words.starts_with(mark); };
  while (!words.empty()) {
    const bool blank = words.front() == ' ', hyphen = words.front() == '-';
    if (blank || hyphen) {
      if (hyphen) pieces.emplace_back("-");
      open = false;
      words.remove_prefix(1);
      continue;
    }
    if (!open || is_mark("'s") || is_mark("’s")) pieces.emplace_back();
    open = true;
    pieces.back() += words.front();
    words.remove_prefix(1);
  }
  return pieces;
}

/// What is wrong with a row, or nothing.
std::optional<std::string> wrong_with(const OwnEvent& row) {
  if (split_cell(row.words).empty()) return "no words";
  if (row.tells.type != OwnEvent::kNone) {
    if (auto wrong = wrong_with(row.tells)) return fmt::format("{}, and none", *wrong);
  } else if (!row.tells.mode.empty() || !row.tells.sides.empty() || !row.actors.empty() ||
             !row.recipients.empty()) {
    return "words of type none have no mode and no sides";
  }
  if (row.example.empty()) return "no example: give a sentence in which the words tell of that";
  for (const auto* side : {&row.actors, &row.recipients}) {
    for (const std::string& party : *side) {
      if (party != OwnEvent::kNobody && row.example.find(party) == std::string::npos) {
        return fmt::format("the example does not have the words '{}'", party);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Result<OwnEvents> OwnEvents::load(const Directory& directory) {
  const auto path = directory / std::string(OwnEvent::kTable);
  const auto table =
      Table::load(path, {"words", "type", "mode", "sides", "example", "actor", "recipient"});
  if (!table) return tl::unexpected(table.error());
  OwnEvents made;
  for (const auto& [cells, line] : table->rows()) {
    OwnEvent row{cells[0],
                 {{}, cells[1], cells[2], values_of(cells[3]), line},
                 cells[4],
                 values_of(cells[5]),
                 values_of(cells[6])};
    auto wrong = wrong_with(row);
    for (const std::string_view words : split_cell(cells[0])) {
      auto pieces = pieces_of(language::lower_case(words));
      if (pieces.empty() || pieces.size() > kLongestPhrase) {
        wrong = fmt::format("words are 1 to {} words long", kLongestPhrase);
        break;
      }
      auto& same = made.phrases_[pieces.front()];
      if (std::any_of(same.begin(), same.end(),
                      [&](const Phrase& p) { return p.pieces == pieces; })) {
        wrong = fmt::format("'{}' is there twice", words);
        break;
      }
      same.push_back({std::move(pieces), static_cast<std::uint32_t>(made.rows_.size())});
    }
    if (wrong) return fail(3010, fmt::format("{}:{}: {}", path.string(), line, *wrong));
    made.rows_.push_back(std::move(row));
  }
  for (auto& [word, phrases] : made.phrases_) {
    std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
      return a.pieces.size() > b.pieces.size();
    });
  }
  return made;
}

std::span<const OwnEvents::Phrase> OwnEvents::beginning_with(std::string_view word) const {
  const auto* found = find(phrases_, word);
  return found ? std::span<const Phrase>(*found) : std::span<const Phrase>();
}

}  // namespace dateline::knowledge
