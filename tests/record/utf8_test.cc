// SPDX-License-Identifier: Apache-2.0
#include "record/utf8.h"

#include <gtest/gtest.h>

namespace dateline::record {
namespace {

TEST(Utf8, KnowsWhatUnicodeAllows) {
  for (const char* good : {"", "plain words, more than eight bytes", "\u00e9", "\u0800", "\ud7ff",
                           "\ue000", "\uffff", "\U00010000", "\U0010ffff"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
    EXPECT_EQ(repaired_utf8(good), good);
  }
  for (const char* bad :
       {"\x80", "a\xC3", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "eight by\xFE"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
    EXPECT_TRUE(is_utf8(repaired_utf8(bad))) << bad;
  }
}

TEST(Utf8, RepairsByteByByte) {
  EXPECT_EQ(repaired_utf8("caf\xE9 ok\xF0\x9F"), "caf\uFFFD ok\uFFFD\uFFFD");
}

}  // namespace
}  // namespace dateline::record
