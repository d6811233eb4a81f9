// Where the rows of own_events.tsv stand in a report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "knowledge/own_events.h"
#include "reading/events/scene.h"

namespace dateline::reading::events {

/// The words of a row in a report.
struct OwnWords {
  language::TokenRange tokens;
  std::uint32_t trigger = 0;  ///< The token that the others hang on: it tells for all.
  const knowledge::OwnEvent* row = nullptr;

  bool tell_of_event() const { return row->tells.type != knowledge::OwnEvent::kNone; }
};

/// Those among these tokens, in text order. None overlap: the longest that begins first is taken.
std::vector<OwnWords> find_own_words(const Scene& scene, const knowledge::OwnEvents& own,
                                     language::TokenRange among);

}  // namespace dateline::reading::events
