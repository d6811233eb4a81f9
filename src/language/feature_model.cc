// SPDX-License-Identifier: Apache-2.0
#include "language/feature_model.h"

#include <algorithm>
#include <utility>

#include "language/hash.h"

namespace dateline::language {

Result<FeatureModel> FeatureModel::load(const std::filesystem::path& path, std::size_t columns) {
  auto model = ThincModel::load(path);
  if (!model) return tl::unexpected(model.error());
  FeatureModel made;
  for (const std::size_t layer : model->layers("hashembed")) {
    Embedding embedding;
    if (model->integer(layer, "column") != static_cast<std::int64_t>(made.embeddings_.size())) {
      model->complain("its columns are not in order");
    }
    embedding.seed = static_cast<std::uint32_t>(model->integer(layer, "seed"));
    embedding.rows = model->dimension(layer, "nV");
    embedding.width = model->dimension(layer, "nO");
    embedding.table = model->weights(layer, "E", {embedding.rows, embedding.width});
    made.embedded_width_ += embedding.width;
    made.embeddings_.push_back(std::move(embedding));
  }
  if (made.embeddings_.size() != columns) {
    model->complain("has another number of columns than this version of Dateline makes");
  }
  const auto maxouts = model->layers("maxout");
  const auto norms = model->layers("layernorm");
  if (maxouts.empty() || norms.size() != maxouts.size()) {
    model->complain("is not a chain of maxout layers with layer normalisation");
    return tl::unexpected(*model->error());
  }
  std::size_t inputs = made.embedded_width_;
  for (std::size_t i = 0; i < maxouts.size(); ++i) {
    const std::size_t outputs = model->dimension(maxouts[i], "nO");
    const std::size_t pieces = model->dimension(maxouts[i], "nP");
    if (pieces > Affine::kMaxPieces) model->complain("maxout of more than three pieces");
    const auto w = model->weights(maxouts[i], "W", {outputs, pieces, inputs});
    const auto b = model->weights(maxouts[i], "b", {outputs, pieces});
    Layer layer;
    layer.gain = model->weights(norms[i], "G", {outputs});
    layer.shift = model->weights(norms[i], "b", {outputs});
    if (model->error()) return tl::unexpected(*model->error());
    layer.maxout = Affine(w, b, outputs, pieces, inputs);
    made.layers_.push_back(std::move(layer));
    inputs = outputs;
  }
  const std::size_t softmax = model->layer("softmax");
  const auto w = model->weights(softmax, "W", {2, inputs});
  const auto b = model->weights(softmax, "b", {2});
  if (model->error()) return tl::unexpected(*model->error());
  made.choice_ = Affine(w, b, 2, 1, inputs);
  return made;
}

void FeatureModel::score(std::span<const std::uint64_t> keys, Scratch& scratch,
                         std::vector<float>& log_odds) const {
  constexpr std::size_t kBatch = 256;
  const std::size_t columns = embeddings_.size();
  const std::size_t rows = keys.size() / columns;
  log_odds.resize(rows);
  for (std::size_t first = 0; first < rows; first += kBatch) {
    const std::size_t count = std::min(kBatch, rows - first);
    scratch.from.assign(count * embedded_width_, 0.0f);
    for (std::size_t r = 0; r < count; ++r) {
      float* to = scratch.from.data() + r * embedded_width_;
      for (std::size_t c = 0; c < columns; ++c) {
        const Embedding& embedding = embeddings_[c];
        for (const std::uint32_t hash :
             hash_rows(keys[(first + r) * columns + c], embedding.seed)) {
          const float* add = embedding.table.data() + (hash % embedding.rows) * embedding.width;
          for (std::size_t k = 0; k < embedding.width; ++k) to[k] += add[k];
        }
        to += embedding.width;
      }
    }
    for (const Layer& layer : layers_) {
      const std::size_t width = layer.maxout.outputs();
      scratch.to.resize(count * width);
      layer.maxout.apply(scratch.from.data(), count, layer.maxout.inputs(), scratch.to.data(),
                         width);
      for (std::size_t r = 0; r < count; ++r) {
        layer_norm(scratch.to.data() + r * width, width, layer.gain.data(), layer.shift.data(),
                   nullptr);
      }
      std::swap(scratch.from, scratch.to);
    }
    scratch.to.resize(count * 2);
    choice_.apply(scratch.from.data(), count, choice_.inputs(), scratch.to.data(), 2);
    for (std::size_t r = 0; r < count; ++r) {
      log_odds[first + r] = scratch.to[2 * r + 1] - scratch.to[2 * r];
    }
  }
}

}  // namespace dateline::language
