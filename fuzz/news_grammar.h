// Reports as news writes them, each choice made by a byte: a grammar (fuzz/news.tsv) over the words
// that the readers know (knowledge/*.tsv), whose words are then glued, cut, swapped and left out.
//
// Bytes at random are no sentences, so that a fuzzer of bytes hardly ever comes past the readers'
// first look. Here any bytes are a report: to mutate the bytes is to choose other productions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::fuzz {

/// Bytes as a row of choices; once they are used up every choice is the first.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  /// A number below `count`, of one byte or, from 257 on, two.
  std::size_t below(std::size_t count);
  bool used_up() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

class NewsGrammar {
 public:
  /// Reads the grammar and the tables it names. Throws std::logic_error where a row is wrong.
  NewsGrammar(const std::filesystem::path& grammar, const std::filesystem::path& knowledge);

  /// A report of at most some 4,000 bytes.
  std::string report(Choices& choices) const;

 private:
  struct Symbol {
    std::vector<std::string> alternatives;
  };

  const std::string& chosen(std::string_view symbol, Choices& choices) const;
  void expand(std::string_view words, int depth, Choices& choices, std::string& report) const;
  void spoil(std::vector<std::string>& words, Choices& choices) const;

  std::map<std::string, Symbol, std::less<>> symbols_;
};

}  // namespace dateline::fuzz
