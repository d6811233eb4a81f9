// The trained parts that the readers ask: attribution's models, the trunk and the heads over it,
// the finder of places. Immutable, shared by all threads. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "language/trunk.h"
#include "reading/attributions/learner.h"
#include "reading/events/heads.h"
#include "reading/places/finder.h"

namespace dateline::reading {

struct Components {
  AttributionLearner attribution;
  language::Trunk trunk;
  events::Heads events;
  PlaceFinder places;

  /// Loads what lies under components/, the gazetteer and the trees of the tables' folder. Fails
  /// where a part is missing, altered or made for another.
  static Result<Components> load(const std::filesystem::path& directory,
                                 const std::filesystem::path& gazetteer,
                                 const knowledge::Directory& knowledge);
};

}  // namespace dateline::reading
