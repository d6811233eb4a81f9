// SPDX-License-Identifier: Apache-2.0
#include "language/encoder_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "language/encoder_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "language/kernels-inl.h"

#ifndef DATELINE_ENCODER_PARTS
#define DATELINE_ENCODER_PARTS
namespace dateline::language {

/// What the kernels see of a ByteAffine and the rows it is applied to.
struct ByteAffineParts {
  std::size_t inputs, outputs;
  const std::uint8_t* weights;
  const float *scale, *sum, *bias;
  const std::uint8_t* rows;
  std::size_t row_stride;
  const float *low, *step;
};

/// What the kernels see of an Attention.
struct AttentionParts {
  std::size_t most_rows, width;
  std::uint8_t *queries, *keys, *values, *shares;
  float *query_step, *key_step, *key_mask, *scores;
};

// Whole numbers of attention. A score is a sum over the head's width, a value one over the rows of
// the window; the greatest numbers are as great as such sums allow.
inline constexpr std::int32_t kMaxSum = 0x7fffffff;
inline constexpr float kMaxShare = 16383.0f;
inline constexpr float kMaxValue = 500.0f;
static_assert(static_cast<double>(kMaxShare) * kMaxValue * Attention::kMaxRows < kMaxSum);

}  // namespace dateline::language
#endif

HWY_BEFORE_NAMESPACE();
namespace dateline::language::HWY_NAMESPACE {

using DF = hn::CappedTag<float, kLanes>;
using DI = hn::CappedTag<std::int32_t, kLanes>;
using VF = hn::Vec<DF>;
using VI = hn::Vec<DI>;

constexpr std::size_t kN = hn::MaxLanes(DF());
constexpr DF df;
constexpr DI di;

// Vectors of outputs side by side in one group, and rows worked on at once: what the registers
// hold, with what compilers like to multiply ahead where that is an instruction of its own.
constexpr std::size_t kVectors = 2;
constexpr std::size_t kGroup = kVectors * kN;
#if HWY_TARGET == HWY_AVX3_DL
constexpr std::size_t kRows = 12, kFewRows = 4;
#elif HWY_TARGET == HWY_AVX3
constexpr std::size_t kRows = 8, kFewRows = 4;
#else
constexpr std::size_t kRows = 4, kFewRows = 2;
#endif

constexpr std::size_t groups(std::size_t outputs) { return (outputs + kGroup - 1) / kGroup; }

/// Adding this rounds a float between -2^22 and 2^22 to the nearest whole number, ties to even, and
/// leaves it in the low bits.
constexpr float kRound = 12582912.0f;
constexpr std::int32_t kRoundBits = 0x4b400000;

HWY_INLINE VI whole(VF rounded) {
  return hn::Sub(hn::BitCast(di, rounded), hn::Set(di, kRoundBits));
}

/// Lanes of two 16-bit numbers each: acc + a.low * w.low + a.high * w.high.
struct Pairs {
  static constexpr std::size_t kInputs = 2;
  using Number = std::int16_t;

  HWY_INLINE static VI dot(VI acc, VI a, VI w) {
#if HWY_TARGET == HWY_AVX3_DL
    // Highway's name for this target does not switch the intrinsic on.
    asm("vpdpwssd %2, %1, %0" : "+v"(acc.raw) : "v"(a.raw), "v"(w.raw));
    return acc;
#elif HWY_TARGET == HWY_AVX3
    return VI{_mm512_add_epi32(acc.raw, _mm512_madd_epi16(a.raw, w.raw))};
#elif HWY_TARGET == HWY_AVX2
    return VI{_mm256_add_epi32(acc.raw, _mm256_madd_epi16(a.raw, w.raw))};
#else
    const auto low = [](VI x) { return hn::ShiftRight<16>(hn::ShiftLeft<16>(x)); };
    const auto high = [](VI x) { return hn::ShiftRight<16>(x); };
    acc = hn::Add(acc, hn::Mul(low(a), low(w)));
    return hn::Add(acc, hn::Mul(high(a), high(w)));
#endif
  }
};

#if HWY_TARGET == HWY_AVX3_DL
/// Lanes of four bytes each, those of `a` without sign.
struct Fours {
  static constexpr std::size_t kInputs = 4;
  using Number = std::uint8_t;

