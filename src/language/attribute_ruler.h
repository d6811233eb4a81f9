// Rules that set a token's attributes: tag to part of speech and morphology, and the exceptions.
//
// spaCy's attribute_ruler: each rule has patterns over one or more tokens and sets attributes of
// one of them; all patterns are matched against the tokens as they came, and later rules win.
// Patterns are found by the word or tag their first token asks for, so a token is tried against
// the few that can match it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "dateline/result.h"
#include "language/document.h"
#include "language/lexeme_store.h"

namespace dateline::language {

class AttributeRuler {
 public:
  /// Reads `patterns` in the component's directory. An attribute or operator of spaCy's Matcher
  /// that is not supported is an error that names it.
  static Result<AttributeRuler> load(const std::filesystem::path& component_directory);

  AttributeRuler(AttributeRuler&&) noexcept;
  AttributeRuler& operator=(AttributeRuler&&) noexcept;
  ~AttributeRuler();

  /// Sets tag, pos, morph, lemma and dep as the rules say; the views point into the ruler.
  void annotate(Document& document, const LexemeStore& lexemes) const;

 private:
  struct Impl;
  explicit AttributeRuler(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::language
