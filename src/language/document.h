// What the language room makes of a text: tokens with tags, lemmas and a dependency tree, sentences
// and names, as spaCy's Doc holds them.
//
// A Document owns nothing but its vectors: views point into the text it was made from, into the
// pipeline (labels) or into the scratch space (lemmas). It is valid until the scratch space is used
// for the next text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline::language {

struct Token {
  Span span;                 ///< Bytes of the text, without the space after it.
  bool space_after = false;  ///< Exactly one U+0020 follows and belongs to this token.
  std::string_view text;
  std::string_view lower;  ///< Lower-cased as Python's str.lower() does.
  std::string_view tag;    ///< Penn Treebank tag.
  std::string_view pos;    ///< Universal part of speech.
  std::string_view morph;  ///< Universal features, "Number=Sing|Person=3".
  std::string_view lemma;
  std::string_view dep;        ///< ClearNLP/spaCy dependency label; "ROOT" for a root.
  std::uint32_t lexeme = 0;    ///< Id in the LexemeStore the document was tokenized with.
  std::uint32_t head = 0;      ///< Index of the head; a root is its own head.
  std::uint32_t sentence = 0;  ///< Index into Document::sentences.
};

/// A run of tokens [begin, end).
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Name {
  TokenRange tokens;
  std::string_view label;  ///< OntoNotes label: PERSON, NORP, ORG, GPE, LOC, FAC, DATE, ...
};

struct Document {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<TokenRange> sentences;
  std::vector<Name> names;

  /// Children of token i in text order.
  std::span<const std::uint32_t> children(std::uint32_t i) const {
    return {children_.data() + first_child_[i], children_.data() + first_child_[i + 1]};
  }
  /// Bytes from the first token's beginning to the last one's end.
  Span span(TokenRange range) const {
    return {tokens[range.begin].span.begin, tokens[range.end - 1].span.end};
  }
  /// The tokens that bytes of the text touch, each whole or in part: "2014" touches the token
  /// "2014[1". Where no token lies there, the one behind, or the last; nothing only of a document
  /// without tokens.
  TokenRange tokens_of(Span bytes) const;
  /// All tokens below i and i itself, as the smallest run that covers them.
  TokenRange subtree(std::uint32_t i) const;

  /// Builds the children lists from the heads; the pipeline calls it once the heads are known.
  void index_children();

 private:
  std::vector<std::uint32_t> first_child_;
  std::vector<std::uint32_t> children_;
};

}  // namespace dateline::language
