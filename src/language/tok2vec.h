// spaCy's Tok2Vec.v2 (MultiHashEmbed.v2, MaxoutWindowEncoder.v2): a vector for each token, from the
// word itself and its neighbours.
//
// Hash embedding, static vector, the mixing layer and each window position's product of the first
// layer depend on the word alone: they are done once a word and kept, of so many words at most. The
// other layers are matrix products over a block of tokens. Blocks overlap by the receptive field,
// so that a report of any length needs the memory of one block.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "dateline/result.h"
#include "language/document.h"
#include "language/kernels.h"
#include "language/lexeme_store.h"
#include "language/thinc_model.h"
#include "language/vectors.h"

namespace dateline::language {

class Tok2Vec {
 public:
  /// What is known of the words seen so far, and the block at work.
  struct Scratch {
    std::uint64_t generation = 0;      ///< Of the lexemes the rows belong to.
    std::vector<std::int32_t> row_of;  ///< By form (below); -1 where it is not yet known.
    std::vector<std::unique_ptr<float[]>> chunks;
    std::size_t rows = 0;
    std::vector<std::uint32_t> forms;  ///< Of the rows.
    std::vector<std::uint32_t> missing;
    std::vector<float> embedded, vectors, mixed, products;
    std::vector<float> from, to;
  };

  /// Takes the layers of a model file; `vectors` where the model uses static vectors.
  static Result<Tok2Vec> build(ThincModel& model, const Vectors* vectors);

  std::size_t width() const { return width_; }

  /// Rows of width() floats for tokens [begin, end) of a report; valid until the next call.
  const float* encode(std::span<const Token> tokens, std::size_t begin, std::size_t end,
                      const LexemeStore& lexemes, Scratch& scratch) const;

 private:
  enum class Attribute { kOrth, kLower, kNorm, kPrefix, kSuffix, kShape, kSpacy, kIsSpace };
  struct Embedding {
    Attribute attribute;
    std::uint32_t seed;
    std::size_t rows, width;
    std::vector<float> table;
  };
  struct Normalisation {
    std::vector<float> gain, shift;
  };
  struct Layer {
    Affine maxout;
    Normalisation norm;
  };

  static std::optional<Attribute> attribute_named(std::string_view name);
  static std::uint64_t value(Attribute attribute, const Lexeme& lexeme, bool space_after);

  /// A form is a lexeme with or without a space after it, where the model looks at that.
  std::uint32_t form(const Token& token) const {
    return sees_space_ ? token.lexeme * 2 + (token.space_after ? 1 : 0) : token.lexeme;
  }
  float* row(Scratch& scratch, std::size_t index) const {
    return scratch.chunks[index / kChunk].get() + (index % kChunk) * row_size_;
  }
  void forget(Scratch& scratch) const;
  void learn_missing(const LexemeStore& lexemes, Scratch& scratch) const;

  static constexpr std::size_t kChunk = 256;
  static constexpr std::size_t kMostRows = 16'384;  ///< Some 60 MB; more than a block asks for.

  std::size_t width_ = 0, window_ = 0, pieces_ = 0;
  std::size_t embedded_width_ = 0;
  std::size_t row_size_ = 0;  ///< Floats kept a form: its vector, then its products.
  bool sees_space_ = false;
  std::vector<Embedding> embeddings_;
  const Vectors* vectors_ = nullptr;
  Affine project_vectors_;
  Layer mix_;
  Affine first_products_;          ///< Outputs [window position][piece][width].
  std::vector<float> first_bias_;  ///< [piece][width]
  Normalisation first_norm_;
  std::vector<Layer> layers_;  ///< The second and those after it.
  std::vector<float> zeros_;
};

}  // namespace dateline::language
