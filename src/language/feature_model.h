// A small classifier over hashed features: each column of keys has an embedding of its own; what
// they give, side by side, goes through maxout layers to a choice between no and yes.
//
// Made in thinc: concatenate(HashEmbed, ...) >> Maxout >> ... >> Softmax, the layers of spaCy's own
// components. What the columns stand for is the business of whoever made the keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "dateline/result.h"
#include "language/kernels.h"
#include "language/thinc_model.h"

namespace dateline::language {

class FeatureModel {
 public:
  struct Scratch {
    std::vector<float> from, to;
  };

  /// Loads a model file that must have this many columns.
  static Result<FeatureModel> load(const std::filesystem::path& path, std::size_t columns);

  /// Rows of `columns` keys each in, the log odds of "yes" of each row out.
  void score(std::span<const std::uint64_t> keys, Scratch& scratch,
             std::vector<float>& log_odds) const;

 private:
  struct Embedding {
    std::uint32_t seed;
    std::size_t rows, width;
    std::vector<float> table;
  };
  struct Layer {
    Affine maxout;
    std::vector<float> gain, shift;
  };

  std::size_t embedded_width_ = 0;
  std::vector<Embedding> embeddings_;
  std::vector<Layer> layers_;
  Affine choice_;
};

}  // namespace dateline::language
