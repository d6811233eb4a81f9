// SPDX-License-Identifier: Apache-2.0
#include "knowledge/trees.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace dateline::knowledge {
namespace {

constexpr std::array<std::string_view, 2> kFeatures = {"size", "age"};

Result<Trees> load(const std::string& rows) {
  const auto path = std::filesystem::path(testing::TempDir()) / "trees.tsv";
  std::ofstream(path) << "tree\tnode\tfeature\tthreshold\tleft\tright\tvalue\n" << rows;
  auto trees = Trees::load(path, kFeatures);
  std::filesystem::remove(path);
  return trees;
}

double logistic(double sum) { return 1 / (1 + std::exp(-sum)); }

TEST(Trees, SumUpTheirLeaves) {
  const auto trees = load(
      "1\t0\tsize\t2\t1\t2\t0\n"
      "1\t1\t\t0\t0\t0\t-1\n"
      "1\t2\tage\t10\t3\t4\t0\n"
      "1\t3\t\t0\t0\t0\t1\n"
      "1\t4\t\t0\t0\t0\t2\n"
      "2\t0\t\t0\t0\t0\t0.5\n");
  ASSERT_TRUE(trees) << trees.error().message;
  EXPECT_NEAR(trees->score(std::array{2.0F, 20.0F}), logistic(-0.5), 1e-6);
  EXPECT_NEAR(trees->score(std::array{3.0F, 10.0F}), logistic(1.5), 1e-6);
  EXPECT_NEAR(trees->score(std::array{3.0F, 11.0F}), logistic(2.5), 1e-6);
}

TEST(Trees, WithoutATreeAreUndecided) {
  const auto trees = load("");
  ASSERT_TRUE(trees);
  EXPECT_FLOAT_EQ(trees->score(std::array{0.0F, 0.0F}), 0.5F);
}

TEST(Trees, AreRefusedWhereBroken) {
  for (const char* rows : {
           "1\t0\tcolour\t2\t1\t2\t0\n1\t1\t\t0\t0\t0\t1\n1\t2\t\t0\t0\t0\t1\n",  // No such
                                                                                  // feature.
           "1\t0\tsize\t2\t0\t1\t0\n1\t1\t\t0\t0\t0\t1\n",                        // A circle.
           "1\t0\tsize\t2\t1\t2\t0\n1\t1\t\t0\t0\t0\t1\n",  // A child is missing.
           "1\t0\tsize\t2\t1\t2\t0\n1\t1\t\t0\t0\t0\t1\n2\t0\t\t0\t0\t0\t1\n",  // In the first
                                                                                // tree.
           "1\t1\t\t0\t0\t0\t1\n",                                              // No root.
           "1\t0\tsize\tx\t1\t2\t0\n",                                          // No number.
           "0\t0\t\t0\t0\t0\t1\n",  // Trees count from 1.
       }) {
    const auto trees = load(rows);
    ASSERT_FALSE(trees) << rows;
    EXPECT_EQ(trees.error().code, 3010);
  }
}

}  // namespace
}  // namespace dateline::knowledge
