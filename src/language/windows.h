// The stretches of a document that an encoder of bounded length reads at a time: whole sentences,
// with what stands before them.
//
// A window's content is as many whole units as fit in kContentPieces. A unit is a sentence; one of
// more pieces than that is cut at token borders into stretches that are as long as may be. Its
// context is the tokens directly before, going backwards while their pieces fit in kContextPieces.
// What trains a model for these windows must cut them by the same rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "language/document.h"

namespace dateline::language {

inline constexpr std::size_t kContentPieces = 192;
inline constexpr std::size_t kContextPieces = 64;

struct Window {
  std::uint32_t context = 0;  ///< First token of the context, which ends where the content begins.
  TokenRange content;
};

/// Windows over the tokens of the sentences, in order. `first_piece[i]` is the number of pieces
/// before token i, for each token and once more for the end; no token has more than
/// kContentPieces.
std::vector<Window> cut_windows(std::span<const TokenRange> sentences,
                                std::span<const std::uint32_t> first_piece);

}  // namespace dateline::language
