// The trained components: they fit this version's features, and score rows of keys as thinc does
// (answers.tsv, which training wrote beside the weights).
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reading/attributions/learner.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

const fs::path kComponent = fs::path(DATELINE_SOURCE_DIR) / "components/attribution";

TEST(AttributionComponent, FitsTheFeatures) {
  const auto learner = reading::AttributionLearner::load(kComponent, 384);
  ASSERT_TRUE(learner) << learner.error().message;
}

TEST(AttributionComponent, ScoresAsThinc) {
  std::ifstream answers(kComponent / "answers.tsv");
  ASSERT_TRUE(answers);
  std::size_t rows = 0;
  for (std::string line; std::getline(answers, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string name;
    float expected = 0;
    cells >> name >> expected;
    std::vector<std::uint64_t> keys;
    for (std::uint64_t key; cells >> key;) keys.push_back(key);
    const auto model = language::FeatureModel::load(kComponent / (name + ".model"), keys.size());
    ASSERT_TRUE(model) << model.error().message;
    language::FeatureModel::Scratch scratch;
    std::vector<float> log_odds;
    model->score(keys, scratch, log_odds);
    ASSERT_EQ(log_odds.size(), 1u);
    EXPECT_NEAR(log_odds[0], expected, 1e-4f) << line;
    ++rows;
  }
  EXPECT_GE(rows, 30u);
}

TEST(AttributionComponent, RefusesOtherFeaturesAndDamage) {
  EXPECT_FALSE(language::FeatureModel::load(kComponent / "cue.model", reading::kCueColumns + 1));
  EXPECT_FALSE(language::FeatureModel::load(kComponent / "absent.model", 1));
  std::ifstream whole(kComponent / "source.model", std::ios::binary);
  std::stringstream bytes;
  bytes << whole.rdbuf();
  const fs::path cut = fs::temp_directory_path() / "dateline_cut.model";
  std::ofstream(cut, std::ios::binary) << bytes.str().substr(0, bytes.str().size() / 2);
  const auto model = language::FeatureModel::load(cut, reading::kSourceColumns);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, 2003);
  fs::remove(cut);
}

}  // namespace
}  // namespace dateline
