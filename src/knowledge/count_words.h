// What numbers count: count_nouns.tsv, count_verbs.tsv, tallies.tsv, qualifiers.tsv, units.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct CountNoun {
  std::string counts;    ///< "thing" where it is no person.
  std::size_t line = 0;  ///< In the table, as those below.
};

struct CountVerb {
  std::string subject, object, times;  ///< What it says of each; empty: nothing.
  /// Only with all words of one of these below it; empty: always.
  std::vector<std::vector<std::string>> with;
  std::size_t line = 0;
};

struct MeasureUnit {
  std::string words;  ///< As it is looked up: "canadian dollars".
  std::string unit, kind;
  bool before = false, behind = false;  ///< Where it may stand: "$" before the number.
  double factor = 1;                    ///< One cent is 0.01 USD.
  std::size_t line = 0;
};

struct Qualifier {
  std::vector<std::string> words;
  std::string qualifier;
  std::size_t line = 0;
};

/// A word that ties a number to what it counts.
struct Tally {
  std::string counts;  ///< Of a noun: what it counts by itself; empty: what is said of it.
  std::size_t line = 0;
};

struct CountWords {
  StringMap<CountNoun> nouns;
  StringMap<std::vector<CountVerb>> verbs;
  StringMap<std::string> participles;  ///< "killed" to "kill": for headlines, where tags go wrong.
  StringMap<std::vector<Qualifier>> qualifiers;        ///< By their last word, longest first.
  StringMap<std::vector<Qualifier>> qualifiers_after;  ///< By their first word, longest first.
  StringMap<MeasureUnit> units;  ///< Several words of one are joined by single spaces.
  StringMap<Tally> tallies;      ///< Nouns: "toll", "number".
  StringMap<Tally> amounts;      ///< Words for having or reaching an amount: "rise".
  StringMap<Tally> listings;     ///< "include"
  StringMap<Tally> groups;       ///< "family": it does and suffers what its number does.

  static Result<CountWords> load(const Directory& directory);
};

}  // namespace dateline::knowledge
