// spaCy's TransitionBasedParser.v2: scores for the next move of a parser or entity recogniser from
// a few tokens of its state.
//
// What each token adds to the hidden layer in each place of the state depends on the token alone,
// so it is computed once a token, a block at a time as the state moves on, and the hidden layer is
// a sum of such rows (Chen and Manning 2014's precomputation). The table of rows is of fixed size;
// a token further back is computed when it is asked for, and kept while it is asked for again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "language/kernels.h"
#include "language/thinc_model.h"

namespace dateline::language {

/// One class of the model: an action of the transition system, with a label where it takes one.
struct Move {
  int action = 0;
  std::string label;
};

class TransitionModel {
 public:
  struct Scratch {
    std::vector<float> vectors;  ///< A row a token.
    std::size_t tokens = 0;
    std::size_t computed = 0;  ///< Tokens whose rows are computed; the last kRecent are there.
    std::vector<float> rows;   ///< What a token adds, token % kRecent.
    std::vector<float> far;    ///< Rows of tokens further back: kFar slots.
    std::vector<std::size_t> far_token;   ///< Whose row a slot holds.
    std::vector<std::uint64_t> far_used;  ///< The score() that last asked for it.
    std::uint64_t scored = 0;             ///< Calls of score().
    std::vector<float> hidden, scores;
  };

  /// Takes the upper layers of a model file; `features` tokens make up a state. `width` is that of
  /// the rows of add().
  static Result<TransitionModel> build(ThincModel& model, std::size_t width, std::size_t features,
                                       std::size_t moves);

  /// Begins a report.
  void start(Scratch& scratch) const;
  /// Takes the tok2vec rows of the next `count` tokens.
  void add(const float* rows, std::size_t count, Scratch& scratch) const;
  /// Scores of all moves in the state with these tokens (-1: none there).
  std::span<const float> score(std::span<const int> context, Scratch& scratch) const;

 private:
  void compute_to(std::size_t token, Scratch& scratch) const;
  const float* far_row(std::size_t token, Scratch& scratch) const;

  static constexpr std::size_t kRecent = 1024;  ///< A multiple of kAhead.
  static constexpr std::size_t kAhead = 64;
  static constexpr std::size_t kMaxFeatures = 16;
  static constexpr std::size_t kFar = 2 * kMaxFeatures;

  std::size_t hidden_ = 0, pieces_ = 0, features_ = 0, inner_ = 0;
  Affine project_;           ///< tok2vec width to the model's own.
  Affine lower_;             ///< Outputs [feature][piece][hidden].
  std::vector<float> bias_;  ///< [piece][hidden]
  std::vector<float> pad_;   ///< [feature][piece][hidden]: what no token adds.
  Affine upper_;
};

/// The moves of a component in the order of the model's classes (its `moves` file).
Result<std::vector<Move>> load_moves(const std::filesystem::path& path);

}  // namespace dateline::language
