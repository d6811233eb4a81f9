// SPDX-License-Identifier: Apache-2.0
#include "language/trunk.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numeric>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace dateline::language {

namespace {

/// Rows that go through a layer's linear parts together, so that they stay in the cache.
constexpr std::size_t kRowsAtOnce = 24;

struct Linear {
  std::vector<std::int8_t> weights;  ///< [outputs][inputs]
  std::vector<float> scale, bias;    ///< Of each output.
};

/// Adds a low-rank correction, up x down, to the weights, and makes them bytes again: each output
/// with a scale of its own, its greatest weight being 127.
void correct(Safetensors& correction, const std::string& name, std::size_t inputs, Linear& linear) {
  const std::size_t outputs = linear.scale.size();
  const auto shape = correction.shape(name + ".down.weight");
  const std::size_t rank = shape.empty() ? 0 : shape[0];
  const auto up = correction.rows(name + ".up", outputs, rank);
  const auto down = correction.rows(name + ".down", rank, inputs);
  if (correction.error()) return;
  std::vector<float> row(inputs);
  for (std::size_t o = 0; o < outputs; ++o) {
    std::int8_t* weights = linear.weights.data() + o * inputs;
    for (std::size_t i = 0; i < inputs; ++i)
      row[i] = static_cast<float>(weights[i]) * linear.scale[o];
    for (std::size_t r = 0; r < rank; ++r) {
      const float share = up[o * rank + r];
      const float* of = down.data() + r * inputs;
      for (std::size_t i = 0; i < inputs; ++i) row[i] += share * of[i];
    }
    float most = 0;
    for (const float weight : row) most = std::max(most, std::abs(weight));
    const float scale = most > 0 ? most / 127 : 1;
    for (std::size_t i = 0; i < inputs; ++i) {
      weights[i] = static_cast<std::int8_t>(std::nearbyint(row[i] / scale));
    }
    linear.scale[o] = scale;
  }
}

}  // namespace

/// What a window needs on its way through the layers.
struct Trunk::Scratch::Buffers {
  explicit Buffers(const Trunk& trunk)
      : rows(kMostPieces * trunk.width_),
        attended(kMostPieces * trunk.width_),
        qkv(kMostPieces * 3 * trunk.width_ / trunk.heads_),
        joined(kRowsAtOnce * trunk.width_),
        inner(kRowsAtOnce * trunk.inner_),
        row_bytes(kMostPieces, trunk.width_),
        block_bytes(kRowsAtOnce, trunk.width_),
        inner_bytes(kRowsAtOnce, trunk.inner_),
        attention(kMostPieces, trunk.width_ / trunk.heads_) {}

  std::vector<float> rows, attended, qkv, joined, inner;
  ByteRows row_bytes, block_bytes, inner_bytes;
  Attention attention;
};

Trunk::Scratch::Scratch(const Trunk& trunk) : buffers_(std::make_unique<Buffers>(trunk)) {}
Trunk::Scratch::~Scratch() = default;
Trunk::Scratch::Scratch(Scratch&&) noexcept = default;
Trunk::Scratch& Trunk::Scratch::operator=(Scratch&&) noexcept = default;

Result<Trunk> Trunk::load(const std::filesystem::path& directory) {
  auto words = WordPieces::load(directory / "vocab.txt");
  if (!words) return tl::unexpected(words.error());
  auto file = Safetensors::load(directory / "model.safetensors");
  if (!file) return tl::unexpected(file.error());
  std::optional<Safetensors> correction;
  const std::filesystem::path corrected = directory / "correction.safetensors";
  if (std::error_code none; std::filesystem::exists(corrected, none)) {
    auto found = Safetensors::load(corrected);
    if (!found) return tl::unexpected(found.error());
    correction = std::move(*found);
  }
  Trunk trunk(std::move(*words));
  trunk.read(*file, correction ? &*correction : nullptr);
  if (file->error()) return tl::unexpected(*file->error());
  if (correction && correction->error()) return tl::unexpected(*correction->error());
  return trunk;
}

