// Where in time the words around an expression place it: behind the report or ahead of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "knowledge/time_rules.h"
#include "language/document.h"

namespace dateline::reading {

enum class Tense : std::uint8_t { kUnknown, kPast, kPresent, kFuture };

/// The tense of the clause a token stands in: that of the nearest finite verb above it, a future
/// where a word on the way looks ahead.
Tense tense_above(const language::Document& document, const knowledge::TimeRules& rules,
                  std::uint32_t token);

/// Whether what a token belongs to is told by the way, apart from the line of the story: in a
/// relative clause, in the past perfect, as a limit ("until the fall of the town in 1945").
bool told_aside(const language::Document& document, std::uint32_t token);

}  // namespace dateline::reading
