// Vectors of a report's words, a stretch at a time: those of all words of a very long report would
// be too large. A report of ordinary length is one stretch.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dateline/halt.h"
#include "language/document.h"
#include "language/trunk.h"

namespace dateline::reading {

/// From this token on, as many whole sentences as a stretch has room for; one at the least, cut
/// where even that is too long.
language::TokenRange stretch_from(const language::Document& document, std::uint32_t begin);

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
  language::TokenRange tokens_{0, 0};
  std::vector<float> rows_;
};

/// What the trunk makes of a report's words. The last stretch asked for is kept, so readers of a
/// report of one stretch share it.
class TrunkVectors {
 public:
  /// What is given must outlive this; `halt` may be null.
  TrunkVectors(const language::Trunk& trunk, language::Trunk::Scratch& scratch,
               const language::Document& document, const Halt* halt)
      : trunk_(trunk),
        scratch_(scratch),
        document_(document),
        halt_(halt),
        vectors_(trunk.width()) {}

  /// Vectors of a stretch; incomplete where `halt` asks to give up. Lasts until the next call.
  const Vectors& of(language::TokenRange stretch);

 private:
  const language::Trunk& trunk_;
  language::Trunk::Scratch& scratch_;
  const language::Document& document_;
  const Halt* halt_;
  std::optional<language::Trunk::Cut> cut_;
  Vectors vectors_;
};

}  // namespace dateline::reading