void Trunk::read(Safetensors& file, Safetensors* correction) {
  const auto words = file.shape("embeddings.word_embeddings.weight");
  const auto inner = file.shape("encoder.layer.0.intermediate.dense.scale");
  const std::string_view heads = file.metadata("heads");
  std::from_chars(heads.data(), heads.data() + heads.size(), heads_);
  width_ = words.size() == 2 ? words[1] : 0;
  inner_ = inner.size() == 1 ? inner[0] : 0;
  if (width_ == 0 || heads_ == 0 || width_ % (heads_ * kLanes) != 0 || inner_ == 0 ||
      inner_ % kLanes != 0 || std::max(width_, inner_) > ByteAffine::kMaxInputs) {
    return file.complain(
        fmt::format("has layers of {} and {} numbers in {} heads, where multiples of {} a head, up "
                    "to {}, are needed",
                    width_, inner_, heads_, kLanes, ByteAffine::kMaxInputs));
  }
  if (words[0] != words_.size()) {
    return file.complain(
        fmt::format("has {} word embeddings for {} pieces in vocab.txt", words[0], words_.size()));
  }
  const auto weights = file.i8("embeddings.word_embeddings.weight", words);
  embeddings_.assign(weights.begin(), weights.end());
  embedding_scale_ = file.f32("embeddings.word_embeddings.scale", {words[0]});
  positions_ = file.f32("embeddings.position_embeddings.weight", {kMostPieces, width_});
  embedded_ = {file.f32("embeddings.LayerNorm.weight", {width_}),
               file.f32("embeddings.LayerNorm.bias", {width_})};
  bool corrected = false;
  while (!file.error() && !(correction && correction->error())) {
    const std::string prefix = fmt::format("encoder.layer.{}.", layers_.size());
    if (!file.any(prefix)) break;
    const bool here = correction && correction->any(prefix);
    read_layer(file, here ? correction : nullptr, prefix);
    corrected = corrected || here;
  }
  if (layers_.empty()) file.complain("has no layers");
  if (correction && !corrected) correction->complain("corrects none of the trunk's layers");
}

void Trunk::read_layer(Safetensors& file, Safetensors* correction, const std::string& prefix) {
  Safetensors& floats = correction ? *correction : file;
  const auto linear = [&](std::string_view name, std::size_t outputs, std::size_t inputs) {
    const std::string full = prefix + std::string(name);
    const auto weights = file.i8(full + ".weight", {outputs, inputs});
    Linear made{{weights.begin(), weights.end()},
                file.f32(full + ".scale", {outputs}),
                floats.f32(full + ".bias", {outputs})};
    if (correction && !file.error()) correct(*correction, full, inputs, made);
    return made;
  };
  const auto norm = [&](std::string_view name) {
    const std::string full = prefix + std::string(name) + ".LayerNorm";
    return Norm{floats.f32(full + ".weight", {width_}), floats.f32(full + ".bias", {width_})};
  };
  const Linear parts[] = {linear("attention.self.query", width_, width_),
                          linear("attention.self.key", width_, width_),
                          linear("attention.self.value", width_, width_)};
  const Linear joined = linear("attention.output.dense", width_, width_);
  const Linear up = linear("intermediate.dense", inner_, width_);
  const Linear down = linear("output.dense", width_, inner_);
  Norm attended = norm("attention.output"), last = norm("output");
  if (file.error() || floats.error()) return;

  Layer& layer = layers_.emplace_back();
  const std::size_t head = width_ / heads_;
  for (std::size_t h = 0; h < heads_; ++h) {
    std::vector<std::int8_t> weights;
    std::vector<float> scale, bias;
    for (const Linear& part : parts) {
      const auto take = [&](const auto& from, auto& to, std::size_t size) {
        const auto first = from.begin() + static_cast<std::ptrdiff_t>(h * size);
        to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(size));
      };
      take(part.weights, weights, head * width_);
      take(part.scale, scale, head);
      take(part.bias, bias, head);
    }
    layer.heads.emplace_back(weights, scale, bias, width_);
  }
  layer.joined = ByteAffine(joined.weights, joined.scale, joined.bias, width_);
  layer.attended = std::move(attended);
  layer.up = ByteAffine(up.weights, up.scale, up.bias, width_);
  layer.down = ByteAffine(down.weights, down.scale, down.bias, inner_);
  layer.norm = std::move(last);
}

Trunk::Cut Trunk::cut(const Document& document) const {
  Cut cut;
  cut.first_piece.reserve(document.tokens.size() + 1);
  for (const Token& token : document.tokens) {
    cut.first_piece.push_back(static_cast<std::uint32_t>(cut.pieces.size()));
    words_.cut(token.text, kContentPieces, cut.pieces);
  }
  cut.first_piece.push_back(static_cast<std::uint32_t>(cut.pieces.size()));
  cut.windows = cut_windows(document.sentences, cut.first_piece);
  return cut;
}

