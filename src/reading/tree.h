// The dependency tree of a report as the readers ask for it: whole subtrees, labelled children.
//
// Subtree ranges of all tokens are computed once, in linear time and without recursion, so that a
// reader may ask for as many as it likes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "language/document.h"
#include "reading/borders.h"

namespace dateline::reading {

inline constexpr std::size_t kMostChildren = 128;
inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

/// Children of i in text order, the first hundred or so: no head of a language has more, and a
/// hostile text must not make every child look through all the others.
inline std::span<const std::uint32_t> few_children(const language::Document& document,
                                                   std::uint32_t i) {
  const auto all = document.children(i);
  return all.first(std::min(all.size(), kMostChildren));
}

class Tree {
 public:
  explicit Tree(const language::Document& document);

  const language::Document& document() const { return document_; }
  const language::Token& operator[](std::uint32_t i) const { return document_.tokens[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(document_.tokens.size()); }

  /// The smallest run of tokens that covers i and all below it.
  language::TokenRange subtree(std::uint32_t i) const { return subtree_[i]; }
  std::span<const std::uint32_t> children(std::uint32_t i) const {
    return few_children(document_, i);
  }
  /// First child of i with one of these labels, or kNone.
  std::uint32_t child(std::uint32_t i, std::initializer_list<std::string_view> labels) const;
  bool is_root(std::uint32_t i) const { return document_.tokens[i].head == i; }
  /// What bytes of the text touch: never nothing, as a report that is read has tokens.
  language::TokenRange tokens_of(Span bytes) const { return document_.tokens_of(bytes); }
  std::uint32_t first_of(Span bytes) const { return tokens_of(bytes).begin; }
  /// The token of the range whose head lies outside of it (the last such one); of an empty range,
  /// the token where it stands.
  std::uint32_t head_of(language::TokenRange range) const;
  std::uint32_t head_of(Span bytes) const { return head_of(tokens_of(bytes)); }
  /// The lines that are not empty, in order, each with the white space after it.
  std::vector<language::TokenRange> paragraphs() const;
  /// The range without white space and, where asked, without punctuation at its ends.
  language::TokenRange trim(language::TokenRange range, bool punctuation) const;
  const Borders& borders() const { return borders_; }
  /// The part of the range, perhaps nothing, that lies in one paragraph with a token.
  language::TokenRange in_paragraph_of(std::uint32_t token, language::TokenRange range) const {
    return borders_.around(token, range);
  }
  /// The same of the phrase of a head; where nothing of it lies there, what hangs on it and does,
  /// up to the token: "Photo: Ann Lee\n\nThe army [said ...]".
  language::TokenRange in_paragraph_of(std::uint32_t token, std::uint32_t head,
                                       language::TokenRange phrase) const;
  Span span(language::TokenRange range) const { return document_.span(range); }

 private:
  const language::Document& document_;
  Borders borders_;
  std::vector<language::TokenRange> subtree_;
};

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words);

/// Which of some words it is, from 1; 0 for none.
std::uint8_t number_in(std::string_view word, std::initializer_list<std::string_view> words);

inline bool is_capitalized(std::string_view word) {
  return !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
}

/// "Number=Plur" in a token's features.
inline bool has_feature(const language::Token& token, std::string_view feature) {
  return token.morph.find(feature) != std::string_view::npos;
}

inline bool is_quote_mark(std::string_view text) {
  return text == "\"" || text == "“" || text == "”" || text == "„" || text == "«" || text == "»" ||
         text == "``" || text == "''";
}

}  // namespace dateline::reading
