// SPDX-License-Identifier: Apache-2.0
#include "article/bylines/bylines.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "knowledge/table.h"

namespace dateline::article {
namespace {

const std::filesystem::path kSource = DATELINE_SOURCE_DIR;

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, "|"));
}

const Bylines& bylines() {
  static const auto loaded = Bylines::load(kSource / "knowledge/byline_words.tsv");
  EXPECT_TRUE(loaded) << loaded.error().message;
  return *loaded;
}

TEST(Bylines, NameTheAuthorsAndNobodyElse) {
  const auto table = knowledge::Table::load(kSource / "tests/article/bylines/bylines.tsv",
                                            {"by", "line", "outlet", "authors"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    std::vector<std::string> found;
    add_names(cells[0] == "names" ? bylines().names(cells[1], cells[2])
                                  : bylines().announced(cells[1], cells[2]),
              found);
    EXPECT_EQ(joined(found), cells[3]) << "bylines.tsv:" << line << ": " << cells[1];
  }
}

TEST(Bylines, AnAnnouncementMayStandAlone) {
  for (const char* line : {"By", "Written by:", "Author", "Geschrieben von"}) {
    EXPECT_TRUE(bylines().only_announces(line)) << line;
  }
  for (const char* line : {"", "By Ada", "Ports", "Text"}) {
    EXPECT_FALSE(bylines().only_announces(line)) << line;
  }
}

TEST(Bylines, AMillionNamesAreTooMany) {
  std::string statement;
  for (int i = 0; i < 100'000; ++i) statement += "Ada Obi, Ken Lund and Lis Ruud, ";
  EXPECT_LE(bylines().names(statement).size(), 200U);
  std::vector<std::string> authors;
  for (char c = 'A'; c <= 'Z'; ++c) {
    add_names({fmt::format("{} Obi", c), fmt::format("{} Lund", c)}, authors);
  }
  EXPECT_LE(authors.size(), 50U);
}

}  // namespace
}  // namespace dateline::article
