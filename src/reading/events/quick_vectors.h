// Vectors of words without the trunk: of each word, of its neighbours in the tree and the text, of
// its sentence and of its report, a row of a table each, summed.
//
// The rows are learned from what the trunk answers (training/quick). A row is found by a hash, so
// words never seen have rows too; two words may share one. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "knowledge/words.h"
#include "language/safetensors.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// Rows that a word has for itself.
inline constexpr std::size_t kQuickFeatures = 16;
using QuickFeatures = std::array<std::uint16_t, kQuickFeatures>;

class QuickVectors {
 public:
  static constexpr std::uint32_t kRows = 16'384;

  static Result<QuickVectors> load(const std::filesystem::path& path);

  std::size_t width() const { return width_; }
  /// Vectors of these tokens, row by row from `out` on; whole sentences.
  void encode(const Scene& scene, const knowledge::Words& words, language::TokenRange tokens,
              float* out) const;

  /// What stands for a word's text, lemma and labels, worked out once.
  struct Keys {
    std::uint64_t lower, lemma, pos, tag, dep;
  };
  static std::vector<Keys> keys_of(const Scene& scene);
  static QuickFeatures features(const Scene& scene, const std::vector<Keys>& keys,
                                const knowledge::Words& words, std::uint32_t i);
  /// Row that a word has in the mean of its sentence or report, 0 where it has none.
  static std::uint16_t topic(const Scene& scene, const std::vector<Keys>& keys, std::uint32_t i,
                             std::uint64_t of);
  static constexpr std::uint64_t kSentence = 101, kReport = 102;

 private:
  std::vector<float> mean(const Scene& scene, const std::vector<Keys>& keys,
                          language::TokenRange tokens, std::uint64_t of) const;
  void add(std::uint16_t row, float* sum) const;

  std::size_t width_ = 0;
  std::vector<std::int8_t> rows_;
  std::vector<float> scale_;
};

}  // namespace dateline::reading::events