  HWY_INLINE static VI dot(VI acc, VI a, VI w) {
    asm("vpdpbusd %2, %1, %0" : "+v"(acc.raw) : "v"(a.raw), "v"(w.raw));
    return acc;
  }
};
using Bytes = Fours;
#else
using Bytes = Pairs;
#endif

/// Sums of kNumberOfRows rows against one group of outputs. A step takes four bytes of each row and
/// four bytes for each output.
template <class Dot, std::size_t kNumberOfRows>
HWY_INLINE void products(const std::uint8_t* rows, std::size_t stride, const std::uint8_t* weights,
                         std::size_t steps, VI (&sums)[kNumberOfRows][kVectors]) {
  for (std::size_t r = 0; r < kNumberOfRows; ++r) {
    for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = hn::Zero(di);
  }
  const auto* w = reinterpret_cast<const std::int32_t*>(weights);
  for (std::size_t s = 0; s < steps; ++s, w += kGroup) {
    VI weight[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) weight[v] = hn::Load(di, w + v * kN);
    for (std::size_t r = 0; r < kNumberOfRows; ++r) {
      std::int32_t four;
      std::memcpy(&four, rows + r * stride + s * sizeof(four), sizeof(four));
      const VI a = hn::Set(di, four);
      for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = Dot::dot(sums[r][v], a, weight[v]);
    }
  }
}

/// Calls work.operator()<n>(first) for runs of n rows that together are [0, rows).
template <class Work>
HWY_INLINE void in_runs(std::size_t rows, Work work) {
  std::size_t r = 0;
  for (; r + kRows <= rows; r += kRows) work.template operator()<kRows>(r);
  for (; r + kFewRows <= rows; r += kFewRows) work.template operator()<kFewRows>(r);
  for (; r < rows; ++r) work.template operator()<1>(r);
}

// ---- bytes --------------------------------------------------------------------------------------

std::size_t byte_size() { return sizeof(Bytes::Number); }

void set_bytes(const float* values, std::size_t width, std::uint8_t* bytes, float* low,
               float* step) {
  VF least = hn::LoadU(df, values), greatest = least;
  for (std::size_t i = kN; i < width; i += kN) {
    const VF x = hn::LoadU(df, values + i);
    least = hn::Min(least, x);
    greatest = hn::Max(greatest, x);
  }
  *low = hn::GetLane(hn::MinOfLanes(df, least));
  const float range = hn::GetLane(hn::MaxOfLanes(df, greatest)) - *low;
  *step = range / 255.0f;
  // Of values that are all but the same, the least stands for all.
  const VF inverse = hn::Set(df, range > 1e-30f ? 255.0f / range : 0.0f);
  const VF from = hn::Set(df, *low), round = hn::Set(df, kRound);
  auto* to = reinterpret_cast<Bytes::Number*>(bytes);
  const hn::Rebind<Bytes::Number, DF> narrow;
  for (std::size_t i = 0; i < width; i += kN) {
    const VF x = hn::Sub(hn::LoadU(df, values + i), from);
    hn::StoreU(hn::DemoteTo(narrow, whole(fused(x, inverse, round))), narrow, to + i);
  }
}

std::size_t packed_weights_size(std::size_t outputs, std::size_t inputs) {
  return groups(outputs) * kGroup * inputs * sizeof(Bytes::Number);
}

void pack_weights(const std::int8_t* weights, std::size_t outputs, std::size_t inputs,
                  std::uint8_t* packed) {
  constexpr std::size_t kInputs = Bytes::kInputs;
  auto* to = reinterpret_cast<std::make_signed_t<Bytes::Number>*>(packed);
  for (std::size_t g = 0; g < groups(outputs); ++g) {
    for (std::size_t k = 0; k < inputs; k += kInputs) {
      for (std::size_t o = g * kGroup; o < (g + 1) * kGroup; ++o) {
        for (std::size_t i = 0; i < kInputs; ++i) {
          *to++ = o < outputs ? weights[o * inputs + k + i] : 0;
        }
      }
    }
  }
}

void apply_bytes(const ByteAffineParts& layer, std::size_t rows, float* out,
                 std::size_t out_stride) {
  const std::size_t steps = layer.inputs / Bytes::kInputs;
  for (std::size_t g = 0; g < groups(layer.outputs); ++g) {
    const std::uint8_t* weights = layer.weights + g * kGroup * steps * sizeof(std::int32_t);
    const std::size_t vectors = std::min(kVectors, (layer.outputs - g * kGroup) / kN);
    in_runs(rows, [&]<std::size_t kRun>(std::size_t first) HWY_ATTR {
      VI sums[kRun][kVectors];
      products<Bytes, kRun>(layer.rows + first * layer.row_stride, layer.row_stride, weights, steps,
                            sums);
      for (std::size_t v = 0; v < kVectors; ++v) {
        if (v >= vectors) break;
        const std::size_t o = g * kGroup + v * kN;
        const VF scale = hn::Load(df, layer.scale + o), sum = hn::Load(df, layer.sum + o),
                 bias = hn::Load(df, layer.bias + o);
        for (std::size_t r = 0; r < kRun; ++r) {
          const VF rest = fused(hn::Set(df, layer.low[first + r]), sum, bias);
          const VF times = hn::Mul(hn::Set(df, layer.step[first + r]), scale);
          hn::StoreU(fused(hn::ConvertTo(df, sums[r][v]), times, rest), df,
                     out + (first + r) * out_stride + o);
        }
      }
    });
  }
}

// ---- attention ----------------------------------------------------------------------------------

/// Rows of keys or shares are padded to whole groups.
std::size_t padded(std::size_t rows) { return groups(rows) * kGroup; }

HWY_INLINE float greatest_size(const float* values, std::size_t width, std::size_t rows,
                               std::size_t stride) {
  VF most = hn::Zero(df);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < width; i += kN) {
      most = hn::Max(most, hn::Abs(hn::LoadU(df, values + r * stride + i)));
    }
  }
  return hn::GetLane(hn::MaxOfLanes(df, most));
}

