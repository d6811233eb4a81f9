// The heads that weigh cues and contents by vectors: they answer as torch does (heads.tsv, which
// training wrote beside the weights), and what is wrong with their file is an error that names it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reading/attributions/heads.h"
#include "reading/attributions/learner.h"

namespace dateline::reading {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWidth = 384;
const fs::path kComponent = fs::path(DATELINE_SOURCE_DIR) / "components/attribution";

template <std::size_t kCount>
float said_of(const LookHead& head, const LookHead::Seen& seen, std::istream& cells,
              float by_keys) {
  Look<kCount> look;
  cells >> look.cut;
  for (std::uint32_t& word : look.words) cells >> word;
  EXPECT_TRUE(cells);
  head.weigh<kCount>(seen, std::span(&look, 1), std::span(&by_keys, 1));
  return by_keys;
}

TEST(AttributionHeads, AnswerAsTorch) {
  auto file = language::Safetensors::load(kComponent / "heads.safetensors");
  ASSERT_TRUE(file) << file.error().message;
  const LookHead cue(*file, "cue", kWidth, kCueWords, kCueProducts);
  const LookHead content(*file, "content", kWidth, kContentWords, kContentProducts);
  ASSERT_FALSE(file->error()) << file->error()->message;
  // Forty words; the others that a look names are not seen.
  Vectors vectors(kWidth);
  vectors.begin({0, 40});
  for (std::uint32_t word = 0; word < 40; ++word) {
    for (std::size_t k = 0; k < kWidth; ++k) {
      vectors.of(word)[k] =
          std::sin(0.37f * static_cast<float>(word) + 0.11f * static_cast<float>(k));
    }
  }
  LookHead::Seen by_cue, by_content;
  cue.see(vectors, by_cue);
  content.see(vectors, by_content);
  std::ifstream answers(kComponent / "heads.tsv");
  ASSERT_TRUE(answers);
  std::size_t rows = 0;
  for (std::string line; std::getline(answers, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string name;
    float by_keys = 0, expected = 0;
    cells >> name >> by_keys >> expected;
    const float said = name == "cue" ? said_of<kCueWords>(cue, by_cue, cells, by_keys)
                                     : said_of<kContentWords>(content, by_content, cells, by_keys);
    EXPECT_NEAR(said, expected, 1e-3f) << line;
    ++rows;
  }
  EXPECT_GE(rows, 24u);
}

class AttributionHeadsFile : public ::testing::Test {
 protected:
  void SetUp() override { fs::copy(kComponent, made_); }
  void TearDown() override { fs::remove_all(made_); }

  std::string error(std::size_t width) const {
    const auto learner = AttributionLearner::load(made_, width);
    return learner ? "" : learner.error().message;
  }

  fs::path made_ = fs::path(::testing::TempDir()) / fmt::format("dateline_hear-{}", ::getpid());
};

TEST_F(AttributionHeadsFile, IsLoadedAsItIs) { EXPECT_EQ(error(kWidth), ""); }

TEST_F(AttributionHeadsFile, IsNeededOnlyForVectors) {
  fs::remove(made_ / "heads.safetensors");
  EXPECT_EQ(error(0), "");
  EXPECT_NE(error(kWidth).find("heads.safetensors"), std::string::npos);
}

TEST_F(AttributionHeadsFile, OtherWidthsAndDamageAreRefused) {
  EXPECT_NE(error(kWidth / 2).find("cue.project.weight"), std::string::npos);
  fs::resize_file(made_ / "heads.safetensors", 50'000);
  EXPECT_NE(error(kWidth).find("heads.safetensors"), std::string::npos);
}

}  // namespace
}  // namespace dateline::reading
