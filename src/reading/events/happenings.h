// Which words of a report tell of a happening, and which of them tell of one and the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reading/events/features.h"
#include "reading/events/panel.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// A word that tells of a happening.
struct Trigger : View {
  std::uint32_t type = 0;                    ///< Index into kTypes.
  float probability = 0;                     ///< That it tells of a happening of this type.
  const knowledge::OwnEvent* own = nullptr;  ///< The user's row that says so, if one does.
};

/// The row for a trigger: the user's own, else that of verbs.tsv for its type; null where none is.
inline const knowledge::EventWord* row_of(const knowledge::Words& words, const Scene& scene,
                                          const Trigger& trigger) {
  if (trigger.own) return &trigger.own->tells;
  return row_of(words, scene, trigger.token, kTypes[trigger.type]);
}

/// All triggers of one happening, in text order.
using Happening = std::vector<Trigger>;

/// Those of a stretch.
std::vector<Happening> find_happenings(const Scene& scene, const Panel& panel,
                                       const knowledge::Words& words);

}  // namespace dateline::reading::events
