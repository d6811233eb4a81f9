// The arithmetic of the models: matrix products over the tokens of a report, and what goes round
// them. fp32; the one place to change for another number format.
//
// The vector width is chosen at run time (AVX-512, AVX2, NEON, portable). Every output is one chain
// of fused multiply-adds over the inputs in their order, and every reduction has a fixed shape, so
// all widths give the same bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/kernel_targets.h"
// Highway after its targets are known.
#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace dateline::language {

/// Name of the instruction set in use: "AVX2", ...
std::string kernel_target();

/// out = max over pieces of (W in + b): a linear layer (one piece) or thinc's Maxout.
class Affine {
 public:
  enum class Use { kManyRows, kOneRow };

  Affine() = default;
  /// `weights` is [outputs][pieces][inputs] and `bias` [outputs][pieces], row-major, as thinc
  /// stores them; an empty bias is zero. 1 to kMaxPieces pieces.
  Affine(std::span<const float> weights, std::span<const float> bias, std::size_t outputs,
         std::size_t pieces, std::size_t inputs, Use use = Use::kManyRows);

  /// Row r of the input begins at in + r * in_stride (rows may overlap: that is a window), row r
  /// of the output at out + r * out_stride.
  void apply(const float* in, std::size_t rows, std::size_t in_stride, float* out,
             std::size_t out_stride) const;

  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }

  static constexpr std::size_t kMaxPieces = 3;

 private:
  std::size_t inputs_ = 0, outputs_ = 0, pieces_ = 0;
  std::size_t blocks_ = 0;  ///< Vectors of outputs side by side in one group.
  std::size_t groups_ = 0;
  hwy::AlignedFreeUniquePtr<float[]> weights_;  ///< [group][input][block][piece][lane]
  hwy::AlignedFreeUniquePtr<float[]> bias_;     ///< [group][block][piece][lane]
};

/// out[o] = max over p of (bias[p][o] + sum over rows of row[p][o]).
void sum_max(const float* const* rows, std::size_t count, const float* bias, std::size_t outputs,
             std::size_t pieces, float* out);

/// Layer normalisation (Ba et al. 2016) of one row in place, then scale, shift and, where
/// `residual` is not null, the residual added.
void layer_norm(float* row, std::size_t size, const float* gain, const float* shift,
                const float* residual);

}  // namespace dateline::language
