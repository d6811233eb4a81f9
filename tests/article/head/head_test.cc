// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "article/bylines/bylines.h"
#include "article/head/statements.h"
#include "article/pages.h"
#include "knowledge/table.h"

namespace dateline {
namespace {

std::string value_of(const Record& record, const std::string& field) {
  const auto day = [](const std::string& value) { return value.substr(0, 10); };
  if (field == "title") return record.title;
  if (field == "authors") return fmt::format("{}", fmt::join(record.authors, "|"));
  if (field == "publisher") return record.source.publisher;
  if (field == "language") return record.language;
  if (field == "modified") return day(record.modified);
  if (field == "published") return record.published ? day(record.published->value) : "";
  if (field == "from") return record.published ? record.published->from : "";
  return "no field " + field;
}

TEST(Page, StatesItsMetadata) {
  const auto table = knowledge::Table::load(kSource / "tests/article/head/heads.tsv",
                                            {"head", "body", "uri", "retrieved", "field", "value"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    const auto record =
        read_page(fmt::format("<html><head>{}</head><body>{}{}</body>", cells[0], cells[1], kStory),
                  cells[3], cells[2]);
    ASSERT_TRUE(record) << "heads.tsv:" << line << ": " << record.error().message;
    EXPECT_EQ(value_of(*record, cells[4]), cells[5]) << "heads.tsv:" << line;
  }
}

TEST(Page, AWrongTableOfStatementsOrBylinesIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_heads_test.tsv";
  const auto names_line = [&](const auto& loaded) {
    return !loaded && loaded.error().message.find(path.string() + ":2: ") != std::string::npos;
  };
  for (const char* row : {"mood\tmeta\tmood", "title\thearsay\ttitle", "poem\ttype\tPoem"}) {
    std::ofstream(path) << "field\tfrom\tnames\n" << row << '\n';
    EXPECT_TRUE(names_line(article::PageStatements::load(path))) << row;
  }
  std::ofstream(path) << "kind\twords\nnear\tnear\n";
  EXPECT_TRUE(names_line(article::Bylines::load(path)));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline
