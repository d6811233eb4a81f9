// Vectors of a stretch of a report. A report of ordinary length is one stretch; of a
// very long one the vectors together would be too large.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "language/document.h"

namespace dateline::reading::events {

/// Tokens of a stretch: 24 MB of the trunk's vectors.
inline constexpr std::uint32_t kStretch = 16'384;

class Vectors {
 public:
  explicit Vectors(std::size_t width) : width_(width) {}

  /// Room for the vectors of these tokens, all zero.
  void begin(language::TokenRange tokens) {
    tokens_ = tokens;
    rows_.assign((tokens.end - tokens.begin) * width_, 0.0f);
  }
  language::TokenRange tokens() const { return tokens_; }
  bool holds(std::uint32_t token) const { return tokens_.begin <= token && token < tokens_.end; }
  float* of(std::uint32_t token) { return rows_.data() + (token - tokens_.begin) * width_; }
  const float* of(std::uint32_t token) const {
    return rows_.data() + (token - tokens_.begin) * width_;
  }

 private:
  std::size_t width_;
  language::TokenRange tokens_;
  std::vector<float> rows_;
};

}  // namespace dateline::reading::events
