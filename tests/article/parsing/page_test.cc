// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/page.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "knowledge/table.h"

namespace dateline {
namespace {

const std::filesystem::path kSource = DATELINE_SOURCE_DIR;

/// The tree as text: "html(body(p(one)))".
std::string tree_of(const article::Page& page, std::size_t node = 0) {
  std::string out;
  const auto& one = page[node];
  if (one.tag == article::Tag::kText) return std::string(page.written(node));
  out += one.tag == article::Tag::kOther ? "?" : std::string(tag_info(one.tag).name);
  out += '(';
  for (std::size_t at = node + 1; at < one.end; at = page[at].end) {
    if (at > node + 1) out += ' ';
    out += tree_of(page, at);
  }
  return out + ')';
}

TEST(Page, Trees) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/parsing/trees.tsv", {"html", "tree"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    EXPECT_EQ(tree_of(article::Page(cells[0])), cells[1]) << "trees.tsv:" << line;
  }
}

TEST(Page, TextIsReadAsABrowserReadsIt) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/parsing/texts.tsv", {"html", "text"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    EXPECT_EQ(text_of(article::Page(cells[0]), 0), cells[1]) << "texts.tsv:" << line;
  }
}

}  // namespace
}  // namespace dateline
