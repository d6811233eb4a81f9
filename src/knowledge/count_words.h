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

struct CountVerb {
  std::string subject, object, times;  ///< What it says of each; empty: nothing.
  std::string with;                    ///< Only with this noun as its object.
};

struct MeasureUnit {
  std::string unit, kind;
};

struct Qualifier {
  std::vector<std::string> words;
  std::string qualifier;
};

struct CountWords {
  StringMap<std::string> nouns;  ///< "thing" where it is no person.
  StringMap<std::vector<CountVerb>> verbs;
  StringMap<std::string> participles;  ///< "killed" to "kill": for headlines, where tags go wrong.
  StringMap<std::vector<Qualifier>> qualifiers;  ///< By their last word, longest first.
  StringMap<MeasureUnit> units;

  static Result<CountWords> load(const std::filesystem::path& directory);
};

}  // namespace dateline::knowledge