/// `width` floats as 16-bit numbers of at most `limit`; returns what a number's one stands for.
HWY_INLINE float set_numbers(const float* values, std::size_t width, float limit,
                             std::int16_t* numbers) {
  const float most = greatest_size(values, width, 1, 0);
  const VF inverse = hn::Set(df, most > 1e-30f ? limit / most : 0.0f), round = hn::Set(df, kRound);
  const hn::Rebind<std::int16_t, DF> narrow;
  for (std::size_t i = 0; i < width; i += kN) {
    hn::StoreU(hn::DemoteTo(narrow, whole(fused(hn::LoadU(df, values + i), inverse, round))),
               narrow, numbers + i);
  }
  return most / limit;
}

/// 2^x for x <= 0, within 4e-6 of its value; what is less than 2^-24 counts as that.
HWY_INLINE VF power_of_two(VF x) {
  x = hn::Max(x, hn::Set(df, -24.0f));
  const VF rounded = hn::Add(x, hn::Set(df, kRound));
  const VF rest = hn::Sub(x, hn::Sub(rounded, hn::Set(df, kRound)));
  VF power = hn::Set(df, 0.009582852944731712f);
  power = fused(power, rest, hn::Set(df, 0.055906426161527634f));
  power = fused(power, rest, hn::Set(df, 0.24024099111557007f));
  power = fused(power, rest, hn::Set(df, 0.6931241750717163f));
  power = fused(power, rest, hn::Set(df, 1.0f));
  return hn::BitCast(df, hn::Add(hn::BitCast(di, power), hn::ShiftLeft<23>(whole(rounded))));
}

