// SPDX-License-Identifier: Apache-2.0
#include "reading/events/heads.h"

#include <algorithm>
#include <cmath>

namespace dateline::reading::events {

using language::Affine;
using language::Safetensors;

namespace {

Affine linear(Safetensors& file, const std::string& name, std::size_t outputs, std::size_t inputs) {
  const auto weights = file.rows(name, outputs, inputs);
  const auto shifts = file.f32(name + ".bias", {outputs});
  if (file.error()) return {};
  return Affine(weights, shifts, outputs, 1, inputs);
}

void to_log_probabilities(float* scores, std::size_t size) {
  const float most = *std::max_element(scores, scores + size);
  float sum = 0;
  for (std::size_t k = 0; k < size; ++k) sum += std::exp(scores[k] - most);
  for (std::size_t k = 0; k < size; ++k) scores[k] -= most + std::log(sum);
}

}  // namespace

PairHead::PairHead(Safetensors& file, const std::string& name, std::size_t width,
                   std::span<const std::uint32_t> sizes, std::size_t answers)
    : width_(width),
      answers_(answers),
      first_(linear(file, name + ".first", kHidden, width)),
      answer_(linear(file, name + ".answer", answers, kHidden)) {
  const auto second = file.rows(name + ".second", kHidden, width);
  const auto product = file.rows(name + ".product", kHidden, width);
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    tables_.push_back(file.rows(name + ".features." + std::to_string(k), sizes[k], kHidden));
  }
  if (file.error()) return;
  std::vector<float> both;
  for (std::size_t h = 0; h < kHidden; ++h) {
    both.insert(both.end(), second.begin() + static_cast<std::ptrdiff_t>(h * width),
                second.begin() + static_cast<std::ptrdiff_t>((h + 1) * width));
    both.insert(both.end(), product.begin() + static_cast<std::ptrdiff_t>(h * width),
                product.begin() + static_cast<std::ptrdiff_t>((h + 1) * width));
  }
  others_ = Affine(both, {}, kHidden, 1, 2 * width);
}

std::vector<PairHead::Answer> PairHead::score(const float* first,
                                              std::span<const Second> others) const {
  const std::size_t count = others.size();
  std::vector<Answer> answers(count, Answer{});
  if (count == 0) return answers;
  std::vector<float> in(count * 2 * width_), hidden(count * kHidden), out(count * answers_);
  std::array<float, kHidden> of_first;
  first_.apply(first, 1, width_, of_first.data(), kHidden);
  for (std::size_t r = 0; r < count; ++r) {
    float* row = in.data() + r * 2 * width_;
    std::copy_n(others[r].vector, width_, row);
    for (std::size_t k = 0; k < width_; ++k) row[width_ + k] = first[k] * row[k];
  }
  others_.apply(in.data(), count, 2 * width_, hidden.data(), kHidden);
  for (std::size_t r = 0; r < count; ++r) {
    float* row = hidden.data() + r * kHidden;
    for (std::size_t k = 0; k < kHidden; ++k) row[k] += of_first[k];
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      const float* add = tables_[t].data() + others[r].features[t] * kHidden;
      for (std::size_t k = 0; k < kHidden; ++k) row[k] += add[k];
    }
    for (std::size_t k = 0; k < kHidden; ++k) row[k] = std::max(row[k], 0.0f);
  }
  answer_.apply(hidden.data(), count, kHidden, out.data(), answers_);
  for (std::size_t r = 0; r < count; ++r) {
    std::copy_n(out.data() + r * answers_, answers_, answers[r].begin());
  }
  return answers;
}

Result<Heads> Heads::load(const std::filesystem::path& path, std::size_t width) {
  auto file = Safetensors::load(path);
  if (!file) return tl::unexpected(file.error());
  Heads made;
  made.width_ = width;
  made.type_ = linear(*file, "kind", kTypes.size(), width);
  for (std::size_t k = 0; k < kWordSizes.size(); ++k) {
    made.type_features_[k] =
        file->rows("kind_features." + std::to_string(k), kWordSizes[k], kTypes.size());
  }
  made.status_ = linear(*file, "status", kStatuses.size(), width);
  made.main_ = linear(*file, "main", 1, width);
  made.new_ = linear(*file, "new", 1, width);
  made.main_where_ = file->f32("main_where.weight", {kWhereSize, 1});
  made.new_where_ = file->f32("new_where.weight", {kWhereSize, 1});
  struct Part {
    Slot slot;
    const char* name;
    std::size_t answers;
  };
  for (const Part& part : {Part{Slot::kParty, "parties", 2}, Part{Slot::kPlace, "places", 2},
                           Part{Slot::kTime, "times", 1}, Part{Slot::kQuantity, "quantities", 1},
                           Part{Slot::kVoice, "voices", 1}}) {
    if (part.slot == Slot::kVoice && !file->any("slots.voices.")) continue;
    made.slots_[static_cast<std::size_t>(part.slot)] =
        PairHead(*file, std::string("slots.") + part.name, width, kPairSizes, part.answers);
  }
  made.link_ = PairHead(*file, "link", width, kLinkSizes, 1);
  if (file->error()) return tl::unexpected(*file->error());
  return made;
}

std::vector<float> Heads::types(std::span<const float> vectors,
                                std::span<const WordFeatures> features) const {
  const std::size_t rows = vectors.size() / width_;
  std::vector<float> scores(rows * kTypes.size());
  type_.apply(vectors.data(), rows, width_, scores.data(), kTypes.size());
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = scores.data() + r * kTypes.size();
    for (std::size_t t = 0; t < type_features_.size(); ++t) {
      const float* add = type_features_[t].data() + features[r][t] * kTypes.size();
      for (std::size_t k = 0; k < kTypes.size(); ++k) row[k] += add[k];
    }
    to_log_probabilities(row, kTypes.size());
  }
  return scores;
}

std::array<float, kStatuses.size()> Heads::status(const float* vector) const {
  std::array<float, kStatuses.size()> scores;
  status_.apply(vector, 1, width_, scores.data(), scores.size());
  to_log_probabilities(scores.data(), scores.size());
  return scores;
}

float Heads::main(const float* vector, std::uint16_t where) const {
  float out = 0;
  main_.apply(vector, 1, width_, &out, 1);
  return out + main_where_[where];
}

float Heads::is_new(const float* vector, std::uint16_t where) const {
  float out = 0;
  new_.apply(vector, 1, width_, &out, 1);
  return out + new_where_[where];
}

}  // namespace dateline::reading::events
