// SPDX-License-Identifier: Apache-2.0
#include "language/entity_recognizer.h"

#include <array>
#include <optional>

namespace dateline::language {

namespace {

enum EntityAction { kMissing, kBegin, kIn, kLast, kUnit, kOut, kEntityActions };

}  // namespace

Result<EntityRecognizer> EntityRecognizer::build(ThincModel& model, std::size_t width,
                                                 std::vector<Move> moves) {
  EntityRecognizer made;
  auto built = TransitionModel::build(model, width, kFeatures, moves.size());
  if (!built) return tl::unexpected(built.error());
  made.model_ = std::move(*built);
  made.moves_ = std::move(moves);
  for (const Move& move : made.moves_) {
    if (move.action >= kEntityActions)
      return fail(2007, "the recogniser has a move of an unknown action");
  }
  return made;
}

void EntityRecognizer::annotate(Document& document, const LexemeStore& lexemes,
                                TransitionModel::Scratch& scratch, const Halt& halt) const {
  constexpr std::uint32_t kTokensBetween = 1024;  // Looks at the clock.
  const auto& tokens = document.tokens;
  const auto n = static_cast<std::uint32_t>(tokens.size());
  document.names.clear();
  struct Open {
    std::uint32_t begin;
    std::string_view label;
  };
  std::optional<Open> open;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (i % kTokensBetween == 0 && halt.asked()) return;
    const bool last = i + 1 == n;
    const bool sentence_ends = last || tokens[i + 1].sentence != tokens[i].sentence;
    const bool blank = lexemes[tokens[i].lexeme].is_space;
    const auto valid = [&](const Move& move) {
      const bool labelled = !move.label.empty();
      switch (move.action) {
        case kBegin:
          return labelled && !open && !sentence_ends && !blank;
        case kIn:
          return open && open->label == move.label && !sentence_ends;
        case kLast:
          return open && open->label == move.label;
        case kUnit:
          return labelled && !open && !blank;
        case kOut:
          return !open;
        default:
          return false;
      }
    };
    const int here = static_cast<int>(i);
    const std::array<int, kFeatures> context = {here, open ? static_cast<int>(open->begin) : -1,
                                                open ? here - 1 : -1};
    const auto scores = model_.score(context, scratch);
    std::size_t best = moves_.size();
    for (std::size_t m = 0; m < moves_.size(); ++m) {
      if ((best == moves_.size() || scores[m] > scores[best]) && valid(moves_[m])) best = m;
    }
    if (best == moves_.size()) continue;  // A model without the move it needs.
    switch (moves_[best].action) {
      case kBegin:
        open = {i, moves_[best].label};
        break;
      case kLast:
        document.names.push_back({{open->begin, i + 1}, open->label});
        open.reset();
        break;
      case kUnit:
        document.names.push_back({{i, i + 1}, moves_[best].label});
        break;
      default:
        break;
    }
  }
}

}  // namespace dateline::language
