// SPDX-License-Identifier: Apache-2.0
#include "language/tok2vec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "language/hash.h"

namespace dateline::language {

namespace {

constexpr std::size_t kBatch = 128;

}  // namespace

std::optional<Tok2Vec::Attribute> Tok2Vec::attribute_named(std::string_view name) {
  constexpr std::pair<std::string_view, Attribute> kNames[] = {
      {"ORTH", Attribute::kOrth},     {"LOWER", Attribute::kLower},
      {"NORM", Attribute::kNorm},     {"PREFIX", Attribute::kPrefix},
      {"SUFFIX", Attribute::kSuffix}, {"SHAPE", Attribute::kShape},
      {"SPACY", Attribute::kSpacy},   {"IS_SPACE", Attribute::kIsSpace}};
  for (const auto& [known, attribute] : kNames) {
    if (known == name) return attribute;
  }
  return std::nullopt;
}

std::uint64_t Tok2Vec::value(Attribute attribute, const Lexeme& lexeme, bool space_after) {
  switch (attribute) {
    case Attribute::kOrth:
      return lexeme.orth;
    case Attribute::kLower:
      return lexeme.lower_key;
    case Attribute::kNorm:
      return lexeme.norm;
    case Attribute::kPrefix:
      return lexeme.prefix;
    case Attribute::kSuffix:
      return lexeme.suffix;
    case Attribute::kShape:
      return lexeme.shape;
    case Attribute::kSpacy:
      return space_after ? 1 : 0;
    case Attribute::kIsSpace:
      return lexeme.is_space ? 1 : 0;
  }
  return 0;
}

Result<Tok2Vec> Tok2Vec::build(ThincModel& model, const Vectors* vectors) {
  Tok2Vec made;

  const auto columns = model.strings(model.layer("extract_features"), "columns");
  for (const std::size_t layer : model.layers("hashembed")) {
    Embedding embedding;
    const auto column = static_cast<std::size_t>(model.integer(layer, "column"));
    const std::string name = column < columns.size() ? columns[column] : "";
    const auto attribute = attribute_named(name);
    if (!attribute) {
      model.complain(fmt::format("embeds the attribute '{}', which is not supported", name));
      break;
    }
    embedding.attribute = *attribute;
    embedding.seed = static_cast<std::uint32_t>(model.integer(layer, "seed"));
    embedding.rows = model.dimension(layer, "nV");
    embedding.width = model.dimension(layer, "nO");
    embedding.table = model.weights(layer, "E", {embedding.rows, embedding.width});
    made.sees_space_ |= embedding.attribute == Attribute::kSpacy;
    made.embedded_width_ += embedding.width;
    made.embeddings_.push_back(std::move(embedding));
  }

  std::vector<float> projection;
  std::size_t projected = 0;
  if (!model.layers("static_vectors").empty()) {
    const std::size_t layer = model.layer("static_vectors");
    if (vectors == nullptr || model.dimension(layer, "nM") != vectors->width()) {
      model.complain("the pipeline's vocab/vectors do not have the width this model needs");
    } else if (model.string(layer, "key_attr") != "ORTH") {
      model.complain("looks static vectors up by another attribute than ORTH");
    } else {
      made.vectors_ = vectors;
      projected = model.dimension(layer, "nO");
      projection = model.weights(layer, "W", {projected, vectors->width()});
      made.embedded_width_ += projected;
    }
  }

  // The mixing layer stands before the window layers: it is less deep.
  const auto maxouts = model.layers("maxout");
  const auto norms = model.layers("layernorm");
  const auto windows = model.layers("expand_window");
  if (maxouts.size() < 2 || norms.size() != maxouts.size() ||
      windows.size() + 1 != maxouts.size()) {
    model.complain("is not a MultiHashEmbed.v2 followed by a MaxoutWindowEncoder.v2");
    return tl::unexpected(*model.error());
  }
  made.width_ = model.dimension(maxouts[0], "nO");
  made.window_ = static_cast<std::size_t>(model.integer(windows[0], "window_size"));
  made.pieces_ = model.dimension(maxouts[1], "nP");
  const std::size_t positions = 2 * made.window_ + 1;
  if (made.window_ < 1 || made.window_ > 8) model.complain("window size outside 1 to 8");

  struct Weights {
    std::vector<float> w, b;
    Normalisation norm;
    std::size_t pieces, inputs;
  };
  std::vector<Weights> weights;
  for (std::size_t i = 0; i < maxouts.size(); ++i) {
    Weights& layer = weights.emplace_back();
    layer.pieces = model.dimension(maxouts[i], "nP");
    layer.inputs = i == 0 ? made.embedded_width_ : positions * made.width_;
    if (layer.pieces > Affine::kMaxPieces) model.complain("maxout of more than three pieces");
    if (i > 0 && layer.pieces != made.pieces_) model.complain("layers of unequal pieces");
    layer.w = model.weights(maxouts[i], "W", {made.width_, layer.pieces, layer.inputs});
    layer.b = model.weights(maxouts[i], "b", {made.width_, layer.pieces});
    layer.norm.gain = model.weights(norms[i], "G", {made.width_});
    layer.norm.shift = model.weights(norms[i], "b", {made.width_});
  }
  if (model.error()) return tl::unexpected(*model.error());

  if (made.vectors_ != nullptr) {
    made.project_vectors_ = Affine(projection, {}, projected, 1, vectors->width());
  }
  const auto maxout = [&](const Weights& layer) {
    return Affine(layer.w, layer.b, made.width_, layer.pieces, layer.inputs);
  };
  made.mix_ = {maxout(weights[0]), std::move(weights[0].norm)};
  const std::size_t width = made.width_;
  const Weights& first = weights[1];
  std::vector<float> products;
  products.reserve(first.w.size());
  for (std::size_t position = 0; position < positions; ++position) {
    for (std::size_t p = 0; p < made.pieces_; ++p) {
      for (std::size_t o = 0; o < width; ++o) {
        const auto from =
            first.w.begin() +
            static_cast<std::ptrdiff_t>((o * made.pieces_ + p) * first.inputs + position * width);
        products.insert(products.end(), from, from + static_cast<std::ptrdiff_t>(width));
      }
    }
  }
  const std::size_t kept = positions * made.pieces_ * width;
  made.first_products_ = Affine(products, {}, kept, 1, width);
  made.row_size_ = width + kept;
  for (std::size_t p = 0; p < made.pieces_; ++p) {
    for (std::size_t o = 0; o < width; ++o) {
      made.first_bias_.push_back(first.b[o * made.pieces_ + p]);
    }
  }
  made.first_norm_ = first.norm;
  for (std::size_t i = 2; i < weights.size(); ++i) {
    made.layers_.push_back({maxout(weights[i]), std::move(weights[i].norm)});
  }
  made.zeros_.assign(made.row_size_, 0.0f);
  return made;
}

void Tok2Vec::forget(Scratch& scratch) const {
  for (const std::uint32_t form : scratch.forms) scratch.row_of[form] = -1;
  scratch.forms.clear();
  scratch.rows = 0;
}

void Tok2Vec::learn_missing(const LexemeStore& lexemes, Scratch& scratch) const {
  for (std::size_t from = 0; from < scratch.missing.size(); from += kBatch) {
    const std::size_t count = std::min(kBatch, scratch.missing.size() - from);
    scratch.embedded.assign(count * embedded_width_, 0.0f);
    scratch.vectors.assign(vectors_ != nullptr ? count * vectors_->width() : 0, 0.0f);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t form = scratch.missing[from + i];
      const Lexeme& lexeme = lexemes[sees_space_ ? form / 2 : form];
      float* to = scratch.embedded.data() + i * embedded_width_;
      for (const Embedding& embedding : embeddings_) {
        const std::uint64_t key = value(embedding.attribute, lexeme, sees_space_ && form % 2 == 1);
        for (const std::uint32_t hash : hash_rows(key, embedding.seed)) {
          const float* add = embedding.table.data() + (hash % embedding.rows) * embedding.width;
          for (std::size_t k = 0; k < embedding.width; ++k) to[k] += add[k];
        }
        to += embedding.width;
      }
      if (vectors_ == nullptr) continue;
      if (const float* vector = vectors_->find(lexeme.orth)) {
        std::memcpy(scratch.vectors.data() + i * vectors_->width(), vector,
                    vectors_->width() * sizeof(float));
      }
    }
    if (vectors_ != nullptr) {
      project_vectors_.apply(scratch.vectors.data(), count, vectors_->width(),
                             scratch.embedded.data() + embedded_width_ - project_vectors_.outputs(),
                             embedded_width_);
    }
    scratch.mixed.resize(count * width_);
    mix_.maxout.apply(scratch.embedded.data(), count, embedded_width_, scratch.mixed.data(),
                      width_);
    for (std::size_t i = 0; i < count; ++i) {
      layer_norm(scratch.mixed.data() + i * width_, width_, mix_.norm.gain.data(),
                 mix_.norm.shift.data(), nullptr);
    }
    const std::size_t kept = row_size_ - width_;
    scratch.products.resize(count * kept);
    first_products_.apply(scratch.mixed.data(), count, width_, scratch.products.data(), kept);
    for (std::size_t i = 0; i < count; ++i) {
      if (scratch.rows == scratch.chunks.size() * kChunk) {
        scratch.chunks.push_back(std::make_unique_for_overwrite<float[]>(kChunk * row_size_));
      }
      scratch.row_of[scratch.missing[from + i]] = static_cast<std::int32_t>(scratch.rows);
      scratch.forms.push_back(scratch.missing[from + i]);
      float* to = row(scratch, scratch.rows++);
      std::memcpy(to, scratch.mixed.data() + i * width_, width_ * sizeof(float));
      std::memcpy(to + width_, scratch.products.data() + i * kept, kept * sizeof(float));
    }
  }
  scratch.missing.clear();
}

