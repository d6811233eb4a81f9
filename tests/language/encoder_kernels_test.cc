// The encoder's kernels against plain double arithmetic, and every instruction set against every
// other.
// SPDX-License-Identifier: Apache-2.0
#include "language/encoder_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "language/targets.h"

namespace dateline::language {
namespace {

std::vector<float> random_values(std::size_t count, std::uint32_t seed, float size) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = size * (static_cast<float>(random() % 2001) / 1000.0f - 1.0f);
  return values;
}

struct Shape {
  std::size_t rows, outputs, inputs;
};

class ByteAffineTest : public testing::TestWithParam<Shape> {};

TEST_P(ByteAffineTest, IsTheProductAndTheSameBitsOnAllTargets) {
  const auto [rows, outputs, inputs] = GetParam();
  std::mt19937 random(7);
  std::vector<std::int8_t> weights(outputs * inputs);
  for (auto& weight : weights)
    weight = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
  const auto scale = random_values(outputs, 1, 0.02f), bias = random_values(outputs, 2, 1);
  const auto in = random_values(rows * inputs, 3, 4);
  const std::size_t stride = outputs + 5;
  std::vector<float> first;
  for_each_target([&] {
    const ByteAffine layer(weights, scale, bias, inputs);
    ByteRows bytes(rows, inputs);
    for (std::size_t r = 0; r < rows; ++r) bytes.set(r, in.data() + r * inputs);
    std::vector<float> out(rows * stride, -77.0f);
    layer.apply(bytes, rows, out.data(), stride);
    for (std::size_t r = 0; r < rows; ++r) {
      const float* row = in.data() + r * inputs;
      const auto [least, greatest] = std::minmax_element(row, row + inputs);
      const double half_step = (double{*greatest} - *least) / 255 / 2;
      for (std::size_t o = 0; o < stride; ++o) {
        if (o >= outputs) {
          EXPECT_EQ(out[r * stride + o], -77.0f) << "written beyond the outputs";
          continue;
        }
        double sum = bias[o], most = 1e-4;
        for (std::size_t i = 0; i < inputs; ++i) {
          const double weight = double{scale[o]} * weights[o * inputs + i];
          sum += weight * row[i];
          most += std::abs(weight) * half_step;
        }
        EXPECT_NEAR(out[r * stride + o], sum, most);
      }
    }
    if (first.empty()) first = out;
    EXPECT_EQ(out, first);
  });
}

INSTANTIATE_TEST_SUITE_P(Shapes, ByteAffineTest,
                         testing::Values(Shape{1, 16, 16}, Shape{29, 96, 384}, Shape{12, 48, 64},
                                         Shape{258, 32, 32}, Shape{7, 384, 1536}));

TEST(EncoderKernels, ByteSumsAreExactWhereTheyAreGreatest) {
  constexpr std::size_t kInputs = 1536;
  for (const int weight : {127, -127}) {
    const std::vector<std::int8_t> weights(16 * kInputs, static_cast<std::int8_t>(weight));
    const std::vector<float> scale(16, 1), bias(16, 0);
    // One 0 among values of 255: bytes of 255 and a step of one.
    std::vector<float> in(kInputs, 255.0f);
    in[5] = 0;
    for_each_target([&] {
      const ByteAffine layer(weights, scale, bias, kInputs);
      ByteRows bytes(1, kInputs);
      bytes.set(0, in.data());
      std::vector<float> out(16);
      layer.apply(bytes, 1, out.data(), 16);
      EXPECT_EQ(out, std::vector<float>(16, static_cast<float>(weight) * 255.0f * (kInputs - 1)));
    });
  }
}

TEST(EncoderKernels, RowsOfOneValueAreExact) {
  const std::vector<std::int8_t> weights(16 * 16, 3);
  const std::vector<float> scale(16, 0.5f), bias(16, 1);
  for (const float value : {0.0f, -2.5f, 1e4f}) {
    const std::vector<float> in(16, value);
    for_each_target([&] {
      const ByteAffine layer(weights, scale, bias, 16);
      ByteRows bytes(1, 16);
      bytes.set(0, in.data());
      std::vector<float> out(16);
      layer.apply(bytes, 1, out.data(), 16);
      EXPECT_EQ(out, std::vector<float>(16, 24 * value + 1));
    });
  }
}

class AttentionTest : public testing::TestWithParam<std::pair<std::size_t, std::size_t>> {};

TEST_P(AttentionTest, IsSoftmaxAndTheSameBitsOnAllTargets) {
  const auto [rows, width] = GetParam();
  const auto qkv = random_values(rows * 3 * width, 4, 2);
  std::vector<std::uint32_t> queries;
  for (std::uint32_t i = 0; i < rows; i += 1 + i % 2) queries.push_back(i);
  const std::size_t stride = width + 3;
  std::vector<float> first;
  for_each_target([&] {
    Attention attention(Attention::kMaxRows, width);
    std::vector<float> out(queries.size() * stride, -77.0f);
    // What a longer window left behind must not matter.
    const auto other = random_values(Attention::kMaxRows * 3 * width, 5, 9);
    attention.apply(other.data(), Attention::kMaxRows, queries, out.data(), stride);
    attention.apply(qkv.data(), rows, queries, out.data(), stride);
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const float* q = qkv.data() + queries[i] * 3 * width;
      std::vector<double> weight(rows);
      double total = 0;
      for (std::size_t j = 0; j < rows; ++j) {
        double score = 0;
        for (std::size_t d = 0; d < width; ++d) {
          score += double{q[d]} * qkv[(j * 3 + 1) * width + d];
        }
        total += weight[j] = std::exp(score / std::sqrt(static_cast<double>(width)));
      }
      for (std::size_t d = 0; d < width; ++d) {
        double value = 0;
        for (std::size_t j = 0; j < rows; ++j) {
          value += weight[j] / total * qkv[(j * 3 + 2) * width + d];
        }
        // Values up to 2 are in steps of 1/250; scores and shares are finer.
        EXPECT_NEAR(out[i * stride + d], value, 4e-3);
      }
      for (std::size_t d = width; d < stride; ++d) EXPECT_EQ(out[i * stride + d], -77.0f);
    }
    if (first.empty()) first = out;
    EXPECT_EQ(out, first);
  });
}

