// The tables of knowledge/ load, and a broken one is refused by file and line.
// SPDX-License-Identifier: Apache-2.0
#include "knowledge/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "knowledge/digest.h"
#include "knowledge/installed.h"

namespace dateline::knowledge {
namespace {

namespace fs = std::filesystem;

/// A copy of knowledge/ that a test may spoil.
class TablesCopy : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    directory_ = fs::path(testing::TempDir()) / (std::string("dateline_") + test->name());
    fs::remove_all(directory_);
    fs::copy(kKnowledge, directory_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(directory_); }
  void append(const std::string& file, const std::string& bytes) {
    std::ofstream(directory_ / file, std::ios::app | std::ios::binary) << bytes;
  }
  fs::path directory_;
};

TEST(Tables, FindCountriesByTheirWords) {
  const auto tables = Tables::load(kKnowledge);
  ASSERT_TRUE(tables) << tables.error().message;
  const Countries& countries = tables->countries;
  auto code = [](const Country* country) { return country ? country->alpha3 : std::string("-"); };
  EXPECT_EQ(code(countries.by_name("Iraq")), "IRQ");
  EXPECT_EQ(code(countries.by_name("IRAQ")), "IRQ");
  EXPECT_EQ(code(countries.by_name("the Netherlands")), "NLD");
  EXPECT_EQ(code(countries.by_name("U.S.")), "USA");
  EXPECT_EQ(code(countries.by_name("us")), "-");
  EXPECT_EQ(code(countries.by_name("Islamic Republic of Iran")), "IRN");
  EXPECT_EQ(code(countries.by_name("C\u00f4te d\u2019Ivoire")), "CIV");
  EXPECT_EQ(code(countries.by_demonym("Spaniards")), "ESP");
  EXPECT_EQ(code(countries.by_demonym("North Korean")), "PRK");
  EXPECT_EQ(code(countries.by_capital("Kabul")), "AFG");
  EXPECT_EQ(code(countries.by_name("Atlantis")), "-");
  EXPECT_EQ(countries.by_alpha3("XKX")->name, "Kosovo");
}

TEST(Tables, FindActorsByTheirWords) {
  const auto tables = Tables::load(kKnowledge);
  ASSERT_TRUE(tables) << tables.error().message;
  const Agents& agents = tables->agents;
  ASSERT_TRUE(agents.by_words("police"));
  EXPECT_EQ(agents.by_words("police")->sector, "COP");
  EXPECT_EQ(agents.by_words("leader")->use, AgentUse::kWeak);
  EXPECT_FALSE(agents.by_words("gazette"));
  ASSERT_TRUE(agents.by_name_end("gazette"));
  ASSERT_TRUE(agents.by_name("Kurdistan Workers\u2019 Party"));
  EXPECT_EQ(agents.by_name("Kurdistan Workers\u2019 Party")->country, "TUR");
  EXPECT_FALSE(agents.by_name("nato"));
}

TEST_F(TablesCopy, HaveOneVersionForOneContent) {
  const auto original = digest_of(kKnowledge);
  const auto copy = digest_of(directory_);
  ASSERT_TRUE(original && copy);
  EXPECT_THAT(*original, testing::MatchesRegex("sha256:[0-9a-f]{64}"));
  EXPECT_EQ(*original, *copy);
  append("countries.tsv", "# one more word\n");
  EXPECT_NE(*digest_of(directory_), *original);
}

TEST_F(TablesCopy, RefuseABrokenRowByFileAndLine) {
  append("countries.tsv", "QQQ\tQQ\tNowhere\n");
  const auto tables = Tables::load(directory_);
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().code, 3003);
  EXPECT_THAT(tables.error().message, testing::ContainsRegex("countries\\.tsv:[0-9]+: 3 cells"));
}

TEST_F(TablesCopy, RefuseWordsAndRulesThatMeanNothing) {
  const struct {
    const char* file;
    const char* line;
  } kBroken[] = {
      {"time_words.tsv", "smarch\tMONTH\t13\t\n"},
      {"time_words.tsv", "soonish\tref\t1\t\n"},
      {"agents.tsv", "dragoon\tXYZ\t\n"},
      {"agents.tsv", "dragoon\tMIL\tsometimes\n"},
      {"agents.tsv", "police\tMIL\t\n"},
      {"actors.tsv", "Harbor Front\t\tXYZ\tREB\n"},
      {"actors.tsv", "Harbor Front\tNATO\tNOR\tREB\n"},
      {"time_rules.tsv", "broken\t2\tDAY\tMON? D?\tdate\t\n"},
      {"time_rules.tsv", "broken\t2\tDAY\tMON D\tguess\t\n"},
      {"time_rules.tsv", "broken\t2\tDAY\tMON D\tdate month=13\t\n"},
      {"number_words.tsv", "many\tsome\t3\t\n"},
      {"tallies.tsv", "heap\tpile\t\n"},
      {"units.tsv", "groat\tGBP\tmoney\tabove\t\n"},
      {"units.tsv", "groat\tGBP\tmoney\t\tfew\n"},
      {"qualifiers.tsv", "or thereby\tabout\tnear\n"},
  };
  for (const auto& [file, line] : kBroken) {
    TearDown();
    SetUp();
    append(file, line);
    const auto tables = Tables::load(directory_);
    ASSERT_FALSE(tables) << line;
    EXPECT_THAT(tables.error().message, testing::ContainsRegex(std::string(file) + ":[0-9]+: "));
  }
}

TEST_F(TablesCopy, AreAnErrorWhereOneIsMissing) {
  fs::remove(directory_ / "countries.tsv");
  const auto tables = Tables::load(directory_);
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().code, 3001);
}

}  // namespace
}  // namespace dateline::knowledge
