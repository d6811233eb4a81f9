// The dictionary form of a word, from its part of speech and morphology, as spaCy's English rule
// lemmatizer finds it.
//
// An uninflected form is its own lemma; else endings are taken off by rule and kept where the index
// of known words has the result, and exceptions ("went") come first. A lemma that is already set
// (by the attribute ruler) stays.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "dateline/result.h"
#include "language/document.h"
#include "language/lexeme_store.h"

namespace dateline::language {

/// One thread's memory of lemmas. Bounded: it starts afresh with the LexemeStore, or between
/// documents once it is full. Belongs to one Lemmatizer and one LexemeStore.
class LemmaCache {
 public:
  LemmaCache();
  LemmaCache(LemmaCache&&) noexcept;
  LemmaCache& operator=(LemmaCache&&) noexcept;
  ~LemmaCache();

 private:
  friend class Lemmatizer;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Lemmatizer {
 public:
  /// Reads `lookups/lookups.bin` in the component's directory. `mode` and `overwrite` are those of
  /// config.cfg; a mode other than "rule" is an error that names it.
  static Result<Lemmatizer> load(const std::filesystem::path& component_directory,
                                 std::string_view mode, bool overwrite);

  Lemmatizer(Lemmatizer&&) noexcept;
  Lemmatizer& operator=(Lemmatizer&&) noexcept;
  ~Lemmatizer();

  /// Sets each token's lemma; the views are valid until `cache` or `lexemes` are used for the next
  /// document.
  void annotate(Document& document, LemmaCache& cache, const LexemeStore& lexemes) const;

 private:
  struct Impl;
  explicit Lemmatizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::language
