// A directory of a user's own: what it lacks is the installed tables', and what is wrong with a row
// of own_events.tsv is said by file and line.
// SPDX-License-Identifier: Apache-2.0
#include "knowledge/own_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "knowledge/digest.h"
#include "knowledge/installed.h"
#include "knowledge/tables.h"

namespace dateline::knowledge {
namespace {

namespace fs = std::filesystem;

constexpr char kHead[] = "words\ttype\tmode\tsides\texample\tactor\trecipient\n";

class OwnDirectory : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    own_ = fs::path(testing::TempDir()) / (std::string("dateline_own_") + test->name());
    fs::remove_all(own_);
    fs::create_directory(own_);
  }
  void TearDown() override { fs::remove_all(own_); }
  void write(const std::string& file, const std::string& bytes) {
    std::ofstream(own_ / file, std::ios::binary) << bytes;
  }
  Directory tables() const { return {own_, kKnowledge}; }
  fs::path own_;
};

TEST_F(OwnDirectory, MayHoldSomeTablesOnly) {
  write("titles.tsv", "title\trole\tgender\nskipper\tcaptain\t\n");
  const auto loaded = Tables::load(tables());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->words.titles.size(), 1u);
  EXPECT_GT(loaded->words.nouns.size(), 100u);
  EXPECT_EQ(tables().base(), kKnowledge);
  EXPECT_TRUE(tables().strangers().empty());
}

TEST_F(OwnDirectory, WithAFileOfNoTablesNameHasAStranger) {
  write("verb.tsv", "");
  write("notes.txt", "");
  EXPECT_THAT(tables().strangers(), testing::ElementsAre("verb.tsv"));
}

TEST_F(OwnDirectory, HasTheVersionOfWhatIsRead) {
  const auto installed = digest_of(Directory(kKnowledge));
  fs::copy_file(kKnowledge / "verbs.tsv", own_ / "verbs.tsv");
  EXPECT_EQ(*digest_of(tables()), *installed);
  write("verbs.tsv", "word\tpart\twith\ttype\tmode\tsides\n");
  EXPECT_NE(*digest_of(tables()), *installed);
}

TEST_F(OwnDirectory, ThatHoldsAllTablesIsABaseOfItsOwn) {
  fs::copy(kKnowledge, own_);
  EXPECT_EQ(tables().base(), own_);
}

TEST_F(OwnDirectory, FindsPhrasesByTheirFirstWordTheLongestFirst) {
  write("own_events.tsv",
        kHead + std::string("heckle|heckle down\tPROTEST\t\t\tThey heckled him.\tThey\thim\n"
                            "Stone-wall the owner's\tREJECT\t\t\tThey did.\t\t\n"));
  const auto own = OwnEvents::load(tables());
  ASSERT_TRUE(own) << own.error().message;
  ASSERT_EQ(own->rows().size(), 2u);
  EXPECT_EQ(own->rows()[1].tells.line, 3u);
  const auto heckle = own->beginning_with("heckle");
  ASSERT_EQ(heckle.size(), 2u);
  EXPECT_THAT(heckle[0].pieces, testing::ElementsAre("heckle", "down"));
  EXPECT_THAT(heckle[1].pieces, testing::ElementsAre("heckle"));
  const auto stone = own->beginning_with("stone");
  ASSERT_EQ(stone.size(), 1u);
  EXPECT_THAT(stone[0].pieces, testing::ElementsAre("stone", "-", "wall", "the", "owner", "'s"));
  EXPECT_TRUE(own->beginning_with("jeer").empty());
}

TEST_F(OwnDirectory, SaysWhatIsWrongWithARow) {
  const struct {
    const char* row;
    const char* says;
  } kRows[] = {
      {"heckle\tPROTESTS\t\t\tThey heckled him.\t\t", "no type 'PROTESTS'.*PROTEST.*none"},
      {"heckle\tPROTEST\t\tatt\tThey heckled him.\t\t", "'att' is no side"},
      {"heckle\tPROTEST\t\tmutual|guest\tThey heckled him.\t\t", "both mutual and guest"},
      {"heckle\tPROTEST\t\t\t\t\t", "no example"},
      {"heckle\tPROTEST\t\t\tThey heckled him.\tShe\t", "does not have the words 'She'"},
      {"\tPROTEST\t\t\tThey heckled him.\t\t", "no words"},
      {"a b c d e f g h i j k l m\tPROTEST\t\t\tThey heckled him.\t\t", "1 to 12 words"},
      {"heckle|heckle\tPROTEST\t\t\tThey heckled him.\t\t", "'heckle' is there twice"},
      {"heckle\tnone\tdemo\t\tThey heckled him.\t\t", "type none have no mode"},
      {"heckle\tnone\t\t\tThey heckled him.\tThey\t", "type none have no mode"},
      {"heckle\tPROTEST\t\t\tThey heckled him.", "5 cells where 7"},
  };
  for (const auto& [row, says] : kRows) {
    write("own_events.tsv", std::string(kHead) + row + "\n");
    const auto loaded = Tables::load(tables());
    ASSERT_FALSE(loaded) << row;
    EXPECT_THAT(loaded.error().message,
                testing::ContainsRegex(std::string("own_events\\.tsv:2: .*") + says));
  }
  write("own_events.tsv", "words\ttype\tmode\tsides\texample\tactor\n");
  const auto loaded = Tables::load(tables());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, 3002);
}

TEST_F(OwnDirectory, SaysWhatIsWrongWithARowOfVerbs) {
  for (const char* row : {"heckle\tverb\t\tPROTESTS\t\t", "heckle\tverb\t\tPROTEST\t\tatt",
                          "heckle\tadverb\t\tPROTEST\t\t"}) {
    write("verbs.tsv", std::string("word\tpart\twith\ttype\tmode\tsides\n") + row + "\n");
    const auto loaded = Tables::load(tables());
    ASSERT_FALSE(loaded) << row;
    EXPECT_THAT(loaded.error().message, testing::ContainsRegex("verbs\\.tsv:2: "));
  }
}

}  // namespace
}  // namespace dateline::knowledge
