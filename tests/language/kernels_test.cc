// The kernels against plain double arithmetic, and every vector width against every other.
// SPDX-License-Identifier: Apache-2.0
#include "language/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

#include "language/targets.h"

namespace dateline::language {
namespace {

std::vector<float> random_values(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
  return values;
}

using AffineShape =
    std::tuple<int, int, int, int, Affine::Use>;  // rows, outputs, pieces, inputs, use

class AffineTest : public testing::TestWithParam<AffineShape> {};

TEST_P(AffineTest, IsTheProductAndTheSameBitsOnAllTargets) {
  const auto [n, o, p, k, use] = GetParam();
  const std::size_t rows = n, outputs = o, pieces = p, inputs = k;
  const auto w = random_values(outputs * pieces * inputs, 1);
  const auto b = random_values(outputs * pieces, 2);
  const auto in = random_values(rows * inputs, 3);
  const std::size_t stride = outputs + 3;
  std::vector<float> first;
  for_each_target([&] {
    const Affine layer(w, b, outputs, pieces, inputs, use);
    std::vector<float> out(rows * stride, -77.0f);
    layer.apply(in.data(), rows, inputs, out.data(), stride);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = 0; i < stride; ++i) {
        if (i >= outputs) {
          EXPECT_EQ(out[r * stride + i], -77.0f) << "written beyond the outputs";
          continue;
        }
        double best = -1e30;
        for (std::size_t piece = 0; piece < pieces; ++piece) {
          double sum = b[i * pieces + piece];
          for (std::size_t j = 0; j < inputs; ++j) {
            sum += double{w[(i * pieces + piece) * inputs + j]} * in[r * inputs + j];
          }
          best = std::max(best, sum);
        }
        EXPECT_NEAR(out[r * stride + i], best, 1e-4);
      }
    }
    if (first.empty()) first = out;
    EXPECT_EQ(out, first);
  });
}

INSTANTIATE_TEST_SUITE_P(Shapes, AffineTest,
                         testing::Values(AffineShape{1, 1, 1, 1, Affine::Use::kManyRows},
                                         AffineShape{7, 50, 1, 96, Affine::Use::kManyRows},
                                         AffineShape{13, 96, 3, 288, Affine::Use::kManyRows},
                                         AffineShape{400, 5, 3, 7, Affine::Use::kManyRows},
                                         AffineShape{8, 19, 2, 33, Affine::Use::kManyRows},
                                         AffineShape{1, 106, 1, 64, Affine::Use::kOneRow},
                                         AffineShape{3, 74, 1, 64, Affine::Use::kOneRow}));

TEST(Kernels, RowsMayOverlapAsWindows) {
  const auto w = random_values(std::size_t{4} * 6, 1);
  const auto in = random_values(10 * 2, 2);
  const Affine layer(w, {}, 4, 1, 6);
  std::vector<float> windows(8 * 4), one(4);
  layer.apply(in.data(), 8, 2, windows.data(), 4);
  for (std::size_t r = 0; r < 8; ++r) {
    layer.apply(in.data() + r * 2, 1, 6, one.data(), 4);
    EXPECT_TRUE(std::equal(one.begin(), one.end(), windows.begin() + static_cast<long>(r * 4)));
  }
}

TEST(Kernels, SumMaxAndLayerNormAreTheSameBitsOnAllTargets) {
  const auto a = random_values(3 * 21, 1), b = random_values(3 * 21, 2);
  const auto bias = random_values(3 * 21, 3);
  const auto gain = random_values(21, 4), shift = random_values(21, 5);
  const float* rows[] = {a.data(), b.data()};
  std::vector<float> first;
  for_each_target([&] {
    std::vector<float> out(21);
    sum_max(rows, 2, bias.data(), 21, 3, out.data());
    for (std::size_t o = 0; o < 21; ++o) {
      double best = -1e30;
      for (std::size_t p = 0; p < 3; ++p) {
        best = std::max(best, double{a[p * 21 + o]} + b[p * 21 + o] + bias[p * 21 + o]);
      }
      EXPECT_NEAR(out[o], best, 1e-6);
    }
    std::vector<float> normed = out;
    layer_norm(normed.data(), 21, gain.data(), shift.data(), a.data());
    double mean = 0, variance = 0;
    for (const float x : out) mean += x / 21;
    for (const float x : out) variance += (x - mean) * (x - mean) / 21;
    for (std::size_t o = 0; o < 21; ++o) {
      EXPECT_NEAR(normed[o], a[o] + (out[o] - mean) / std::sqrt(variance) * gain[o] + shift[o],
                  1e-5);
    }
    if (first.empty()) first = normed;
    EXPECT_EQ(normed, first);
  });
}

}  // namespace
}  // namespace dateline::language