const float* Tok2Vec::encode(std::span<const Token> tokens, std::size_t begin, std::size_t end,
                             const LexemeStore& lexemes, Scratch& scratch) const {
  if (scratch.generation != lexemes.generation()) {
    scratch.generation = lexemes.generation();
    scratch.row_of.clear();
    scratch.chunks.clear();
    scratch.forms.clear();
    scratch.rows = 0;
  }
  // thinc pads a text with rows of zeros on both sides, one for each position a layer can look
  // away; they are worked on like tokens. Beyond them everything is zero.
  const auto count = static_cast<std::ptrdiff_t>(tokens.size());
  const auto window = static_cast<std::ptrdiff_t>(window_);
  const auto halo = static_cast<std::ptrdiff_t>((layers_.size() + 1) * window_);
  const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(begin) - halo;
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(end) + halo;

  scratch.row_of.resize(lexemes.size() * (sees_space_ ? 2 : 1), -1);
  const std::ptrdiff_t left = std::max<std::ptrdiff_t>(0, first - window);
  const std::ptrdiff_t right = std::min(count, last + window);
  if (scratch.rows + static_cast<std::size_t>(right - left) > kMostRows) forget(scratch);
  for (std::ptrdiff_t t = left; t < right; ++t) {
    std::int32_t& at = scratch.row_of[form(tokens[t])];
    if (at != -1) continue;
    at = -2;  // Asked for already.
    scratch.missing.push_back(form(tokens[t]));
  }
  learn_missing(lexemes, scratch);

  const auto rows = static_cast<std::size_t>(last - first);
  const std::size_t border = window_ * width_;
  for (auto* buffer : {&scratch.from, &scratch.to}) {
    buffer->resize((rows + 2 * window_) * width_);
    std::fill_n(buffer->begin(), border, 0.0f);
    std::fill_n(buffer->end() - static_cast<std::ptrdiff_t>(border), border, 0.0f);
  }

  const auto known = [&](std::ptrdiff_t t) -> const float* {
    if (t < 0 || t >= count) return zeros_.data();
    return row(scratch, static_cast<std::size_t>(scratch.row_of[form(tokens[t])]));
  };
  const std::size_t positions = 2 * window_ + 1;
  const float* parts[2 * 8 + 1];
  for (std::size_t r = 0; r < rows; ++r) {
    const std::ptrdiff_t t = first + static_cast<std::ptrdiff_t>(r);
    for (std::size_t p = 0; p < positions; ++p) {
      parts[p] = known(t + static_cast<std::ptrdiff_t>(p) - window) + width_ + p * pieces_ * width_;
    }
    float* to = scratch.from.data() + border + r * width_;
    sum_max(parts, positions, first_bias_.data(), width_, pieces_, to);
    layer_norm(to, width_, first_norm_.gain.data(), first_norm_.shift.data(), known(t));
  }
  for (const Layer& layer : layers_) {
    float* to = scratch.to.data() + border;
    layer.maxout.apply(scratch.from.data(), rows, width_, to, width_);
    for (std::size_t r = 0; r < rows; ++r) {
      layer_norm(to + r * width_, width_, layer.norm.gain.data(), layer.norm.shift.data(),
                 scratch.from.data() + border + r * width_);
    }
    std::swap(scratch.from, scratch.to);
  }
  return scratch.from.data() + border + static_cast<std::size_t>(halo) * width_;
}

}  // namespace dateline::language
