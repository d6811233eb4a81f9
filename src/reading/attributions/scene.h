// A report as attributions are looked for in it: its tree, names, quotations and lines, with the
// numbers that stand for its words worked out once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "language/document.h"
#include "reading/quotes.h"
#include "reading/tree.h"

namespace dateline::reading {

/// What stands for a word, a label or a combination of them in a model's features.
using Key = std::uint64_t;

Key key(std::string_view text);
constexpr Key join(Key first, Key second) {
  return (first ^ (second + 0x9e3779b97f4a7c15 + (first << 6) + (first >> 2))) * 0x9e3779b97f4a7c15;
}

struct Scene {
  Scene(const language::Document& document, std::string_view text);

  /// Numbers of what is asked of every word.
  struct Word {
    Key lower, lemma, tag, dep, kind;  ///< kind: its name's label, the pronoun, or the tag.
    std::uint32_t quote = kNone;       ///< Index of the quotation it stands in.
  };

  const language::Token& operator[](std::uint32_t i) const { return tokens[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(tokens.size()); }
  /// Sentence of a token, no longer than is looked at.
  language::TokenRange sentence(std::uint32_t i) const;
  /// Line breaks in its text.
  bool breaks_line(std::uint32_t i) const;

  const language::Document& document;
  std::string_view text;
  Tree tree;
  const std::vector<language::Token>& tokens;
  std::vector<Quote> quotes;
  std::vector<language::TokenRange> quote_tokens;  ///< Of each quotation, marks left out.
  std::vector<language::TokenRange> paragraphs;
  std::vector<Word> words;
};

/// Tokens from a place that are looked at to either side; bounds the work a cue can cause.
inline constexpr std::uint32_t kFar = 400;

}  // namespace dateline::reading
