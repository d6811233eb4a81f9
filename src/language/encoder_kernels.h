// The arithmetic of a transformer encoder in whole numbers: linear layers over bytes, attention
// over 16-bit numbers, and what goes round them.
//
// A sum of products of whole numbers is exact in any order, so it may run in whatever form an
// instruction set is fast in (VNNI's groups of four bytes, pairs of 16 bits elsewhere). What is
// done in floats keeps to the rules of kernels.h. So all instruction sets give the same bits.
//
// Widths are multiples of kLanes, the widest vector used.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/kernel_targets.h"
// Highway after its targets are known.
#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace dateline::language {

inline constexpr std::size_t kLanes = 16;

/// An array of bytes that a kernel lays out as its instruction set likes.
using KernelBytes = hwy::AlignedFreeUniquePtr<std::uint8_t[]>;

/// Rows of floats as bytes: each value of row r is low[r] + step[r] * byte, with the row's least
/// value at 0 and its greatest at 255. An error of at most half a step.
class ByteRows {
 public:
  ByteRows(std::size_t rows, std::size_t width);

  void set(std::size_t row, const float* values);

 private:
  friend class ByteAffine;

  std::size_t width_;
  std::size_t stride_;  ///< Bytes of memory a row.
  KernelBytes bytes_;
  hwy::AlignedFreeUniquePtr<float[]> low_, step_;
};

/// A linear layer with int8 weights: out[o] = scale[o] * (W in)[o] + bias[o].
class ByteAffine {
 public:
  /// No more inputs, so that no sum of 255 * 127 outgrows 32 bits.
  static constexpr std::size_t kMaxInputs = 32'768;

  ByteAffine() = default;
  /// `weights` is [outputs][inputs], from -127 to 127.
  ByteAffine(std::span<const std::int8_t> weights, std::span<const float> scale,
             std::span<const float> bias, std::size_t inputs);

  /// Rows [0, rows) of `in`; row r of the output begins at out + r * out_stride.
  void apply(const ByteRows& in, std::size_t rows, float* out, std::size_t out_stride) const;

 private:
  std::size_t inputs_ = 0, outputs_ = 0;
  KernelBytes weights_;  ///< [group][step][vector][lane][inputs of the step]
  hwy::AlignedFreeUniquePtr<float[]> scale_, sum_, bias_;  ///< sum: scale times the weights' sum.
};

/// One head's attention over the rows of a window.
class Attention {
 public:
  /// No more rows, so that no sum over them outgrows 32 bits.
  static constexpr std::size_t kMaxRows = 262;

  Attention(std::size_t most_rows, std::size_t width);

  /// Rows of `qkv` are a query, a key and a value of width() floats each. Of the rows that
  /// `queries` lists, softmax(q k / sqrt(width)) v goes to out + i * out_stride.
  void apply(const float* qkv, std::size_t rows, std::span<const std::uint32_t> queries, float* out,
             std::size_t out_stride);

 private:
  std::size_t most_rows_, width_;
  KernelBytes queries_, keys_, values_, shares_;
  hwy::AlignedFreeUniquePtr<float[]> query_step_, key_step_, key_mask_, scores_;
};

/// x = x * Phi(x), Phi the normal distribution's; within 1e-4 of gelu with erf.
void gelu(float* row, std::size_t width);

/// row = layer normalisation of row + added, then gain and shift.
void add_norm(float* row, const float* added, std::size_t width, const float* gain,
              const float* shift);

}  // namespace dateline::language
