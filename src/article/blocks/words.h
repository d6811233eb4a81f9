// What words say of a block, as far as they do alone (knowledge/page_words.tsv): the words
// sentences are full of, those of buttons and notices, and how labels begin under which no article
// goes on.
//
// Words are known by their hash in lower case, without punctuation, so that one pass over a text
// looks each of them up.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::article {

enum class WordKind : std::uint8_t { kFunction, kFurniture, kOpening, kCount };
using WordKinds = std::uint8_t;
constexpr WordKinds bit(WordKind kind) {
  return static_cast<WordKinds>(1U << static_cast<unsigned>(kind));
}

/// A character of a text, as far as hashes and counts need it.
struct Character {
  std::uint8_t size = 1;
  bool letter = false;  ///< Or a digit.
};
inline Character character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    const unsigned lower = lead | 0x20U;
    return {1, (lower >= 'a' && lower <= 'z') || (lead >= '0' && lead <= '9')};
  }
  const std::size_t size = std::min<std::size_t>(lead < 0xE0   ? 2
                                                 : lead < 0xF0 ? 3
                                                               : 4,
                                                 text.size() - at);
  // Signs: Latin-1's, the general ones, those of Chinese and Japanese, pictures.
  const bool sign = lead == 0xC2 || lead == 0xE2 || lead >= 0xEF ||
                    (lead == 0xE3 && size > 1 && text[at + 1] == '\x80');
  return {static_cast<std::uint8_t>(size), !sign};
}

/// Of the letters added to it.
class WordHash {
 public:
  void add(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (lead < 0x80) return put(lead | 0x20U);
    add_wide(character);
  }
  bool empty() const { return value_ == kFirst; }
  std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t kFirst = 0xCBF29CE484222325U, kPrime = 0x100000001B3U;  // FNV-1a.
  void put(unsigned byte) { value_ = (value_ ^ byte) * kPrime; }
  void add_wide(std::string_view character);
  std::uint64_t value_ = kFirst;
};

/// Of words that follow each other.
inline std::uint64_t phrase_hash(std::uint64_t before, std::uint64_t word) {
  return before * 0x9E3779B97F4A7C15U + word;
}

/// Words of a text: stretches without white space, and one for every two characters of Chinese and
/// Japanese, which write none.
std::uint32_t count_page_words(std::string_view text);

/// Hashes of the words of a text, in their order.
std::vector<std::uint64_t> word_hashes(std::string_view text);

class PageWords {
 public:
  static Result<PageWords> load(const std::filesystem::path& path);

  WordKinds kinds_of(std::uint64_t hash) const;
  /// Whether a label whose first words these are says that no article goes on under it.
  bool opens(const std::uint64_t* words, std::size_t count) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    WordKinds kinds = 0;
  };
  std::vector<Slot> slots_;
  std::size_t most_words_ = 0;  ///< Of an opening.
};

}  // namespace dateline::article
