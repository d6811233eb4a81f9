// spaCy's dependency parser: arc-eager transitions with Break (Nivre 2008; Honnibal, Goldberg and
// Johnson 2013), then pseudo-projective arcs put where they belong (Nivre and Nilsson 2005) and
// sentences cut at the roots.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

#include "dateline/halt.h"
#include "dateline/result.h"
#include "language/document.h"
#include "language/lexeme_store.h"
#include "language/transition_model.h"

namespace dateline::language {

class Parser {
 public:
  struct Scratch {
    TransitionModel::Scratch model;
    std::vector<int> stack, rebuffer, heads;
    std::vector<int> last_left, last_right, before;  ///< Children of a head, newest first.
    std::vector<std::uint32_t> move_of;              ///< The move that gave a token its head.
    std::vector<std::uint8_t> unshiftable, sentence_start;
    std::vector<std::uint32_t> left_edge, right_edge;
  };

  static constexpr std::size_t kFeatures = 8;

  static Result<Parser> build(ThincModel& model, std::size_t width, std::vector<Move> moves);

  const TransitionModel& model() const { return model_; }

  /// Sets head, dep and sentence of every token, and the sentences. The rows of all tokens have
  /// been added to scratch.model. Once `halt` asks for it, ends without having set them.
  void annotate(Document& document, const LexemeStore& lexemes, Scratch& scratch,
                const Halt& halt) const;

 private:
  void parse(int length, Scratch& scratch, const Halt& halt) const;
  void deprojectivize(Document& document, const LexemeStore& lexemes, Scratch& scratch) const;

  TransitionModel model_;
  std::vector<Move> moves_;
  /// Label and, for pseudo-projective labels "label||head label", where the head is to be sought.
  std::vector<std::pair<std::string, std::string>> labels_;
};

}  // namespace dateline::language
