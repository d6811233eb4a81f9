// What `dateline knowledge check` finds: every mistake of a directory of tables, and examples that
// do not give what their rows say. The tables that ship keep theirs.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "check/examples.h"
#include "check/mistakes.h"

namespace dateline::check {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const fs::path kKnowledge = fs::path(DATELINE_SOURCE_DIR) / "knowledge";

class Checked : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    own_ = fs::path(testing::TempDir()) / (std::string("dateline_check_") + test->name());
    fs::remove_all(own_);
    fs::create_directory(own_);
  }
  void TearDown() override { fs::remove_all(own_); }
  void write(const std::string& file, const std::string& bytes) {
    std::ofstream(own_ / file, std::ios::binary) << bytes;
  }
  static std::vector<std::string> messages(const Lint& lint) {
    std::vector<std::string> all;
    for (const Error& mistake : lint.mistakes()) all.push_back(mistake.message);
    return all;
  }
  fs::path own_;
};

constexpr char kHead[] = "words\ttype\tmode\tsides\texample\tactor\trecipient\n";

TEST_F(Checked, EveryMistakeIsNamedByFileAndLine) {
  write("own_events.tsv", std::string(kHead) +
                              "heckle\tPROTESTS\t\t\tThey heckled him.\t\t\n"
                              "jeer\tPROTEST\t\t\tThey jeered him.\t\t\n"
                              "hoot\tPROTEST\t\t\n"
                              "boo\tPROTEST\t\tatt\tThey booed him.\t\t\n");
  write("time_words.tsv", "words\tclass\tvalue\tif\nsmarch\tMONTH\t13\t\n");
  write("titles.tsv", "title\tgender\nskipper\tm\n");
  write("verb.tsv", "");
  const auto lint = Lint::of(own_.string());
  ASSERT_TRUE(lint) << lint.error().message;
  EXPECT_THAT(messages(*lint),
              testing::UnorderedElementsAre(
                  HasSubstr("verb.tsv has the name of no table"),
                  HasSubstr((own_ / "own_events.tsv").string() + ":2: no type"),
                  HasSubstr((own_ / "own_events.tsv").string() + ":4: 4 cells"),
                  HasSubstr((own_ / "own_events.tsv").string() + ":5: 'att' is no side"),
                  HasSubstr((own_ / "time_words.tsv").string() + ":2: a word of time"),
                  HasSubstr((own_ / "titles.tsv").string() + ":1: the columns must be")));
  ASSERT_NE(lint->usable(), nullptr);
  EXPECT_NE(*lint->usable(), own_.string());
}

TEST_F(Checked, TheCopyIsGoneWithTheLint) {
  write("own_events.tsv", std::string(kHead) + "hoot\n");
  std::string path;
  {
    const auto lint = Lint::of(own_.string());
    ASSERT_TRUE(lint && lint->usable());
    path = *lint->usable();
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(Checked, ManyMistakesComeToAnEnd) {
  std::string rows = kHead;
  for (int i = 0; i < 60; ++i) rows += "hoot\n";
  write("own_events.tsv", rows);
  const auto lint = Lint::of(own_.string());
  ASSERT_TRUE(lint);
  EXPECT_EQ(lint->mistakes().size(), 51u);
  EXPECT_EQ(lint->usable(), nullptr);
}

TEST_F(Checked, WithoutTablesIsAnError) {
  const auto lint = Lint::of(own_.string());
  ASSERT_FALSE(lint);
  EXPECT_EQ(lint.error().code, 3005);
}

TEST_F(Checked, AnExampleGivesWhatItsRowSaysOrNot) {
  if (!fs::exists(kKnowledge / "../models/en_core_web_sm")) GTEST_SKIP();
  write("own_events.tsv",
        std::string(kHead) +
            "waylay\tCOERCE\t\t\tStudents waylaid the van on Monday.\tStudents\tvan\n"
            "rob\tCOERCE\t\t\tStudents waylaid the van on Monday.\t\t\n"
            "shadow\tCOERCE\t\t\tPolice shadowed the smugglers.\tsmugglers\tPolice\n"
            "spar\tASSAULT\t\tmutual\tSoldiers sparred with rebels.\tSoldiers|rebels\t-\n"
            "war on drugs\tnone\t\t\tThe war on drugs failed.\t\t\n"
            "war on want\tnone\t\t\tThe war on hunger failed.\t\t\n");
  ReaderOptions options;
  options.depth = Depth::kFast;
  options.knowledge = own_.string();
  const auto explainer = Explainer::open(options);
  ASSERT_TRUE(explainer) << explainer.error().message;
  const auto trials = run_examples(*explainer, {"own_events.tsv"});
  ASSERT_TRUE(trials) << trials.error().message;
  std::vector<bool> holds;
  std::vector<std::string> gives;
  for (const Trial& trial : *trials) {
    holds.push_back(trial.holds);
    gives.push_back(trial.gives);
  }
  EXPECT_THAT(holds, ElementsAre(true, false, false, true, true, false));
  EXPECT_THAT(gives, ElementsAre(HasSubstr("\"waylaid\" tells of COERCE: actor \"Students\""),
                                 HasSubstr("the row of line 2 has \"waylaid\"; does not fire"),
                                 HasSubstr("wrong side: should be \"smugglers\", \"Police\""),
                                 HasSubstr("recipient nobody"), HasSubstr("tells of no event"),
                                 HasSubstr("does not fire")));
}

TEST(TablesThatShip, KeepTheirExamples) {
  if (!fs::exists(kKnowledge / "../models/en_core_web_sm")) GTEST_SKIP();
  const auto lint = Lint::of(kKnowledge.string());
  ASSERT_TRUE(lint) << lint.error().message;
  for (const Error& mistake : lint->mistakes()) ADD_FAILURE() << mistake.message;
  ReaderOptions options;
  options.depth = Depth::kFast;
  options.knowledge = kKnowledge.string();
  const auto explainer = Explainer::open(options);
  ASSERT_TRUE(explainer) << explainer.error().message;
  const auto trials = run_examples(*explainer, knowledge::tables_in(kKnowledge));
  ASSERT_TRUE(trials) << trials.error().message;
  EXPECT_GT(trials->size(), 300u);
  for (const Trial& trial : *trials) {
    EXPECT_TRUE(trial.holds) << trial.table << ":" << trial.line << ": " << trial.gives;
  }
}

}  // namespace
}  // namespace dateline::check
