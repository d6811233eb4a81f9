// Which words of a report tell of a happening, and which of them tell of one and the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "reading/events/features.h"
#include "reading/events/hearing.h"
#include "reading/events/panel.h"
#include "reading/events/scene.h"

namespace dateline::reading {
struct Trace;
}

namespace dateline::reading::events {

/// A word that tells of a happening.
struct Trigger : View {
  explicit Trigger(View view) : View(std::move(view)) {}

  std::uint32_t type = 0;                    ///< Index into kTypes.
  float probability = 0;                     ///< That it tells of a happening of this type.
  std::array<float, kTypes.size()> types{};  ///< The same of every type.
  const knowledge::OwnEvent* own = nullptr;  ///< The user's row that says so, if one does.
  Hearing hearing;
};

/// The row for a trigger: the user's own, else that of verbs.tsv for its type; null where none is.
inline const knowledge::EventWord* row_of(const knowledge::Words& words, const Scene& scene,
                                          const Trigger& trigger) {
  if (trigger.own) return &trigger.own->tells;
  return row_of(words, scene, trigger.token, kTypes[trigger.type]);
}

/// All triggers of one happening, in text order.
struct Happening {
  std::vector<Trigger> triggers;
  float chance = 1;  ///< That it is one, of its type.

  std::size_t size() const { return triggers.size(); }
  const Trigger& operator[](std::size_t i) const { return triggers[i]; }
  const Trigger& front() const { return triggers.front(); }
  auto begin() const { return triggers.begin(); }
  auto end() const { return triggers.end(); }
};

struct Verdicts;

/// Those of a stretch. `exact`: whether the trunk was asked. Where `trace` collects what trees are
/// asked, they are added to it.
std::vector<Happening> find_happenings(const Scene& scene, const Panel& panel,
                                       const knowledge::Words& words, const Verdicts& verdicts,
                                       bool exact, Trace* trace);

}  // namespace dateline::reading::events
