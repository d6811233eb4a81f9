// spaCy's Tagger.v2: the best tag of each token by one linear layer over its tok2vec row.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "language/document.h"
#include "language/kernels.h"
#include "language/thinc_model.h"

namespace dateline::language {

class Tagger {
 public:
  static Result<Tagger> build(ThincModel& model, std::size_t width,
                              std::vector<std::string> labels);

  /// Sets the tags of tokens whose rows these are; `scores` is working space.
  void annotate(const float* rows, std::span<Token> tokens, std::vector<float>& scores) const;

 private:
  std::vector<std::string> labels_;
  Affine scores_;
};

/// The labels of a component in the order of the model's classes (its `cfg` file).
Result<std::vector<std::string>> load_labels(const std::filesystem::path& path);

}  // namespace dateline::language
