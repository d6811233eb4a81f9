// The trained heads of the event reader: what the trunk's vectors say of a word that may tell of a
// happening, of what may fill its slots, and of two words that may tell of one.
//
// Made by training/trunk (model.py names the same layers). A head of words is one matrix; a head of
// pairs has one hidden layer over two vectors, their product, and numbers of how the two stand to
// each other (scene.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "language/kernels.h"
#include "language/safetensors.h"
#include "reading/events/features.h"
#include "reading/events/table.h"
#include "reading/events/types.h"

namespace dateline::reading::events {

/// Two tokens and how they stand to each other: log odds of each answer.
class PairHead {
 public:
  static constexpr std::size_t kHidden = 64, kMostAnswers = 2;
  using Answer = std::array<float, kMostAnswers>;

  /// The second token of a pair.
  struct Second {
    const float* vector;
    std::span<const std::uint16_t> features;
  };

  PairHead() = default;
  PairHead(language::Safetensors& file, const std::string& name, std::size_t width,
           std::span<const std::uint32_t> sizes, std::size_t answers);

  bool known() const { return width_ > 0; }
  /// One answer a pair of `first` and each of the others.
  std::vector<Answer> score(const float* first, std::span<const Second> others) const;

 private:
  std::size_t width_ = 0, answers_ = 0;
  language::Affine first_;   ///< Of the first token's vector,
  language::Affine others_;  ///< of the second's and, behind it, the product of both,
  language::Affine answer_;  ///< of the hidden layer.
  std::vector<std::vector<float>> tables_;
};

class Heads {
 public:
  /// Loads heads for vectors of this width. Fails where the file is missing, altered or made for
  /// other numbers.
  static Result<Heads> load(const std::filesystem::path& path, std::size_t width);

  std::size_t width() const { return width_; }
  /// Log probabilities of kTypes of each row of vectors, kTypes.size() numbers a row.
  std::vector<float> types(std::span<const float> vectors,
                           std::span<const WordFeatures> features) const;
  /// Log probabilities of kStatuses.
  std::array<float, kStatuses.size()> status(const float* vector) const;
  /// Log odds that it is what the report is about; that it is as new as the report.
  float main(const float* vector, std::uint16_t where) const;
  float is_new(const float* vector, std::uint16_t where) const;
  /// That of voices may be unknown.
  const PairHead& slot(Slot slot) const { return slots_[static_cast<std::size_t>(slot)]; }
  const PairHead& link() const { return link_; }

 private:
  std::size_t width_ = 0;
  language::Affine type_, status_, main_, new_;
  std::array<std::vector<float>, kWordSizes.size()> type_features_;
  std::vector<float> main_where_, new_where_;
  std::array<PairHead, kSlots> slots_;
  PairHead link_;
};

}  // namespace dateline::reading::events