void attend(const AttentionParts& head, const float* qkv, std::size_t rows,
            const std::uint32_t* queries, std::size_t count, float* out, std::size_t out_stride) {
  const std::size_t width = head.width, stride = 3 * width;
  const std::size_t steps = width / 2, value_steps = (rows + 1) / 2;
  const std::size_t keys = padded(rows), key_groups = keys / kGroup;
  const float limit = std::min(
      32767.0f,
      std::floor(std::sqrt(static_cast<float>(kMaxSum / static_cast<std::int32_t>(width)))) - 1.0f);

  auto* query_numbers = reinterpret_cast<std::int16_t*>(head.queries);
  const float factor = std::numbers::log2e_v<float> / std::sqrt(static_cast<float>(width));
  for (std::size_t i = 0; i < count; ++i) {
    head.query_step[i] =
        factor * set_numbers(qkv + queries[i] * stride, width, limit, query_numbers + i * width);
  }

  // Keys and values as weights: pairs of a key's numbers, and pairs of rows.
  auto* key_pairs = reinterpret_cast<std::int32_t*>(head.keys);
  auto* numbers = reinterpret_cast<std::int16_t*>(head.shares);
  for (std::size_t j = 0; j < keys; ++j) {
    const bool there = j < rows;
    head.key_step[j] = there ? set_numbers(qkv + j * stride + width, width, limit, numbers) : 0.0f;
    head.key_mask[j] = there ? 0.0f : -1e30f;
    std::int32_t* to = key_pairs + j / kGroup * kGroup * steps + j % kGroup;
    for (std::size_t s = 0; s < steps; ++s) {
      std::memcpy(to + s * kGroup, numbers + 2 * s, sizeof(std::int32_t));
    }
  }
  const float most = greatest_size(qkv + 2 * width, width, rows, stride);
  const float value_step = most / kMaxValue;
  const VF inverse = hn::Set(df, most > 1e-30f ? kMaxValue / most : 0.0f);
  auto* value_pairs = reinterpret_cast<std::int32_t*>(head.values);
  for (std::size_t s = 0; s < value_steps; ++s) {
    for (std::size_t i = 0; i < width; i += kN) {
      const auto number = [&](std::size_t row) HWY_ATTR {
        if (row >= rows) return hn::Zero(di);
        const VF value = hn::LoadU(df, qkv + row * stride + 2 * width + i);
        return whole(fused(value, inverse, hn::Set(df, kRound)));
      };
      const VI pair =
          hn::Or(hn::And(number(2 * s), hn::Set(di, 0xffff)), hn::ShiftLeft<16>(number(2 * s + 1)));
      hn::Store(pair, di, value_pairs + (i / kGroup * value_steps + s) * kGroup + i % kGroup);
    }
  }

  auto* shares = reinterpret_cast<std::int16_t*>(head.shares);
  const hn::Rebind<std::int16_t, DF> narrow;
  in_runs(count, [&]<std::size_t kRun>(std::size_t first) HWY_ATTR {
    VI sums[kRun][kVectors];
    VF greatest[kRun];
    for (std::size_t r = 0; r < kRun; ++r) greatest[r] = hn::Set(df, -1e30f);
    for (std::size_t g = 0; g < key_groups; ++g) {
      products<Pairs, kRun>(head.queries + first * width * sizeof(std::int16_t),
                            width * sizeof(std::int16_t),
                            head.keys + g * kGroup * steps * sizeof(std::int32_t), steps, sums);
      for (std::size_t v = 0; v < kVectors; ++v) {
        const std::size_t j = g * kGroup + v * kN;
        const VF step = hn::Load(df, head.key_step + j), mask = hn::Load(df, head.key_mask + j);
        for (std::size_t r = 0; r < kRun; ++r) {
          const VF times = hn::Mul(step, hn::Set(df, head.query_step[first + r]));
          const VF score = fused(hn::ConvertTo(df, sums[r][v]), times, mask);
          greatest[r] = hn::Max(greatest[r], score);
          hn::Store(score, df, head.scores + r * keys + j);
        }
      }
    }
    float total[kRun];
    for (std::size_t r = 0; r < kRun; ++r) {
      const VF top = hn::Set(df, hn::GetLane(hn::MaxOfLanes(df, greatest[r])));
      VI sum = hn::Zero(di);
      for (std::size_t j = 0; j < keys; j += kN) {
        const VF power = power_of_two(hn::Sub(hn::Load(df, head.scores + r * keys + j), top));
        const VI share = whole(fused(power, hn::Set(df, kMaxShare), hn::Set(df, kRound)));
        sum = hn::Add(sum, share);
        hn::StoreU(hn::DemoteTo(narrow, share), narrow, shares + r * keys + j);
      }
      total[r] = static_cast<float>(hn::GetLane(hn::SumOfLanes(di, sum)));
    }
    for (std::size_t g = 0; g < groups(width); ++g) {
      products<Pairs, kRun>(head.shares, keys * sizeof(std::int16_t),
                            head.values + g * kGroup * value_steps * sizeof(std::int32_t),
                            value_steps, sums);
      for (std::size_t v = 0; v < kVectors; ++v) {
        const std::size_t i = g * kGroup + v * kN;
        if (i >= width) break;
        for (std::size_t r = 0; r < kRun; ++r) {
          const VF times = hn::Set(df, value_step / total[r]);
          hn::StoreU(hn::Mul(hn::ConvertTo(df, sums[r][v]), times), df,
                     out + (first + r) * out_stride + i);
        }
      }
    }
  });
}

