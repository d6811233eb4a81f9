// spaCy's named entity recogniser: one BILUO move a token (Ratinov and Roth 2009), no name over a
// sentence's end, none beginning with white space.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "dateline/halt.h"
#include "dateline/result.h"
#include "language/document.h"
#include "language/lexeme_store.h"
#include "language/transition_model.h"

namespace dateline::language {

class EntityRecognizer {
 public:
  static constexpr std::size_t kFeatures = 3;

  static Result<EntityRecognizer> build(ThincModel& model, std::size_t width,
                                        std::vector<Move> moves);

  const TransitionModel& model() const { return model_; }

  /// Sets the names. The rows of all tokens have been added to `scratch`; sentences bound names
  /// where the document has them. Once `halt` asks for it, ends with some of them.
  void annotate(Document& document, const LexemeStore& lexemes, TransitionModel::Scratch& scratch,
                const Halt& halt) const;

 private:
  TransitionModel model_;
  std::vector<Move> moves_;
};

}  // namespace dateline::language
