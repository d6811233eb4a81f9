// Tolls without a number: none at all ("no casualties", "no one was hurt", "nobody died"), and
// those that nobody knows yet ("how many people were hurt", "the death toll is not yet known").
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

struct Untold {
  Quantity quantity;
  Counted counted;
};

/// The toll whose first or telling word is this atom.
std::optional<Untold> untold_at(const Passage& passage, std::uint32_t atom);

}  // namespace dateline::reading