// ---- rows ---------------------------------------------------------------------------------------

void gelu(float* row, std::size_t width) {
  // Phi(x) - 1/2 is x times a polynomial of x^2, the best one for |x| <= 4.5.
  constexpr float kEnd = 4.5f;
  constexpr float kPhi[] = {-3.314667873510757e-09f, 1.5909998296592676e-07f,
                            -4.451735094335163e-06f, 8.14252343843691e-05f,
                            -0.0010375917190685868f, 0.009585204534232616f,
                            -0.06598465889692307f,   0.3987126052379608f};
  for (std::size_t i = 0; i < width; i += kN) {
    const VF x = hn::LoadU(df, row + i);
    const VF z = hn::Max(hn::Min(x, hn::Set(df, kEnd)), hn::Set(df, -kEnd));
    const VF square = hn::Mul(z, z);
    VF phi = hn::Set(df, 3.0364270126037596e-11f);
    for (const float coefficient : kPhi) phi = fused(phi, square, hn::Set(df, coefficient));
    hn::StoreU(hn::Mul(x, fused(phi, z, hn::Set(df, 0.5f))), df, row + i);
  }
}

/// The sum over a row of `term`, by kLanes running sums whatever the vector width.
template <class Term>
HWY_INLINE float sum_of(std::size_t width, Term term) {
  constexpr std::size_t kParts = kLanes / kN;
  VF sums[kParts];
  for (std::size_t p = 0; p < kParts; ++p) sums[p] = hn::Zero(df);
  for (std::size_t i = 0; i < width; i += kLanes) {
    for (std::size_t p = 0; p < kParts; ++p) sums[p] = hn::Add(sums[p], term(i + p * kN));
  }
  HWY_ALIGN float lanes[kLanes];
  for (std::size_t p = 0; p < kParts; ++p) hn::Store(sums[p], df, lanes + p * kN);
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

void add_norm(float* row, const float* added, std::size_t width, const float* gain,
              const float* shift) {
  const auto n = static_cast<float>(width);
  const float mean = sum_of(width,
                            [&](std::size_t i) HWY_ATTR {
                              const VF x =
                                  hn::Add(hn::LoadU(df, row + i), hn::LoadU(df, added + i));
                              hn::StoreU(x, df, row + i);
                              return x;
                            }) /
                     n;
  const VF middle = hn::Set(df, mean);
  const float variance = sum_of(width,
                                [&](std::size_t i) HWY_ATTR {
                                  const VF x = hn::Sub(hn::LoadU(df, row + i), middle);
                                  return hn::Mul(x, x);
                                }) /
                         n;
  const VF scale = hn::Set(df, 1.0f / std::sqrt(variance + 1e-12f));
  for (std::size_t i = 0; i < width; i += kN) {
    const VF x = hn::Mul(hn::Sub(hn::LoadU(df, row + i), middle), scale);
    hn::StoreU(fused(x, hn::LoadU(df, gain + i), hn::LoadU(df, shift + i)), df, row + i);
  }
}

}  // namespace dateline::language::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dateline::language {

HWY_EXPORT(byte_size);
HWY_EXPORT(set_bytes);
HWY_EXPORT(packed_weights_size);
HWY_EXPORT(pack_weights);
HWY_EXPORT(apply_bytes);
HWY_EXPORT(padded);
HWY_EXPORT(attend);
HWY_EXPORT(gelu);
HWY_EXPORT(add_norm);

