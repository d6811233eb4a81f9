// SPDX-License-Identifier: Apache-2.0
#include "article/blocks/words.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string_view>

namespace dateline {
namespace {

const std::filesystem::path kSource = DATELINE_SOURCE_DIR;

TEST(Page, WordsAreCountedInWhateverScript) {
  using article::count_page_words;
  EXPECT_EQ(count_page_words(""), 0U);
  EXPECT_EQ(count_page_words(" Five dockers\nwere hurt "), 4U);
  EXPECT_EQ(count_page_words("Пятеро ранены — сообщил порт"), 5U);
  EXPECT_EQ(count_page_words("五人がけがをした。"), 5U);  // Two characters a word, and the stretch.
  EXPECT_EQ(count_page_words("\xE3"), 1U);                // No character at all.
}

TEST(Page, AWrongWordTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_words_test.tsv";
  std::ofstream(path) << "kind\tlanguage\twords\nclosing\ten\tthe end\n";
  const auto loaded = article::PageWords::load(path);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find(path.string() + ":2: "), std::string::npos);
  std::filesystem::remove(path);
}

TEST(Page, WordsAreKnownInWhateverCase) {
  const auto words = article::PageWords::load(kSource / "knowledge/page_words.tsv");
  ASSERT_TRUE(words) << words.error().message;
  const auto opens = [&](std::string_view label) {
    const auto hashes = article::word_hashes(label);
    return words->opens(hashes.data(), hashes.size());
  };
  EXPECT_TRUE(opens("Related Stories"));
  EXPECT_TRUE(opens("YOU MAY ALSO like …"));
  EXPECT_TRUE(opens("Читайте также:"));
  EXPECT_TRUE(opens("À LIRE aussi"));
  EXPECT_TRUE(opens("関連記事"));
  EXPECT_FALSE(opens("The crane had been checked"));
  EXPECT_FALSE(opens(""));
  const auto kinds = [&](std::string_view word) {
    return words->kinds_of(article::word_hashes(word).at(0));
  };
  EXPECT_EQ(kinds("The"), bit(article::WordKind::kFunction));
  EXPECT_EQ(kinds("Subscribe!"), bit(article::WordKind::kFurniture));
  EXPECT_EQ(kinds("crane"), 0);
}

}  // namespace
}  // namespace dateline
