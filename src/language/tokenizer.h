// Text to tokens, exactly as spaCy's tokenizer cuts them.
//
// A text is cut at white space; each chunk is looked up among the exceptions ("can't", ":)"), else
// prefixes and suffixes are taken off in turn, and the rest is an exception, an address, or cut at
// its infixes. Exceptions that hold affixes or spaces are put back together at the end. All rules
// come from the pipeline's `tokenizer` file. With spaCy's own rules time is linear in the text
// (spaCy is quadratic in a long word of punctuation); with others a search that takes too long ends
// without a match (PythonRegex).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "language/document.h"
#include "language/lexeme_store.h"

namespace dateline::language {

/// One thread's memory of how chunks were cut, and its working space. Bounded; belongs to one
/// Tokenizer and one LexemeStore.
class TokenizerCache {
 public:
  TokenizerCache();
  TokenizerCache(TokenizerCache&&) noexcept;
  TokenizerCache& operator=(TokenizerCache&&) noexcept;
  ~TokenizerCache();

 private:
  friend class Tokenizer;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Tokenizer {
 public:
  static Result<Tokenizer> load(const std::filesystem::path& pipeline_directory);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// Replaces `tokens` by those of `text` (valid UTF-8, less than 4 GiB): span, space_after, text,
  /// lower and lexeme are set.
  void tokenize(std::string_view text, TokenizerCache& cache, LexemeStore& lexemes,
                std::vector<Token>& tokens) const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::language
