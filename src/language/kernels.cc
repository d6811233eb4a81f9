// SPDX-License-Identifier: Apache-2.0
#include "language/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "language/kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "language/kernels-inl.h"

HWY_BEFORE_NAMESPACE();
namespace dateline::language {

#ifndef DATELINE_AFFINE_PARTS
#define DATELINE_AFFINE_PARTS
/// What the kernels see of an Affine.
struct AffineParts {
  std::size_t inputs, outputs, pieces, blocks, groups;
  const float* weights;
  const float* bias;
};
#endif

namespace HWY_NAMESPACE {

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

std::size_t lanes() { return hn::Lanes(D()); }

const char* target() { return hwy::TargetName(HWY_TARGET); }

/// kRows rows of the input against one group of outputs; the sums stay in registers.
template <int kRows, int kBlocks, int kPieces>
HWY_INLINE void tile(const AffineParts& layer, const float* weights, const float* bias,
                     const float* in, std::size_t in_stride, float* out, std::size_t out_stride,
                     std::size_t outputs) {
  constexpr int kVectors = kBlocks * kPieces;
  const D d;
  const std::size_t n = hn::Lanes(d);
  V sum[kRows][kVectors];
  for (int r = 0; r < kRows; ++r) {
    for (int v = 0; v < kVectors; ++v) sum[r][v] = hn::Zero(d);
  }
  for (std::size_t k = 0; k < layer.inputs; ++k) {
    V w[kVectors];
    for (int v = 0; v < kVectors; ++v) w[v] = hn::Load(d, weights + v * n);
    weights += kVectors * n;
    for (int r = 0; r < kRows; ++r) {
      const V x = hn::Set(d, in[r * in_stride + k]);
      for (int v = 0; v < kVectors; ++v) sum[r][v] = fused(x, w[v], sum[r][v]);
    }
  }
  for (int r = 0; r < kRows; ++r) {
    for (int b = 0; b < kBlocks; ++b) {
      V best = hn::Add(sum[r][b * kPieces], hn::Load(d, bias + b * kPieces * n));
      for (int p = 1; p < kPieces; ++p) {
        const int v = b * kPieces + p;
        best = hn::Max(best, hn::Add(sum[r][v], hn::Load(d, bias + v * n)));
      }
      float* to = out + r * out_stride + b * n;
      const std::size_t first = b * n;
      if (first + n <= outputs) {
        hn::StoreU(best, d, to);
      } else if (first < outputs) {
        HWY_ALIGN float rest[hn::MaxLanes(D())];
        hn::Store(best, d, rest);
        std::memcpy(to, rest, (outputs - first) * sizeof(float));
      }
    }
  }
}

template <int kMaxRows, int kBlocks, int kPieces>
HWY_INLINE void multiply(const AffineParts& layer, const float* in, std::size_t rows,
                         std::size_t in_stride, float* out, std::size_t out_stride) {
  // Input rows of one round stay in the second-level cache, one group's weights in the first.
  constexpr std::size_t kRound = 384;
  const std::size_t width = hn::Lanes(D()) * kBlocks;
  for (std::size_t from = 0; from < rows; from += kRound) {
    const std::size_t to = std::min(rows, from + kRound);
    for (std::size_t g = 0; g < layer.groups; ++g) {
      const float* weights = layer.weights + g * layer.inputs * width * kPieces;
      const float* bias = layer.bias + g * width * kPieces;
      const std::size_t outputs = std::min(width, layer.outputs - g * width);
      std::size_t r = from;
      for (; r + kMaxRows <= to; r += kMaxRows) {
        tile<kMaxRows, kBlocks, kPieces>(layer, weights, bias, in + r * in_stride, in_stride,
                                         out + r * out_stride + g * width, out_stride, outputs);
      }
      for (; r < to; ++r) {
        tile<1, kBlocks, kPieces>(layer, weights, bias, in + r * in_stride, in_stride,
                                  out + r * out_stride + g * width, out_stride, outputs);
      }
    }
  }
}

void apply(const AffineParts& layer, const float* in, std::size_t rows, std::size_t in_stride,
           float* out, std::size_t out_stride) {
  // Rows times vectors: twelve sums keep both multiply-add units of a core busy.
  switch (layer.pieces) {
    case 1:
      if (layer.blocks == 8) return multiply<1, 8, 1>(layer, in, rows, in_stride, out, out_stride);
      return multiply<6, 2, 1>(layer, in, rows, in_stride, out, out_stride);
    case 2:
      return multiply<6, 1, 2>(layer, in, rows, in_stride, out, out_stride);
    case 3:
      return multiply<4, 1, 3>(layer, in, rows, in_stride, out, out_stride);
  }
}

void sum_max(const float* const* rows, std::size_t count, const float* bias, std::size_t outputs,
             std::size_t pieces, float* out) {
  const D d;
  const std::size_t n = hn::Lanes(d);
  std::size_t o = 0;
  for (; o + n <= outputs; o += n) {
    V best = hn::Zero(d);
    for (std::size_t p = 0; p < pieces; ++p) {
      const std::size_t at = p * outputs + o;
      V sum = hn::LoadU(d, rows[0] + at);
      for (std::size_t i = 1; i < count; ++i) sum = hn::Add(sum, hn::LoadU(d, rows[i] + at));
      sum = hn::Add(sum, hn::LoadU(d, bias + at));
      best = p == 0 ? sum : hn::Max(best, sum);
    }
    hn::StoreU(best, d, out + o);
  }
  for (; o < outputs; ++o) {
    float best = 0;
    for (std::size_t p = 0; p < pieces; ++p) {
      const std::size_t at = p * outputs + o;
      float sum = rows[0][at];
      for (std::size_t i = 1; i < count; ++i) sum += rows[i][at];
      sum += bias[at];
      best = p == 0 ? sum : std::max(best, sum);
    }
    out[o] = best;
  }
}

/// Sum of f(row[i]) by eight running sums, whatever the vector width.
template <typename Function>
HWY_INLINE float sum_of(const float* row, std::size_t size, Function f) {
  constexpr std::size_t kSums = 8;
  float sums[kSums] = {};
  std::size_t i = 0;
  for (; i + kSums <= size; i += kSums) {
    for (std::size_t j = 0; j < kSums; ++j) sums[j] += f(row[i + j]);
  }
  for (; i < size; ++i) sums[i % kSums] += f(row[i]);
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

void layer_norm(float* row, std::size_t size, const float* gain, const float* shift,
                const float* residual) {
  const auto n = static_cast<float>(size);
  const float mean = sum_of(row, size, [](float x) { return x; }) / n;
  const float variance =
      sum_of(row, size, [mean](float x) { return (x - mean) * (x - mean); }) / n + 1e-8f;
  const float scale = 1.0f / std::sqrt(variance);
  if (residual == nullptr) {
    for (std::size_t i = 0; i < size; ++i) row[i] = (row[i] - mean) * scale * gain[i] + shift[i];
  } else {
    for (std::size_t i = 0; i < size; ++i) {
      row[i] = residual[i] + ((row[i] - mean) * scale * gain[i] + shift[i]);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace dateline::language
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dateline::language {

HWY_EXPORT(lanes);
HWY_EXPORT(target);
HWY_EXPORT(apply);
HWY_EXPORT(sum_max);
HWY_EXPORT(layer_norm);

std::string kernel_target() { return HWY_DYNAMIC_DISPATCH(target)(); }

Affine::Affine(std::span<const float> weights, std::span<const float> bias, std::size_t outputs,
               std::size_t pieces, std::size_t inputs, Use use)
    : inputs_(inputs), outputs_(outputs), pieces_(pieces) {
  blocks_ = pieces > 1 ? 1 : use == Use::kOneRow ? 8 : 2;
  const std::size_t n = HWY_DYNAMIC_DISPATCH(lanes)();
  const std::size_t width = n * blocks_;
  groups_ = (outputs + width - 1) / width;
  weights_ = hwy::AllocateAligned<float>(groups_ * inputs * width * pieces);
  bias_ = hwy::AllocateAligned<float>(groups_ * width * pieces);
  float* w = weights_.get();
  for (std::size_t g = 0; g < groups_; ++g) {
    const auto output = [&](std::size_t b, std::size_t lane) { return g * width + b * n + lane; };
    for (std::size_t k = 0; k < inputs; ++k) {
      for (std::size_t b = 0; b < blocks_; ++b) {
        for (std::size_t p = 0; p < pieces; ++p) {
          for (std::size_t lane = 0; lane < n; ++lane) {
            const std::size_t o = output(b, lane);
            *w++ = o < outputs ? weights[(o * pieces + p) * inputs + k] : 0.0f;
          }
        }
      }
    }
    for (std::size_t b = 0; b < blocks_; ++b) {
      for (std::size_t p = 0; p < pieces; ++p) {
        for (std::size_t lane = 0; lane < n; ++lane) {
          const std::size_t o = output(b, lane);
          bias_[((g * blocks_ + b) * pieces + p) * n + lane] =
              o < outputs && !bias.empty() ? bias[o * pieces + p] : 0.0f;
        }
      }
    }
  }
}

void Affine::apply(const float* in, std::size_t rows, std::size_t in_stride, float* out,
                   std::size_t out_stride) const {
  HWY_DYNAMIC_DISPATCH(apply)
  ({inputs_, outputs_, pieces_, blocks_, groups_, weights_.get(), bias_.get()}, in, rows, in_stride,
   out, out_stride);
}

void sum_max(const float* const* rows, std::size_t count, const float* bias, std::size_t outputs,
             std::size_t pieces, float* out) {
  HWY_DYNAMIC_DISPATCH(sum_max)(rows, count, bias, outputs, pieces, out);
}

void layer_norm(float* row, std::size_t size, const float* gain, const float* shift,
                const float* residual) {
  HWY_DYNAMIC_DISPATCH(layer_norm)(row, size, gain, shift, residual);
}

}  // namespace dateline::language
#endif  // HWY_ONCE
