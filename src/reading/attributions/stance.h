// What a source does with what it says: asserts, denies, doubts, demands, promises, ...
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "knowledge/words.h"
#include "reading/attributions/scene.h"

namespace dateline::reading {

/// The stance of cues.tsv, with the cue's own negation and modality: "does not deny", "may
/// promise", "will demand".
std::string stance_of(const Scene& scene, std::uint32_t cue, const knowledge::Words& words);

}  // namespace dateline::reading