INSTANTIATE_TEST_SUITE_P(Shapes, AttentionTest,
                         testing::Values(std::pair{1, 16}, std::pair{2, 32}, std::pair{37, 32},
                                         std::pair{258, 32}, std::pair{Attention::kMaxRows, 64}));

TEST(EncoderKernels, AttentionToOneKeyIsThatKeysValue) {
  // The greatest sums there can be: all rows alike, scores and values at their limits.
  constexpr std::size_t kRows = Attention::kMaxRows, kWidth = 32;
  const std::vector<float> qkv(kRows * 3 * kWidth, 3.0f);
  std::vector<std::uint32_t> queries(kRows);
  std::iota(queries.begin(), queries.end(), 0);
  for_each_target([&] {
    Attention attention(kRows, kWidth);
    std::vector<float> out(kRows * kWidth);
    attention.apply(qkv.data(), kRows, queries, out.data(), kWidth);
    for (const float value : out) EXPECT_NEAR(value, 3.0f, 1e-5f);
  });
}

TEST(EncoderKernels, GeluAndNormAreTheSameBitsOnAllTargets) {
  constexpr std::size_t kWidth = 4096;
  std::vector<float> x(kWidth);
  for (std::size_t i = 0; i < kWidth; ++i) x[i] = static_cast<float>(i) / 256.0f - 8.0f;
  const auto added = random_values(kWidth, 1, 3), gain = random_values(kWidth, 2, 2);
  const auto shift = random_values(kWidth, 3, 1);
  std::vector<float> first_gelu, first_norm;
  for_each_target([&] {
    std::vector<float> curve = x;
    gelu(curve.data(), kWidth);
    for (std::size_t i = 0; i < kWidth; ++i) {
      EXPECT_NEAR(curve[i], x[i] / 2 * (1 + std::erf(x[i] / std::sqrt(2.0))), 1e-4);
    }
    std::vector<float> normed = x;
    add_norm(normed.data(), added.data(), kWidth, gain.data(), shift.data());
    double mean = 0, variance = 0;
    for (std::size_t i = 0; i < kWidth; ++i) mean += (double{x[i]} + added[i]) / kWidth;
    for (std::size_t i = 0; i < kWidth; ++i) {
      variance += std::pow(double{x[i]} + added[i] - mean, 2) / kWidth;
    }
    for (std::size_t i = 0; i < kWidth; ++i) {
      EXPECT_NEAR(normed[i],
                  (double{x[i]} + added[i] - mean) / std::sqrt(variance) * gain[i] + shift[i],
                  1e-4);
    }
    if (first_gelu.empty()) first_gelu = curve, first_norm = normed;
    EXPECT_EQ(curve, first_gelu);
    EXPECT_EQ(normed, first_norm);
  });
}

}  // namespace
}  // namespace dateline::language
