// What numbers count by the state that people stand in and by the cases they are: count_states.tsv,
// case_words.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

/// What a preposition with one of these objects says of those who stand in it: "in custody".
struct CountState {
  std::vector<std::string> of;
  std::string counts;
  std::size_t line = 0;
};

/// What a word beside or near "cases" says of them.
struct CaseWord {
  std::string says;  ///< "sick", "care" or "law".
  std::size_t line = 0;
};

struct CountStates {
  StringMap<std::vector<CountState>> states;  ///< By their preposition.
  StringMap<std::size_t> verbs;  ///< "remain": between people and their state; the row's line.
  StringMap<CaseWord> cases;

  static Result<CountStates> load(const Directory& directory);
};

}  // namespace dateline::knowledge
