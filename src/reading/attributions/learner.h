// The trained part of attributions: three small models (components/attribution) that say which
// words are cues, and which stretches their sources and contents.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "dateline/result.h"
#include "language/feature_model.h"
#include "reading/attributions/spans.h"

namespace dateline::reading {

class AttributionLearner {
 public:
  /// Working space of one report.
  struct Scratch {
    language::FeatureModel::Scratch model;
    std::vector<Key> keys;
    std::vector<float> log_odds;
  };

  /// Loads the models of a component's directory. Fails where one is missing, altered or made for
  /// other features.
  static Result<AttributionLearner> load(const std::filesystem::path& directory);

  /// Log odds that a word is a cue, for all words; of one that cannot be it is kNever.
  std::vector<float> cues(const Scene& scene, Scratch& scratch) const;
  /// Whose words the cue brings; the first of source_candidates is nobody's.
  Candidate source(const Scene& scene, std::uint32_t cue, Scratch& scratch) const;
  /// Which they are; no pieces where there is no candidate.
  Candidate content(const Scene& scene, std::uint32_t cue, const Candidate& source,
                    Scratch& scratch) const;

  static constexpr float kNever = -1e9f;

 private:
  language::FeatureModel cue_, source_, content_;
};

}  // namespace dateline::reading
