// The word forms one thread has met, each with spaCy's lexical attributes, worked out once.
//
// A word form is a text and a norm: the text's own or one an exception of the tokenizer gives it
// ("ca" in "can't" is read as "can"), so one text may be several lexemes. Ids count from 0; ids,
// lexemes and their strings stay valid until clear(), which the pipeline calls between reports
// once size() or bytes() is beyond its limit: what has been read does not add up.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "language/arena.h"
#include "language/lexeme.h"
#include "language/lexeme_norms.h"

namespace dateline::language {

class LexemeStore {
 public:
  /// `norms` must outlive the store.
  explicit LexemeStore(const LexemeNorms& norms);

  /// Id of the lexeme of `text` (not empty, valid UTF-8), made where it is new.
  std::uint32_t intern(std::string_view text);
  /// The same, with the norm an exception gives.
  std::uint32_t intern(std::string_view text, std::optional<std::string_view> norm);

  const Lexeme& operator[](std::uint32_t id) const { return blocks_[id / kBlock][id % kBlock]; }
  std::uint32_t size() const { return size_; }
  /// Memory the lexemes hold, roughly.
  std::size_t bytes() const;

  void clear();
  /// Changes with every clear(): what was kept by id is void.
  std::uint64_t generation() const { return generation_; }

 private:
  static constexpr std::uint32_t kBlock = 1024;
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t add(const Lexeme& lexeme, std::uint64_t hash);
  template <typename Same>
  std::uint32_t find(std::uint64_t hash, Same same) const;

  const LexemeNorms* norms_;
  Arena strings_;
  std::vector<std::unique_ptr<Lexeme[]>> blocks_;
  std::uint32_t size_ = 0;
  std::uint64_t generation_ = 0;

  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t id = kNone;
  };
  std::vector<Slot> slots_;  ///< Open addressing; a power of two, at most half full.
};

}  // namespace dateline::language
