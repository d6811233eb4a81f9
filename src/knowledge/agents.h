// agents.tsv and actors.tsv: words that tell an actor's sector, and actors known by their names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/countries.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

/// How far a word of agents.tsv can be trusted.
enum class AgentUse : std::uint8_t { kPlain, kWeak, kHead, kName, kFormer };

/// A row of agents.tsv, as one of its words finds it.
struct Agent {
  static constexpr std::string_view kTable = "agents.tsv";
  std::string words;  ///< The word itself.
  std::string sector;
  AgentUse use = AgentUse::kPlain;
  std::size_t line = 0;
};

/// A row of actors.tsv.
struct KnownActor {
  static constexpr std::string_view kTable = "actors.tsv";
  std::string name, country, sector;
  std::size_t line = 0;
};

/// Whether this is one of the sectors of docs/record.md.
bool is_sector(std::string_view code);
/// Whether this is a country or a world actor of PLOVER's.
bool is_home(std::string_view code, const Countries& countries);

class Agents {
 public:
  /// Countries of rows must be among `countries`, or world actors of PLOVER's.
  static Result<Agents> load(const Directory& directory, const Countries& countries);

  /// By words in lower case or a lemma, single spaces between them.
  const Agent* by_words(std::string_view lower) const { return find(words_, lower); }
  /// By the last words of an organisation's name, in lower case.
  const Agent* by_name_end(std::string_view lower) const { return find(name_ends_, lower); }
  /// By a whole name as the table writes it.
  const KnownActor* by_name(std::string_view name) const;
  /// By a whole name as name_key() has it.
  const KnownActor* by_key(std::string_view key) const;

 private:
  StringMap<Agent> words_, name_ends_;
  std::vector<KnownActor> actors_;
  StringMap<std::uint32_t> names_, keys_;
};

}  // namespace dateline::knowledge
