// What the words of one noun phrase say of an actor's country and sector.
//
// A country is named by a country, people, capital, place or known actor in the phrase ("French",
// "of Iraq", "the Khartoum government"), a sector by the words of agents.tsv: the head's own, else
// those of what stands before it, else of what it is of ("leader of the rebels"). The nearer to the
// head, the surer. Linear in the words of the phrase.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/agents.h"
#include "knowledge/string_map.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading::actors {

/// How sure a hint is, the surest first.
enum class Rank : std::uint8_t {
  kName,        ///< The actor's own name.
  kHead,        ///< The head of the phrase; of a country, what stands before it, too.
  kWorld,       ///< The same of an actor of no one country: "the French UN envoy" is French.
  kRole,        ///< A role that is told elsewhere.
  kBefore,      ///< Words of a sector before the head: "rebel leader".
  kOf,          ///< What the head is of, or the phrase beside it.
  kWhose,       ///< Of whom it is: "its spokesman".
  kWeakBefore,  ///< A weak word before the head.
  kWeak,        ///< A head that may be of another sector.
  kIn,          ///< Where it is, or is from.
  kContext,     ///< The report, not the phrase.
  kEthnic,      ///< "Ethnic Albanians" live anywhere.
  kNone
};

struct Hint {
  std::string value;
  Rank rank = Rank::kNone;
  std::string_view from;  ///< agents | gazetteer | context
  Span span;              ///< The words that say it.
  std::string_view table;
  std::string row;
  std::size_t line = 0;
  bool former = false;  ///< Of a sector: theirs once, "ex-minister".

  void take(const Hint& other) {
    if (other.rank < rank) *this = other;
  }
};

struct Hints {
  Hint country, sector;

  void take(const Hints& other) {
    country.take(other.country);
    sector.take(other.sector);
  }
};

class Phrases {
 public:
  Phrases(const Context& context, const Record& record, const Tree& tree);

  /// Of a noun phrase and, where it has a name, the words of that: `is_person` where they name one.
  Hints of(language::TokenRange phrase, std::uint32_t head, language::TokenRange name,
           bool is_person) const;
  /// Of a whole name. What names a country is believed of no person.
  Hints of_name(language::TokenRange name, bool is_person) const;
  struct Naming {
    std::string_view country;
    bool in_dateline;
  };
  /// The country of each place, people and actor that the report names.
  std::vector<Naming> countries() const;
  /// Of the words of a role: "foreign minister".
  Hint of_role(std::string_view role, Span span) const;

 private:
  /// The longest run of words at a token that stands for a country or a known actor.
  struct Stretch {
    std::uint32_t end = 0;
    std::string country, sector;
    std::string_view from, table;
    std::string row;
    std::size_t line = 0;
    bool is_world = false;
  };

  void find_explained();
  const knowledge::KnownActor* known_actor(std::string_view name) const;
  void find_stretches();
  void add_places(std::vector<bool>& taken);
  Stretch stretch(language::TokenRange range) const;
  std::string_view bare_name(language::TokenRange name) const;
  bool is_people(std::uint32_t head) const;
  bool is_dateline(std::uint32_t i) const;
  std::string_view words(language::TokenRange range) const;
  const knowledge::Agent* agent_ending(std::uint32_t end, std::uint32_t from,
                                       std::uint32_t& begin) const;
  Hint hint(const knowledge::Agent& agent, language::TokenRange range, Rank rank) const;
  Hint country_of(language::TokenRange phrase, std::uint32_t head) const;
  Hint sector_of(std::uint32_t begin, std::uint32_t head, int depth) const;
  Hint sector_of_name(language::TokenRange name) const;
  /// Marks what was told by words behind "former".
  void mark_former(Hint& sector, language::TokenRange range) const;
  bool is_hyphened(std::uint32_t begin, std::uint32_t end) const;

  const Context& context_;
  const Record& record_;
  const Tree& tree_;
  const std::vector<language::Token>& tokens_;
  knowledge::StringSet explained_;  ///< Initials that stand for another name here than in tables.
  std::vector<Stretch> stretches_;
  std::vector<std::uint32_t> stretch_at_;  ///< Of each token: number of the stretch that begins.
  mutable std::string buffer_;
};

}  // namespace dateline::reading::actors
