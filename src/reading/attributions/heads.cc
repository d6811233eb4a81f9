// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/heads.h"

#include <algorithm>

namespace dateline::reading {

using language::Affine;

LookHead::LookHead(language::Safetensors& file, const std::string& name, std::size_t width,
                   std::size_t words, std::size_t products)
    : width_(width),
      products_(products),
      missing_(file.f32(name + ".missing", {kWidth})),
      cuts_(file.rows(name + ".cut", kCuts, kWidth)) {
  const std::size_t inputs = (words + products) * kWidth;
  const auto project = file.rows(name + ".project", kWidth, width);
  const auto mix = file.rows(name + ".mix", kWidth, inputs);
  const auto mix_bias = file.f32(name + ".mix.bias", {kWidth});
  const auto answer = file.rows(name + ".answer", 1, kWidth);
  const auto answer_bias = file.f32(name + ".answer.bias", {1});
  const auto by_keys = file.f32(name + ".by_keys", {1});
  if (file.error()) return;
  project_ = Affine(project, {}, kWidth, 1, width);
  mix_ = Affine(mix, mix_bias, kWidth, 1, inputs);
  answer_ = Affine(answer, answer_bias, 1, 1, kWidth);
  by_keys_ = by_keys.front();
}

void LookHead::see(const Vectors& vectors, Seen& seen) const {
  seen.tokens = vectors.tokens();
  const std::size_t rows = seen.tokens.end - seen.tokens.begin;
  seen.rows.resize(rows * kWidth);
  project_.apply(vectors.of(seen.tokens.begin), rows, width_, seen.rows.data(), kWidth);
}

void LookHead::put(const Seen& seen, std::span<const std::uint32_t> words,
                   std::vector<float>& in) const {
  const auto row = [&](std::uint32_t word) {
    return word < seen.tokens.begin || word >= seen.tokens.end
               ? missing_.data()
               : seen.rows.data() + (word - seen.tokens.begin) * kWidth;
  };
  for (const std::uint32_t word : words) in.insert(in.end(), row(word), row(word) + kWidth);
  const float* first = row(words[0]);
  for (std::size_t p = 1; p <= products_; ++p) {
    const float* other = row(words[p]);
    for (std::size_t k = 0; k < kWidth; ++k) in.push_back(first[k] * other[k]);
  }
}

void LookHead::answer(const std::vector<float>& in, const std::vector<std::uint32_t>& cuts,
                      std::span<float> log_odds) const {
  const std::size_t rows = cuts.size();
  std::vector<float> hidden(rows * kWidth), out(rows);
  mix_.apply(in.data(), rows, mix_.inputs(), hidden.data(), kWidth);
  for (std::size_t r = 0; r < rows; ++r) {
    const float* cut = cuts_.data() + cuts[r] * kWidth;
    float* row = hidden.data() + r * kWidth;
    for (std::size_t k = 0; k < kWidth; ++k) row[k] = std::max(row[k] + cut[k], 0.0f);
  }
  answer_.apply(hidden.data(), rows, kWidth, out.data(), 1);
  for (std::size_t r = 0; r < rows; ++r) log_odds[r] = by_keys_ * log_odds[r] + out[r];
}

}  // namespace dateline::reading
