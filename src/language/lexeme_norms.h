// Norms: the form a word is read as where that is not its lower case ("organised" as "organized").
//
// Read from a pipeline's vocab/lookups.bin (table lexeme_norm) on top of the punctuation and
// currency signs spaCy levels for every language. Immutable, shared by all threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "dateline/result.h"

namespace dateline::language {

class LexemeNorms {
 public:
  static Result<LexemeNorms> load(const std::filesystem::path& pipeline_directory);

  /// Key of the norm of the word with key `word`, or `otherwise` where the tables have none.
  std::uint64_t norm_of(std::uint64_t word, std::uint64_t otherwise) const {
    const auto found = norms_.find(word);
    return found == norms_.end() ? otherwise : found->second;
  }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> norms_;
};

}  // namespace dateline::language