/// Leaves the last layer's rows that are asked for in buffers.rows, in their order.
void Trunk::encode_window(std::span<const WordPieces::Piece> pieces,
                          const std::vector<std::uint32_t>& rows, Scratch::Buffers& buffers) const {
  const std::size_t head = width_ / heads_;
  for (std::size_t r = 0; r < pieces.size(); ++r) {
    float* row = buffers.rows.data() + r * width_;
    const std::int8_t* word = embeddings_.data() + pieces[r] * width_;
    const float scale = embedding_scale_[pieces[r]];
    for (std::size_t i = 0; i < width_; ++i) row[i] = static_cast<float>(word[i]) * scale;
    add_norm(row, positions_.data() + r * width_, width_, embedded_.gain.data(),
             embedded_.shift.data());
  }
  std::vector<std::uint32_t> all(pieces.size());
  std::iota(all.begin(), all.end(), 0);
  for (const Layer& layer : layers_) {
    // Every row is a key of the last layer too, but only those asked for are its queries.
    const std::vector<std::uint32_t>& queries = &layer == &layers_.back() ? rows : all;
    for (std::size_t r = 0; r < pieces.size(); ++r) {
      buffers.row_bytes.set(r, buffers.rows.data() + r * width_);
    }
    for (std::size_t h = 0; h < heads_; ++h) {
      layer.heads[h].apply(buffers.row_bytes, pieces.size(), buffers.qkv.data(), 3 * head);
      buffers.attention.apply(buffers.qkv.data(), pieces.size(), queries,
                              buffers.attended.data() + h * head, width_);
    }
    for (std::size_t from = 0; from < queries.size(); from += kRowsAtOnce) {
      const std::size_t count = std::min(kRowsAtOnce, queries.size() - from);
      for (std::size_t r = 0; r < count; ++r) {
        buffers.block_bytes.set(r, buffers.attended.data() + (from + r) * width_);
      }
      layer.joined.apply(buffers.block_bytes, count, buffers.joined.data(), width_);
      for (std::size_t r = 0; r < count; ++r) {
        float* row = buffers.joined.data() + r * width_;
        add_norm(row, buffers.rows.data() + queries[from + r] * width_, width_,
                 layer.attended.gain.data(), layer.attended.shift.data());
        buffers.block_bytes.set(r, row);
      }
      layer.up.apply(buffers.block_bytes, count, buffers.inner.data(), inner_);
      for (std::size_t r = 0; r < count; ++r) {
        float* row = buffers.inner.data() + r * inner_;
        gelu(row, inner_);
        buffers.inner_bytes.set(r, row);
      }
      // Row i is written where row queries[i] was read or before it: none is lost.
      float* out = buffers.rows.data() + from * width_;
      layer.down.apply(buffers.inner_bytes, count, out, width_);
      for (std::size_t r = 0; r < count; ++r) {
        add_norm(out + r * width_, buffers.joined.data() + r * width_, width_,
                 layer.norm.gain.data(), layer.norm.shift.data());
      }
    }
  }
}

void Trunk::encode(const Cut& cut, Scratch& scratch, TokenRange wanted, const Take& take) const {
  std::vector<WordPieces::Piece> pieces;
  std::vector<std::uint32_t> rows;
  auto window = std::partition_point(cut.windows.begin(), cut.windows.end(), [&](const Window& w) {
    return w.content.end <= wanted.begin;
  });
  for (; window != cut.windows.end() && window->content.begin < wanted.end; ++window) {
    const TokenRange content = window->content;
    const std::uint32_t begin = cut.first_piece[window->context];
    // Calls visit(token, row) for the tokens that are wanted; rows never go back.
    const auto each_wanted = [&](const auto& visit) {
      std::uint32_t row = 0;
      for (std::uint32_t token = content.begin; token < std::min(content.end, wanted.end);
           ++token) {
        const std::uint32_t first = cut.first_piece[token];
        if (first < cut.first_piece[token + 1]) row = 1 + first - begin;
        if (token >= wanted.begin && !visit(token, row)) return false;
      }
      return true;
    };
    rows.clear();
    each_wanted([&](std::uint32_t, std::uint32_t row) {
      if (rows.empty() || rows.back() != row) rows.push_back(row);
      return true;
    });
    pieces.assign(1, words_.first());
    pieces.insert(pieces.end(), cut.pieces.begin() + begin,
                  cut.pieces.begin() + cut.first_piece[content.end]);
    pieces.push_back(words_.last());
    encode_window(pieces, rows, *scratch.buffers_);
    std::size_t at = 0;
    const bool more = each_wanted([&](std::uint32_t token, std::uint32_t row) {
      if (rows[at] != row) ++at;
      return take(token, scratch.buffers_->rows.data() + at * width_);
    });
    if (!more) return;
  }
}

void Trunk::encode(const Document& document, Scratch& scratch, std::vector<float>& vectors) const {
  vectors.assign(document.tokens.size() * width_, 0.0f);
  const auto all = static_cast<std::uint32_t>(document.tokens.size());
  encode(cut(document), scratch, {0, all}, [&](std::uint32_t token, const float* vector) {
    std::copy_n(vector, width_, vectors.data() + token * width_);
    return true;
  });
}

}  // namespace dateline::language
