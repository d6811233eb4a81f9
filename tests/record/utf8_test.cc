// SPDX-License-Identifier: Apache-2.0
#include "record/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace dateline::record {
namespace {

TEST(Utf8, KnowsWhatUnicodeAllows) {
  for (const char* good : {"", "plain words, more than eight bytes", "\u00e9", "\u0800", "\ud7ff",
                           "\ue000", "\uffff", "\U00010000", "\U0010ffff"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
    std::string text = good;
    EXPECT_FALSE(repair_utf8(text)) << good;
    EXPECT_EQ(text, good);
  }
  for (const char* bad :
       {"\x80", "a\xC3", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "eight by\xFE"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
    std::string text = bad;
    EXPECT_TRUE(repair_utf8(text)) << bad;
    EXPECT_TRUE(is_utf8(text)) << bad;
  }
}

// Expected: Python's bytes.decode("utf-8", "replace").
TEST(Utf8, RepairsMaximalPartsAndSaysWhere) {
  struct Case {
    std::string_view bytes, repaired;
    std::size_t count, first;
  };
  const Case cases[] = {
      {"caf\xE9 ok\xF0\x9F", "caf\uFFFD ok\uFFFD", 2, 3},
      {"\xE2\x82", "\uFFFD", 1, 0},
      {"\xED\xA0\x80!", "\uFFFD\uFFFD\uFFFD!", 3, 0},
      {"\xF0\x9F\x98 \xF4\x90\x80\x80", "\uFFFD \uFFFD\uFFFD\uFFFD\uFFFD", 5, 0},
      {"eight bytes and \xC3\xA9 \xC3", "eight bytes and \u00e9 \uFFFD", 1, 19},
      {"\xFF\xFE", "\uFFFD\uFFFD", 2, 0},
  };
  for (const Case& c : cases) {
    std::string text(c.bytes);
    const auto repair = repair_utf8(text);
    ASSERT_TRUE(repair) << c.bytes;
    EXPECT_EQ(text, c.repaired);
    EXPECT_EQ(repair->count, c.count) << c.bytes;
    EXPECT_EQ(repair->first, c.first) << c.bytes;
  }
}

}  // namespace
}  // namespace dateline::record
