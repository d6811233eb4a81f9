// SPDX-License-Identifier: Apache-2.0
#include "article/decoding/encoding.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include <filesystem>

#include "knowledge/table.h"

namespace dateline::article {
namespace {

std::string stored_in(const std::string& charset, const std::string& text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  std::string bytes(text.size() * 4 + 16, '\0');
  bytes.resize(static_cast<std::size_t>(units.extract(
      0, units.length(), bytes.data(), static_cast<uint32_t>(bytes.size()), charset.c_str())));
  return bytes;
}

std::string page_of(const std::string& meta, const std::string& text) {
  const std::string named = meta.empty() ? "" : fmt::format("<meta charset=\"{}\">", meta);
  return fmt::format("<html><head>{}<title>News</title></head><body><p>{}</p></body></html>", named,
                     text);
}

TEST(Encoding, IsWhatIsSaidWhereTheBytesCanBeInItElseAGuessWithAWarning) {
  const auto table = knowledge::Table::load(
      std::filesystem::path(DATELINE_SOURCE_DIR) / "tests/article/decoding/encodings.tsv",
      {"text", "stored", "header", "meta", "read as", "warning"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    SCOPED_TRACE(fmt::format("encodings.tsv:{}", line));
    const std::string page = page_of(cells[3], cells[0]);
    std::vector<std::string> warnings;
    const Decoded read = decode(stored_in(cells[1], page), cells[2], true, warnings);
    EXPECT_EQ(read.charset, cells[4]);
    EXPECT_EQ(read.text, page);
    if (cells[5].empty()) {
      EXPECT_TRUE(warnings.empty()) << warnings.front();
    } else {
      ASSERT_EQ(warnings.size(), 1U);
      EXPECT_NE(warnings[0].find(cells[5]), std::string::npos) << warnings[0];
    }
  }
}

TEST(Encoding, DamagedUtf8StaysUtf8) {
  const std::string text = page_of("", "Le café a fermé à midi, et les élèves sont rentrés.");
  for (const std::string bad : {"\xE9t", "\xE2\x80", "\xFF"}) {
    std::vector<std::string> warnings;
    std::string bytes = text;
    bytes.insert(bytes.find("midi"), bad);
    for (const char* given : {"", "utf-8", "UTF8"}) {
      const Decoded read = decode(bytes, given, false, warnings);
      EXPECT_EQ(read.charset, "utf-8");
      EXPECT_NE(read.text.find("café a fermé à \uFFFD"), std::string::npos) << read.text;
    }
    EXPECT_NE(warnings.back().find("replaced by U+FFFD"), std::string::npos);
  }
}

TEST(Encoding, NulsBetweenOtherBytesAreNotUtf16) {
  std::vector<std::string> warnings;
  std::string bytes = page_of("", "The ferry left at noon.");
  bytes.insert(40, std::string(200, '\0'));
  EXPECT_EQ(decode(bytes, "", false, warnings).charset, "utf-8");
}

TEST(Encoding, AnyBytesAreReadAsSomething) {
  std::uint32_t state = 1;
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (char& c : bytes) {
      state = state * 1664525 + 1013904223;
      c = static_cast<char>(state >> 24);
    }
    std::vector<std::string> warnings;
    const Decoded read = decode(bytes, "", true, warnings);
    EXPECT_FALSE(read.charset.empty());
    EXPECT_LE(read.stored(static_cast<std::uint32_t>(read.text.size())), bytes.size());
  }
}

}  // namespace
}  // namespace dateline::article
