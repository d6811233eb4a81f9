// Static word vectors of a pipeline (vocab/vectors, vocab/key2row): one row a word it knows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline::language {

class Vectors {
 public:
  static Result<Vectors> load(const std::filesystem::path& pipeline_directory);

  std::size_t width() const { return width_; }
  /// The vector of a word by its orth key; null where the word has none.
  const float* find(std::uint64_t key) const;

 private:
  std::size_t rows_ = 0, width_ = 0;
  std::vector<float> values_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> row_of_;  ///< Sorted by key.
};

}  // namespace dateline::language
