// A pretrained encoder of BERT's shape: a vector for every token of a document, in the light of the
// sentences around it.
//
// Tokens are cut into word pieces, pieces into windows (windows.h). A window goes through the
// layers as [CLS] context content [SEP]; a token's vector is what the last layer gives for its
// first piece in the window where it is content. A token without pieces, such as white space, has
// the vector of the nearest token before it in the content that has some, else that of [CLS].
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "dateline/result.h"
#include "language/document.h"
#include "language/encoder_kernels.h"
#include "language/safetensors.h"
#include "language/windows.h"
#include "language/word_pieces.h"

namespace dateline::language {

class Trunk {
 public:
  /// Room for one window; one a thread.
  class Scratch {
   public:
    explicit Scratch(const Trunk& trunk);
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;

   private:
    friend class Trunk;
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
  };

  /// A document's tokens as pieces: those of token i are
  /// pieces[first_piece[i]] to pieces[first_piece[i + 1]].
  struct Cut {
    std::vector<WordPieces::Piece> pieces;
    std::vector<std::uint32_t> first_piece;
    std::vector<Window> windows;
  };

  /// What takes a token's vector, which lasts for the call; false: no more are wanted.
  using Take = std::function<bool(std::uint32_t token, const float* vector)>;

  /// Reads model.safetensors and vocab.txt of a directory, as training/trunk/export.py writes them,
  /// and where it is there correction.safetensors: what later training adds to the weights of some
  /// layers (training/trunk/correction.py).
  static Result<Trunk> load(const std::filesystem::path& directory);

  std::size_t width() const { return width_; }

  /// tokens x width() floats, row by row.
  void encode(const Document& document, Scratch& scratch, std::vector<float>& vectors) const;

  Cut cut(const Document& document) const;

  /// The vectors of the tokens that are wanted, one by one, of a document cut before: for documents
  /// whose vectors together are too large. A window without any costs nothing.
  void encode(const Cut& cut, Scratch& scratch, TokenRange wanted, const Take& take) const;

 private:
  struct Norm {
    std::vector<float> gain, shift;
  };
  struct Layer {
    std::vector<ByteAffine> heads;  ///< Outputs: query, key, value.
    ByteAffine joined;
    Norm attended;
    ByteAffine up, down;
    Norm norm;
  };

  explicit Trunk(WordPieces words) : words_(std::move(words)) {}
  void read(Safetensors& file, Safetensors* correction);
  /// Appends the layer whose tensors begin so; `correction` may be null.
  void read_layer(Safetensors& file, Safetensors* correction, const std::string& prefix);
  void encode_window(std::span<const WordPieces::Piece> pieces,
                     const std::vector<std::uint32_t>& rows, Scratch::Buffers& buffers) const;

  static constexpr std::size_t kMostPieces = kContextPieces + kContentPieces + 2;
  static_assert(kMostPieces <= Attention::kMaxRows);

  WordPieces words_;
  std::size_t width_ = 0, heads_ = 0, inner_ = 0;
  std::vector<std::int8_t> embeddings_;
  std::vector<float> embedding_scale_, positions_;
  Norm embedded_;
  std::vector<Layer> layers_;
};

}  // namespace dateline::language
