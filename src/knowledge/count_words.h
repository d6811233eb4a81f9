// What numbers count: count_nouns.tsv, count_verbs.tsv, qualifiers.tsv, units.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct CountNoun {
  std::string counts;    ///< "thing" where it is no person.
  std::size_t line = 0;  ///< In the table, as those below.
};

struct CountVerb {
  std::string subject, object, times;  ///< What it says of each; empty: nothing.
  std::string with;                    ///< Only with this noun as its object.
  std::size_t line = 0;
};

struct MeasureUnit {
  std::string unit, kind;
  bool before = false;  ///< Stands before the number: "$".
  std::size_t line = 0;
};

struct Qualifier {
  std::vector<std::string> words;
  std::string qualifier;
  std::size_t line = 0;
};

struct CountWords {
  StringMap<CountNoun> nouns;
  StringMap<std::vector<CountVerb>> verbs;
  StringMap<std::string> participles;  ///< "killed" to "kill": for headlines, where tags go wrong.
  StringMap<std::vector<Qualifier>> qualifiers;  ///< By their last word, longest first.
  StringMap<MeasureUnit> units;

  static Result<CountWords> load(const std::filesystem::path& directory);
};

}  // namespace dateline::knowledge
