// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/learner.h"

#include <algorithm>

namespace dateline::reading {

using language::TokenRange;

namespace {

bool sees(const AttributionLearner::Scratch& scratch) { return !scratch.of_cues.rows.empty(); }

Candidate best_of(std::vector<Candidate> candidates, const std::vector<float>& log_odds) {
  if (candidates.empty()) return {};
  const auto best = std::max_element(log_odds.begin(), log_odds.end()) - log_odds.begin();
  return std::move(candidates[static_cast<std::size_t>(best)]);
}

}  // namespace

Result<AttributionLearner> AttributionLearner::load(const std::filesystem::path& directory,
                                                    std::size_t width) {
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
  if (width == 0) return made;
  auto heads = language::Safetensors::load(directory / "heads.safetensors");
  if (!heads) return tl::unexpected(heads.error());
  made.cue_head_ = LookHead(*heads, "cue", width, kCueWords, kCueProducts);
  made.content_head_ = LookHead(*heads, "content", width, kContentWords, kContentProducts);
  if (heads->error()) return tl::unexpected(*heads->error());
  return made;
}

void AttributionLearner::see(const Vectors& vectors, Scratch& scratch) const {
  cue_head_.see(vectors, scratch.of_cues);
  content_head_.see(vectors, scratch.of_contents);
}

void AttributionLearner::cues(const Scene& scene, TokenRange tokens, Scratch& scratch,
                              std::vector<float>& log_odds) const {
  std::vector<Look<kCueWords>> asked;
  scratch.keys.clear();
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    if (!may_be_cue(scene, i)) continue;
    asked.push_back(cue_look(scene, i));
    cue_features(scene, i, scratch.keys);
  }
  cue_.score(scratch.keys, scratch.model, scratch.log_odds);
  if (sees(scratch)) cue_head_.weigh<kCueWords>(scratch.of_cues, asked, scratch.log_odds);
  for (std::size_t k = 0; k < asked.size(); ++k) log_odds[asked[k].words[0]] = scratch.log_odds[k];
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
  if (sees(scratch)) {
    std::vector<Look<kContentWords>> looks;
    for (const Candidate& candidate : candidates) looks.push_back(content_look(cue, candidate));
    content_head_.weigh<kContentWords>(scratch.of_contents, looks, scratch.log_odds);
  }
  return best_of(std::move(candidates), scratch.log_odds);
}

}  // namespace dateline::reading
