// The trained parts that the readers ask: attribution's models, the trunk and the heads over it,
// the finder of places. Immutable, shared by all threads. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "dateline/reader.h"
#include "language/trunk.h"
#include "reading/attributions/learner.h"
#include "reading/entities/kinds.h"
#include "reading/entities/pairs.h"
#include "reading/events/heads.h"
#include "reading/events/quick_vectors.h"
#include "reading/events/verdict.h"
#include "reading/places/finder.h"

namespace dateline::reading {

/// What happenings are read with.
struct EventComponents {
  std::optional<language::Trunk> trunk;     ///< Where they are read exactly,
  std::optional<events::Heads> over_trunk;  ///< with these heads over it,
  events::QuickVectors quick;               ///< and always with these.
  events::Heads over_quick;
  events::Verdicts verdicts;  ///< On what all of these say.
};

struct Components {
  entities::KindTrees kinds;
  entities::Links links;
  AttributionLearner attribution;
  PlaceFinder places;
  std::optional<EventComponents> events;

  /// Loads what this depth needs of components/, the gazetteer and the trees of the tables' folder.
  /// Fails where a part is missing, altered or made for another.
  static Result<Components> load(const std::filesystem::path& directory,
                                 const std::filesystem::path& gazetteer,
                                 const knowledge::Directory& knowledge, Depth depth);
};

}  // namespace dateline::reading
