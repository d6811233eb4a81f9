// SPDX-License-Identifier: Apache-2.0
#include "reading/vectors.h"

#include <algorithm>

namespace dateline::reading {

using language::TokenRange;

namespace {

constexpr std::uint32_t kStretch = 16'384;  ///< Tokens: 24 MB of the trunk's vectors.

}  // namespace

TokenRange stretch_from(const language::Document& document, std::uint32_t begin) {
  const auto& sentences = document.sentences;
  std::uint32_t end = begin;
  for (std::uint32_t s = document.tokens[begin].sentence; s < sentences.size(); ++s) {
    if (end > begin && sentences[s].end - begin > kStretch) break;
    end = std::min(sentences[s].end, begin + kStretch);
  }
  return {begin, end};
}

const Vectors& TrunkVectors::of(TokenRange stretch) {
  const TokenRange known = vectors_.tokens();
  if (known.begin == stretch.begin && known.end == stretch.end) return vectors_;
  if (!cut_) cut_ = trunk_.cut(document_);
  vectors_.begin(stretch);
  trunk_.encode(*cut_, scratch_, stretch, [&](std::uint32_t token, const float* vector) {
    std::copy_n(vector, trunk_.width(), vectors_.of(token));
    return halt_ == nullptr || !halt_->asked();
  });
  return vectors_;
}

}  // namespace dateline::reading
