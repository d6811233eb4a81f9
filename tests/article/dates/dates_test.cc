// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/pages.h"
#include "knowledge/table.h"

namespace dateline {
namespace {

TEST(Page, DaysAsPeopleWriteThem) {
  const auto dates = article::PageDates::load(kSource / "knowledge/page_months.tsv",
                                              kSource / "knowledge/page_date_words.tsv");
  ASSERT_TRUE(dates) << dates.error().message;
  const auto table = knowledge::Table::load(kSource / "tests/article/dates/written.tsv",
                                            {"text", "language", "day"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    const auto found = dates->find(cells[0], dates->style_of(cells[1], ""));
    EXPECT_EQ(found ? found->value : "", cells[2]) << "written.tsv:" << line;
  }
}

/// As the record has it, without the time of day.
std::string day_of(const Record& record) {
  return record.published ? record.published->value.substr(0, 10) : "";
}

/// Each page says once that it is of 9 March 2026, whatever other days stand around it.
TEST(Page, SaysItsDayInManyWays) {
  constexpr std::string_view kReport =
      "<p>Five dockers were hurt in Lagos on Friday when a crane fell, the port's union said in a "
      "statement.</p><p>The work went on without them for most of the day, and the owners of the "
      "terminal said that they knew of no complaint.</p><p>The union called on its members to meet "
      "on Sunday, when the talks about their pay are to be taken up again. The last strike, on 14 "
      "May 2019, had lasted for two weeks and had cost the owners more than they would say.</p>"
      "<p>A spokeswoman for the ministry said that inspectors had been sent to the quay, and that "
      "their report would be made public before the end of the month.</p>";
  const auto pages = knowledge::Table::load(kSource / "tests/article/dates/pages.tsv",
                                            {"language", "head", "above", "below", "after", "uri"});
  const auto surroundings = knowledge::Table::load(kSource / "tests/article/dates/surroundings.tsv",
                                                   {"name", "top", "between", "after", "end"});
  ASSERT_TRUE(pages) << pages.error().message;
  ASSERT_TRUE(surroundings) << surroundings.error().message;
  for (const auto& [around, unused] : surroundings->rows()) {
    for (const auto& [page, line] : pages->rows()) {
      const auto record = read_page(
          fmt::format(
              "<!doctype html><html lang={}><title>Dockers walk out in Lagos | Harbour "
              "Gazette</title>{}</head><body><div class=top><a href=/>Harbour Gazette</a> "
              "<a href=/news>News</a> <a href=/sport>Sport</a></div>{}<div class=wrap>{}"
              "<h1>Dockers walk out in Lagos</h1>{}{}{}{}{}</div>{}<footer>\u00A9 2012-2026 "
              "Harbour Gazette. All rights reserved.</footer>",
              page[0], page[1], around[1], page[2], page[3], around[2], kReport, page[4], around[3],
              around[4]),
          "", page[5].empty() ? "https://gazette.example/dockers" : page[5]);
      ASSERT_TRUE(record) << record.error().message;
      EXPECT_EQ(day_of(*record), "2026-03-09") << "pages.tsv:" << line << ", " << around[0];
    }
  }
}

TEST(Page, SaysBelowItsStoryWhenItWasPosted) {
  const std::pair<std::string_view, std::string_view> ends[] = {
      {"<p>This entry was posted on Monday, March 9th, 2026 at 8:30 am and is filed under Ports. "
       "You "
       "can follow any responses to it through the feed, or leave one from your own site.</p>",
       "2026-03-09"},
      {"<p>Published: 9 March 2026</p>", "2026-03-09"},
      {"<p>9 March 2026</p>", "2026-03-09"},
      {"<p class=bio>Ada Obi has been with the Gazette since 3 May 2019.</p>", ""},
      {"<p>The dockers walked out last on Monday, March 9th, 2020, when the owners of the terminal "
       "had sent home two of them for a meeting that the union had called at noon.</p>",
       ""},
  };
  for (const auto& [end, day] : ends) {
    const auto record =
        read_page(fmt::format("<title>Dockers</title><h1>Dockers</h1>{}{}", kStory, end));
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(day_of(*record), day) << end;
  }
}

TEST(Page, AWrongDateTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_dates_test.tsv";
  const auto names_line = [&](const auto& loaded) {
    return !loaded && loaded.error().message.find(path.string() + ":2: ") != std::string::npos;
  };
  const auto words = kSource / "knowledge/page_date_words.tsv";
  const auto months = kSource / "knowledge/page_months.tsv";
  std::ofstream(path) << "month\tnames\tlanguages\n13\tundecimber\t\n";
  EXPECT_TRUE(names_line(article::PageDates::load(path, words)));
  std::ofstream(path) << "kind\twords\nprinted\tprinted\n";
  EXPECT_TRUE(names_line(article::PageDates::load(months, path)));
  for (const char* row : {"hearsay\ttext\t1", "url\turl\ta lot"}) {
    std::ofstream(path) << "sign\tfrom\tweight\n" << row << '\n';
    EXPECT_TRUE(names_line(article::DayModel::load(path))) << row;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline
