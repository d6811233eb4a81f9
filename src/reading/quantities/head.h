// The noun that a number stands with: "13 DUI arrests", "dozens of people", "a 12-member body".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

/// The token of a number from which its place in the sentence is seen: its head lies outside of
/// the atoms [begin, end).
std::uint32_t top_token(const Passage& passage, std::uint32_t begin, std::uint32_t end);

/// The noun that a number stands with, or the number's own token. Its last token is `last` - 1.
std::uint32_t noun_of(const Passage& passage, std::uint32_t token, std::uint32_t last, bool vague);

/// The token of the word that a hyphen joins to a number ending before atom `end`, or 0.
std::uint32_t hyphened(const Passage& passage, std::uint32_t end);

}  // namespace dateline::reading
