// SPDX-License-Identifier: Apache-2.0
#include "article/plain/markers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace dateline::article {
namespace {

const std::filesystem::path kTable =
    std::filesystem::path(DATELINE_SOURCE_DIR) / "knowledge/section_markers.tsv";

TEST(Markers, SentencesAreLeftAlone) {
  const auto markers = Markers::load(kTable);
  ASSERT_TRUE(markers) << markers.error().message;
  std::ifstream sentences(std::filesystem::path(DATELINE_SOURCE_DIR) /
                          "tests/article/plain/unmarked.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(sentences, line); ++count) {
    const Markers::Match match = markers->match(line);
    EXPECT_EQ(match.row, nullptr) << line << "\nmarked by line " << match.row->line;
  }
  EXPECT_GT(count, 10u);
}

TEST(Markers, LettersAreThoseOfAnyScript) {
  const auto markers = Markers::load(kTable);
  ASSERT_TRUE(markers) << markers.error().message;
  for (const char* name : {"By Ada Obi", "By Šárka Žižková", "By Ада Оби", "By Łukasz Ćwik"}) {
    const Markers::Match match = markers->match(name);
    ASSERT_NE(match.row, nullptr) << name;
    EXPECT_EQ(match.row->kind, "byline") << name;
  }
  for (const char* line : {"By – and large", "By “and large”", "By and large"}) {
    EXPECT_EQ(markers->match(line).row, nullptr) << line;
  }
}

TEST(Markers, AWrongTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_markers_test.tsv";
  const std::string head = "kind\tscope\tmost\tpattern\texample\n";
  for (const char* row : {"byline\tsomewhere\t5\tx\tx", "byline\tstart\tfew\tx\tx",
                          "byline\tstart\t5\t(\tx", "byline\tstart\t5"}) {
    std::ofstream(path) << head << row << '\n';
    const auto markers = Markers::load(path);
    ASSERT_FALSE(markers) << row;
    EXPECT_NE(markers.error().message.find(".tsv:2: "), std::string::npos)
        << markers.error().message;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline::article
