// BERT's WordPiece, uncased: a word becomes the fewest pieces of a vocabulary that greedy longest
// matches find, the later ones marked "##".
//
// Before that a word is cleaned as BERT does: control characters go, accents and capitals too,
// punctuation marks and Chinese characters stand alone. What has no pieces, or more than 100
// characters, is one [UNK].
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/result.h"

namespace dateline::language {

class WordPieces {
 public:
  using Piece = std::uint32_t;

  /// Reads a vocab.txt: a piece a line, numbered from 0.
  static Result<WordPieces> load(const std::filesystem::path& path);

  std::size_t size() const { return pieces_.size(); }
  Piece first() const { return first_; }  ///< [CLS]
  Piece last() const { return last_; }    ///< [SEP]

  /// Appends the pieces of a text of any bytes, at most `most` of them. White space divides words;
  /// a text without anything to see has no pieces.
  void cut(std::string_view text, std::size_t most, std::vector<Piece>& pieces) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  void cut_word(std::string_view word, std::vector<Piece>& pieces) const;

  std::unordered_map<std::string, Piece, Hash, std::equal_to<>> pieces_;
  std::size_t longest_ = 0;  ///< Bytes of the longest piece.
  Piece unknown_ = 0, first_ = 0, last_ = 0;
};

}  // namespace dateline::language
