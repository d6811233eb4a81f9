// The trained part of attributions: three small models (components/attribution) that say which
// words are cues, and which stretches their sources and contents; and heads that weigh cues and
// contents by the trunk's vectors, where there are any.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "dateline/result.h"
#include "language/feature_model.h"
#include "reading/attributions/heads.h"
#include "reading/attributions/spans.h"

namespace dateline::reading {

class AttributionLearner {
 public:
  /// Working space of one report.
  struct Scratch {
    language::FeatureModel::Scratch model;
    std::vector<Key> keys;
    std::vector<float> log_odds;
    LookHead::Seen of_cues, of_contents;
  };

  /// Loads the models of a component's directory, and its heads for vectors of this width; of none
  /// where it is 0. Fails where one is missing, altered or made for other features.
  static Result<AttributionLearner> load(const std::filesystem::path& directory, std::size_t width);

  /// Weighs what follows by these vectors, too. The learner must have been loaded for them.
  void see(const Vectors& vectors, Scratch& scratch) const;
  /// Log odds that a word is a cue, for these words; of one that cannot be it stays as it is.
  void cues(const Scene& scene, language::TokenRange tokens, Scratch& scratch,
            std::vector<float>& log_odds) const;
  /// Whose words the cue brings; the first of source_candidates is nobody's.
  Candidate source(const Scene& scene, std::uint32_t cue, Scratch& scratch) const;
  /// Which they are; no pieces where there is no candidate.
  Candidate content(const Scene& scene, std::uint32_t cue, const Candidate& source,
                    Scratch& scratch) const;

  static constexpr float kNever = -1e9f;

 private:
  language::FeatureModel cue_, source_, content_;
  LookHead cue_head_, content_head_;
};

}  // namespace dateline::reading
