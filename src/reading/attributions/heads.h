// What the trunk's vectors say of a word that may be a cue, and of a stretch that may be its
// content: a small network over the words that a Look names.
//
// Each word's vector becomes kWidth numbers; those of all words, and the products of the first
// word's with those of the next ones, go through one hidden layer, and what the model over keys
// says is added. Made by training/attribution/heads.py.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/kernels.h"
#include "language/safetensors.h"
#include "reading/attributions/cues.h"
#include "reading/vectors.h"

namespace dateline::reading {

class LookHead {
 public:
  static constexpr std::size_t kWidth = 64;

  /// What the words of a stretch are to the head.
  struct Seen {
    language::TokenRange tokens{0, 0};
    std::vector<float> rows;
  };

  LookHead() = default;
  /// For looks at `words` words, of which the first is multiplied with the next `products`.
  LookHead(language::Safetensors& file, const std::string& name, std::size_t width,
           std::size_t words, std::size_t products);

  void see(const Vectors& vectors, Seen& seen) const;

  /// Log odds of the model over keys in, of both out. Words that were not seen are as if there were
  /// none.
  template <std::size_t kCount>
  void weigh(const Seen& seen, std::span<const Look<kCount>> looks,
             std::span<float> log_odds) const {
    std::vector<float> in;
    std::vector<std::uint32_t> cuts;
    in.reserve(looks.size() * mix_.inputs());
    for (const Look<kCount>& look : looks) {
      put(seen, look.words, in);
      cuts.push_back(look.cut);
    }
    answer(in, cuts, log_odds);
  }

 private:
  void put(const Seen& seen, std::span<const std::uint32_t> words, std::vector<float>& in) const;
  void answer(const std::vector<float>& in, const std::vector<std::uint32_t>& cuts,
              std::span<float> log_odds) const;

  std::size_t width_ = 0, products_ = 0;
  language::Affine project_, mix_, answer_;
  std::vector<float> missing_, cuts_;
  float by_keys_ = 0;  ///< How much is given on the model over keys.
};

}  // namespace dateline::reading
