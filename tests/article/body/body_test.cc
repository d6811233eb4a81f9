// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "article/body/model.h"
#include "article/pages.h"
#include "knowledge/table.h"

namespace dateline {
namespace {

TEST(Page, AStoryWithoutBlanksBetweenItsWordsIsOne) {
  const std::string story =
      "<p>"
      "港の組合によると、金曜日にクレーンが倒れ、五人の作業員がけがをした。会社は原因を調べている。"
      "</p>"
      "<p>作業は一日のあいだ続いた。組合は日曜日に集会を開き、賃金についての交渉を再開する予定だ。<"
      "/p>";
  const auto record = read_page(
      "<html><head><title>港でクレーンが倒れる</title></head><body><ul><li><a "
      "href=/>ホーム</a></li>"
      "<li><a href=/n>ニュース</a></li><li><a "
      "href=/s>スポーツ</a></li></ul><div><h1>港でクレーンが倒れる"
      "</h1>" +
      story + "</div><div><a href=/p>利用規約</a></div></body></html>");
  ASSERT_TRUE(record) << record.error().message;
  const std::string text = article_of(*record);
  EXPECT_NE(text.find("原因を調べている"), std::string::npos) << text;
  EXPECT_NE(text.find("交渉を再開する"), std::string::npos) << text;
  EXPECT_EQ(text.find("スポーツ"), std::string::npos) << text;
  EXPECT_EQ(text.find("利用規約"), std::string::npos) << text;
}

TEST(Page, EveryTextIsKeptAsWhatItIs) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/body/sections.tsv", {"page", "kind", "text"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    std::string page(cells[0]);
    const std::string story = fmt::format("<h1>Crane falls in Lagos</h1>{}", kStory);
    if (const std::size_t at = page.find("{story}"); at != std::string::npos) {
      page.replace(at, 7, story);
    }
    const auto record =
        read_page(fmt::format("<html><head><title>Crane falls in Lagos</title></head><body><ul><li>"
                              "<a href=/>Home</a></li></ul>{}</body></html>",
                              page));
    ASSERT_TRUE(record) << "sections.tsv:" << line << ": " << record.error().message;
    std::string found;
    for (const Section& section : record->sections) {
      if (section.span.of(record->text) == cells[2]) found = section.kind;
    }
    EXPECT_EQ(found, cells[1]) << "sections.tsv:" << line << "\n" << record->text;
  }
}

TEST(Page, APageThatLeadsNowhereIsAllText) {
  const auto record = read_page("<title>Notice</title><body>Closed");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(article_of(*record), "Closed\n");
}

TEST(Page, ALabelInItsMiddleDoesNotEndAStory) {
  const std::string more =
      "<p>The harbour master said that the crane had been checked in March, and that nothing was "
      "found then.</p><p>Two of the five were still in hospital on Saturday, a doctor said.</p>";
  const auto record = read_page(
      fmt::format("<html><head><title>Crane falls in Lagos</title></head><body><article><h1>Crane "
                  "falls in Lagos</h1>{}<div class=box><h3>Related stories</h3><ul><li><a "
                  "href=/1>Port pay talks stall</a></li><li><a href=/2>Ships wait off the "
                  "coast</a></li></ul></div>{}</article></body></html>",
                  kStory, more));
  ASSERT_TRUE(record) << record.error().message;
  const std::string text = article_of(*record);
  EXPECT_NE(text.find("still in hospital"), std::string::npos) << text;
  EXPECT_EQ(text.find("Port pay talks stall"), std::string::npos) << text;
}

TEST(Page, AWrongTreeTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_trees_test.tsv";
  const std::string head = "round\ttree\tnode\tfeature\tthreshold\tleft\tright\tvalue\n";
  for (const char* row :
       {"3\t1\t0\t\t0\t0\t0\t1", "1\t1\t0\tno_feature\t0\t1\t2\t0", "1\t1\t0\twords\t0\t0\t2\t0",
        "1\t1\t1\t\t0\t0\t0\t1", "1\t1\t0\twords\t0\t1\t2\t0"}) {
    std::ofstream(path) << head << row << '\n';
    EXPECT_FALSE(article::PageModel::load(path)) << row;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline
