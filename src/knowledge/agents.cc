// SPDX-License-Identifier: Apache-2.0
#include "knowledge/agents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "knowledge/name_key.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<std::string_view, 25> kSectors = {
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "UAF", "PRM", "CRM", "CVL",
    "REF", "BUS", "LAB", "AGR", "EDU", "MED", "REL", "JRN", "NGO", "SOC", "IGO", "ELI"};
constexpr std::array<std::string_view, 6> kWorldActors = {"UNO", "EUR", "IGO", "NGO", "IMG", "MNC"};
constexpr std::array<std::string_view, 5> kUses = {"", "weak", "head", "name", "former"};

bool is_in(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// With the apostrophe that tables write.
std::string straight(std::string_view words) {
  constexpr std::string_view kCurly = "\u2019";
  std::string made;
  while (!words.empty()) {
    const bool is_curly = words.starts_with(kCurly);
    made += is_curly ? '\'' : words.front();
    words.remove_prefix(is_curly ? kCurly.size() : 1);
  }
  return made;
}

}  // namespace

bool is_sector(std::string_view code) { return is_in(code, kSectors); }

bool is_home(std::string_view code, const Countries& countries) {
  return countries.by_alpha3(code) != nullptr || is_in(code, kWorldActors);
}

Result<Agents> Agents::load(const Directory& directory, const Countries& countries) {
  Agents made;
  const auto words = directory / "agents.tsv";
  const auto table = Table::load(words, {"words", "sector", "use"});
  if (!table) return tl::unexpected(table.error());
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    if (!is_sector(c[1])) {
      return broken_row(words, row, fmt::format("'{}' is no sector", c[1]));
    }
    const auto* use = std::find(kUses.begin(), kUses.end(), c[2]);
    if (use == kUses.end()) return broken_row(words, row, fmt::format("no use '{}'", c[2]));
    const auto as = static_cast<AgentUse>(use - kUses.begin());
    auto& into = as == AgentUse::kName ? made.name_ends_ : made.words_;
    for (const std::string_view word : split_cell(c[0])) {
      const auto [at, is_new] = into.emplace(word, Agent{std::string(word), c[1], as, row.line});
      if (!is_new) {
        return broken_row(words, row,
                          fmt::format("'{}' is there twice, see line {}", word, at->second.line));
      }
    }
  }
  const auto names = directory / "actors.tsv";
  const auto actors = Table::load(names, {"name", "names", "country", "sector"});
  if (!actors) return tl::unexpected(actors.error());
  for (const Table::Row& row : actors->rows()) {
    const auto& c = row.cells;
    if (!c[2].empty() && !is_home(c[2], countries)) {
      return broken_row(names, row, fmt::format("'{}' is no country", c[2]));
    }
    if (!c[3].empty() && !is_sector(c[3])) {
      return broken_row(names, row, fmt::format("'{}' is no sector", c[3]));
    }
    const auto number = static_cast<std::uint32_t>(made.actors_.size());
    made.actors_.push_back({c[0], c[2], c[3], row.line});
    auto all = split_cell(c[1]);
    all.push_back(c[0]);
    for (const std::string_view name : all) {
      const auto [at, is_new] = made.names_.emplace(name, number);
      if (!is_new) {
        return broken_row(
            names, row,
            fmt::format("'{}' is there twice, see line {}", name, made.actors_[at->second].line));
      }
      made.keys_.emplace(name_key(name), number);
    }
  }
  return made;
}

const KnownActor* Agents::by_name(std::string_view name) const {
  if (name.size() > kLongestKey) return nullptr;
  const std::uint32_t* number = find(names_, name);
  if (!number && name.find("\u2019") != std::string_view::npos) {
    number = find(names_, straight(name));
  }
  return number ? &actors_[*number] : nullptr;
}

const KnownActor* Agents::by_key(std::string_view key) const {
  const std::uint32_t* number = find(keys_, key);
  return number ? &actors_[*number] : nullptr;
}

}  // namespace dateline::knowledge
