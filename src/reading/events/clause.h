// The sides of a deed as its clause has them: subject, object, agent, the prepositions that the row
// of the table of words names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "knowledge/words.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// Tokens.
struct Sides {
  std::vector<std::uint32_t> actors, recipients;
};

/// `row` may be null: then subject and object are asked alone.
Sides sides_in_clause(const Scene& scene, std::uint32_t trigger, const knowledge::EventWord* row);

}  // namespace dateline::reading::events
