// What two texts have in common, in words: each by its first letters, weighed by how rare it is.
//
// Rarity is that of the news at large, a table (components/matching/rarity.tsv), never that of a
// store: how alike two reports are depends on the two alone, so that neither the order in which
// reports come nor what else came changes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::chronicle::matching {

/// A word's first six letters, case and accents aside, as a number.
using WordId = std::uint32_t;

/// Sorted by id.
struct Counted {
  WordId id = 0;
  std::uint8_t times = 0;
  bool operator==(const Counted&) const = default;
};
using Words = std::vector<Counted>;

/// The words of a text in order. Possessive endings are not part of a word.
std::vector<WordId> words_in(std::string_view text);
Words counted(std::vector<WordId> words);

class Rarity {
 public:
  /// Reads columns word, rarity: ln((N + 1) / (n + 1)), of N reports n of which have the word.
  static Result<Rarity> load(const std::filesystem::path& path);
  float of(WordId word) const;

 private:
  struct Row {
    WordId word = 0;
    float rarity = -1;  ///< Less than 0: nothing stands here.
  };
  std::size_t row_of(WordId word) const;
  /// A table with room to spare, each word in the first free row from its own on: every word of
  /// every report that is compared is looked up.
  std::vector<Row> rows_;
  float rarest_ = 0;  ///< Of a word that is in no table.
};

/// Words with their weights, (1 + ln times) * rarity; a vector of length 1.
struct Weighed {
  struct Word {
    WordId id = 0;
    float weight = 0;
  };
  std::vector<Word> words;  ///< Sorted by id.

  Weighed(const Words& counted, const Rarity& rarity);
};

/// Cosine: 0 where nothing is shared, 1 where all is.
float likeness(const Weighed& a, const Weighed& b);
/// What share of the first's weight is in the second.
float share_within(const Weighed& a, const Weighed& b);

}  // namespace dateline::chronicle::matching