namespace {

KernelBytes zeroed(std::size_t size) {
  auto bytes = hwy::AllocateAligned<std::uint8_t>(size);
  std::memset(bytes.get(), 0, size);
  return bytes;
}

hwy::AlignedFreeUniquePtr<float[]> floats(std::size_t count) {
  return hwy::AllocateAligned<float>(count);
}

}  // namespace

ByteRows::ByteRows(std::size_t rows, std::size_t width)
    : width_(width),
      stride_(width * HWY_DYNAMIC_DISPATCH(byte_size)()),
      bytes_(hwy::AllocateAligned<std::uint8_t>(rows * stride_)),
      low_(floats(rows)),
      step_(floats(rows)) {}

void ByteRows::set(std::size_t row, const float* values) {
  HWY_DYNAMIC_DISPATCH(set_bytes)
  (values, width_, bytes_.get() + row * stride_, &low_[row], &step_[row]);
}

ByteAffine::ByteAffine(std::span<const std::int8_t> weights, std::span<const float> scale,
                       std::span<const float> bias, std::size_t inputs)
    : inputs_(inputs), outputs_(scale.size()) {
  weights_ = hwy::AllocateAligned<std::uint8_t>(
      HWY_DYNAMIC_DISPATCH(packed_weights_size)(outputs_, inputs));
  HWY_DYNAMIC_DISPATCH(pack_weights)(weights.data(), outputs_, inputs, weights_.get());
  scale_ = floats(outputs_);
  sum_ = floats(outputs_);
  bias_ = floats(outputs_);
  for (std::size_t o = 0; o < outputs_; ++o) {
    std::int32_t sum = 0;
    for (const std::int8_t weight : weights.subspan(o * inputs, inputs)) sum += weight;
    scale_[o] = scale[o];
    sum_[o] = scale[o] * static_cast<float>(sum);
    bias_[o] = bias[o];
  }
}

void ByteAffine::apply(const ByteRows& in, std::size_t rows, float* out,
                       std::size_t out_stride) const {
  HWY_DYNAMIC_DISPATCH(apply_bytes)
  ({inputs_, outputs_, weights_.get(), scale_.get(), sum_.get(), bias_.get(), in.bytes_.get(),
    in.stride_, in.low_.get(), in.step_.get()},
   rows, out, out_stride);
}

Attention::Attention(std::size_t most_rows, std::size_t width)
    : most_rows_(most_rows), width_(width) {
  const std::size_t keys = HWY_DYNAMIC_DISPATCH(padded)(most_rows);
  const std::size_t values = HWY_DYNAMIC_DISPATCH(padded)(width);
  constexpr std::size_t kMostAtOnce = 12;
  queries_ = zeroed(most_rows * width * sizeof(std::int16_t));
  keys_ = zeroed(keys * width * sizeof(std::int16_t));
  values_ = zeroed((most_rows + 1) * values * sizeof(std::int16_t));
  shares_ = zeroed(kMostAtOnce * keys * sizeof(std::int16_t));
  query_step_ = floats(most_rows);
  key_step_ = floats(keys);
  key_mask_ = floats(keys);
  scores_ = floats(kMostAtOnce * keys);
}

void Attention::apply(const float* qkv, std::size_t rows, std::span<const std::uint32_t> queries,
                      float* out, std::size_t out_stride) {
  HWY_DYNAMIC_DISPATCH(attend)
  ({most_rows_, width_, queries_.get(), keys_.get(), values_.get(), shares_.get(),
    query_step_.get(), key_step_.get(), key_mask_.get(), scores_.get()},
   qkv, rows, queries.data(), queries.size(), out, out_stride);
}

void gelu(float* row, std::size_t width) { HWY_DYNAMIC_DISPATCH(gelu)(row, width); }

void add_norm(float* row, const float* added, std::size_t width, const float* gain,
              const float* shift) {
  HWY_DYNAMIC_DISPATCH(add_norm)(row, added, width, gain, shift);
}

}  // namespace dateline::language
#endif  // HWY_ONCE
