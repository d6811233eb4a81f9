// The trunk's vectors by stretches: the same as of the report as a whole, kept for the next reader,
// and given up when asked to.
// SPDX-License-Identifier: Apache-2.0
#include "reading/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <vector>

namespace dateline::reading {
namespace {

using language::Document;
using language::TokenRange;
using language::Trunk;

/// Sentences of these lengths.
Document document_of(const std::vector<std::uint32_t>& lengths) {
  constexpr std::string_view kWords[] = {"the", "harbour", "was", "closed", "."};
  Document document;
  for (const std::uint32_t length : lengths) {
    const auto begin = static_cast<std::uint32_t>(document.tokens.size());
    for (std::uint32_t i = 0; i < length; ++i) {
      language::Token& token = document.tokens.emplace_back();
      token.text = kWords[(i + length) % 5];
      token.sentence = static_cast<std::uint32_t>(document.sentences.size());
    }
    document.sentences.push_back({begin, begin + length});
  }
  return document;
}

std::vector<TokenRange> stretches_of(const Document& document) {
  std::vector<TokenRange> found;
  for (std::uint32_t begin = 0; begin < document.tokens.size(); begin = found.back().end) {
    found.push_back(stretch_from(document, begin));
  }
  return found;
}

class VectorsOfTrunk : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(trunk_) << trunk_.error().message; }

  const Result<Trunk> trunk_ =
      Trunk::load(std::filesystem::path(DATELINE_SOURCE_DIR) / "tests/language/trunk");
};

TEST(Stretches, AreWholeSentencesWhereTheyFit) {
  const auto ends = [](const std::vector<std::uint32_t>& lengths) {
    std::vector<std::uint32_t> found;
    for (const TokenRange stretch : stretches_of(document_of(lengths)))
      found.push_back(stretch.end);
    return found;
  };
  EXPECT_EQ(ends({10, 20}), (std::vector{30u}));
  EXPECT_EQ(ends({10'000, 6'000, 1'000}), (std::vector{16'000u, 17'000u}));
  EXPECT_EQ(ends({40'000, 5}), (std::vector{16'384u, 32'768u, 40'005u}));
}

TEST_F(VectorsOfTrunk, AreThoseOfTheWholeReport) {
  const Document document = document_of({9'000, 7, 7'370, 30, 12});
  Trunk::Scratch scratch(*trunk_);
  std::vector<float> all;
  trunk_->encode(document, scratch, all);
  TrunkVectors vectors(*trunk_, scratch, document, nullptr);
  const auto stretches = stretches_of(document);
  ASSERT_EQ(stretches.size(), 2u);
  for (const TokenRange stretch : stretches) {
    const Vectors& some = vectors.of(stretch);
    EXPECT_TRUE(
        std::equal(some.of(stretch.begin),
                   some.of(stretch.begin) + (stretch.end - stretch.begin) * trunk_->width(),
                   all.begin() + static_cast<std::ptrdiff_t>(stretch.begin * trunk_->width())));
  }
}

TEST_F(VectorsOfTrunk, AreMadeOnceUnlessGivenUp) {
  const Document document = document_of({100, 100, 100, 100});
  Trunk::Scratch scratch(*trunk_);
  std::atomic<bool> stop = false;
  const Halt halt(&stop, {});
  TrunkVectors vectors(*trunk_, scratch, document, &halt);
  const auto are_there = [&](TokenRange stretch) {
    const Vectors& some = vectors.of(stretch);
    return std::any_of(some.of(stretch.end - 1), some.of(stretch.end),
                       [](float x) { return x != 0; });
  };
  EXPECT_TRUE(are_there({0, 400}));
  stop = true;
  EXPECT_TRUE(are_there({0, 400}));
  EXPECT_FALSE(are_there({0, 300}));
}

}  // namespace
}  // namespace dateline::reading
