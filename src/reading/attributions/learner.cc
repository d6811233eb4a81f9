// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/learner.h"

#include <algorithm>

namespace dateline::reading {

namespace {

Candidate best_of(std::vector<Candidate> candidates, const std::vector<float>& log_odds) {
  if (candidates.empty()) return {};
  const auto best = std::max_element(log_odds.begin(), log_odds.end()) - log_odds.begin();
  return std::move(candidates[static_cast<std::size_t>(best)]);
}

}  // namespace

Result<AttributionLearner> AttributionLearner::load(const std::filesystem::path& directory) {
  AttributionLearner made;
  struct Part {
    const char* file;
    std::size_t columns;
    language::FeatureModel& model;
  };
  for (const Part& part : {Part{"cue.model", kCueColumns, made.cue_},
                           Part{"source.model", kSourceColumns, made.source_},
                           Part{"content.model", kContentColumns, made.content_}}) {
    auto model = language::FeatureModel::load(directory / part.file, part.columns);
    if (!model) return tl::unexpected(model.error());
    part.model = std::move(*model);
  }
  return made;
}

std::vector<float> AttributionLearner::cues(const Scene& scene, Scratch& scratch) const {
  std::vector<std::uint32_t> asked;
  scratch.keys.clear();
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    if (!may_be_cue(scene, i)) continue;
    asked.push_back(i);
    cue_features(scene, i, scratch.keys);
  }
  cue_.score(scratch.keys, scratch.model, scratch.log_odds);
  std::vector<float> all(scene.size(), kNever);
  for (std::size_t k = 0; k < asked.size(); ++k) all[asked[k]] = scratch.log_odds[k];
  return all;
}

Candidate AttributionLearner::source(const Scene& scene, std::uint32_t cue,
                                     Scratch& scratch) const {
  auto candidates = source_candidates(scene, cue);
  scratch.keys.clear();
  for (const Candidate& candidate : candidates) {
    source_features(scene, cue, candidate, scratch.keys);
  }
  source_.score(scratch.keys, scratch.model, scratch.log_odds);
  return best_of(std::move(candidates), scratch.log_odds);
}

Candidate AttributionLearner::content(const Scene& scene, std::uint32_t cue,
                                      const Candidate& source, Scratch& scratch) const {
  auto candidates = content_candidates(scene, cue, source);
  scratch.keys.clear();
  for (const Candidate& candidate : candidates) {
    content_features(scene, cue, source, candidate, scratch.keys);
  }
  content_.score(scratch.keys, scratch.model, scratch.log_odds);
  return best_of(std::move(candidates), scratch.log_odds);
}

}  // namespace dateline::reading
