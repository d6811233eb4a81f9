// A user's own rows win over what was learned: that there is an event or none, its type, its sides.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "dateline/reader.h"
#include "explain.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

/// Rows that no shipped table has: of a lemma, a phrase, two sides on one, and of no event.
constexpr char kRows[] =
    "words\ttype\tmode\tsides\texample\tactor\trecipient\n"
    "doorstep|waylay\tCOERCE\tharass\t\tReporters doorstepped the mayor.\tReporters\tmayor\n"
    "lay siege\tASSAULT\tsiege\tto\tRebels laid siege to the town.\tRebels\ttown\n"
    "spar\tASSAULT\t\tmutual\tSoldiers sparred with rebels.\tSoldiers|rebels\t-\n"
    "attack down the left\tnone\t\t\tSweden attacked down the left.\t\t\n"
    "war on drugs\tnone\t\t\tThe war on drugs failed.\t\t\n";

class OwnRows : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!fs::exists(fs::path(DATELINE_SOURCE_DIR) / "models" / "en_core_web_sm")) return;
    // Each test is a process of its own, and they run side by side.
    std::string name = (fs::path(testing::TempDir()) / "dateline_own_rows-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    const fs::path directory = name;
    std::ofstream(directory / "own_events.tsv", std::ios::binary) << kRows;
    ReaderOptions options;
    options.depth = Depth::kFast;
    auto plain = Explainer::open(options);
    ASSERT_TRUE(plain) << plain.error().message;
    plain_ = new Explainer(std::move(*plain));
    options.knowledge = directory.string();
    auto own = Explainer::open(options);
    ASSERT_TRUE(own) << own.error().message;
    own_ = new Explainer(std::move(*own));
    fs::remove_all(directory);
  }
  static void TearDownTestSuite() {
    delete own_;
    delete plain_;
  }
  void SetUp() override {
    if (!own_) GTEST_SKIP() << "models/en_core_web_sm is not installed";
  }

  static Explained read(const Explainer& explainer, const std::string& text) {
    Input input;
    input.bytes = text;
    input.verbatim = true;
    input.date = "2026-03-11";
    auto explained = explainer.read(input);
    EXPECT_TRUE(explained) << text;
    return explained ? std::move(*explained) : Explained();
  }

  /// "COERCE harass waylaid: Students > van; ..."
  static std::string shown(const Record& record) {
    std::string all;
    for (const Event& event : record.events) {
      all += fmt::format("{}{} {} {}:", all.empty() ? "" : "; ", event.type, event.mode,
                         event.trigger.of(record.text));
      for (const Participant& one : event.actors) {
        all += fmt::format(" {}", one.span.of(record.text));
      }
      all += " >";
      for (const Participant& one : event.recipients) {
        all += fmt::format(" {}", one.span.of(record.text));
      }
    }
    return all;
  }

  static inline Explainer* plain_ = nullptr;
  static inline Explainer* own_ = nullptr;
};

TEST_F(OwnRows, WinOverWhatWasLearned) {
  const struct {
    const char* text;
    const char* events;
  } kCases[] = {
      {"Students waylaid the van near Ossel on Monday.", "COERCE harass waylaid: Students > van"},
      {"The van was waylaid by students on Monday.", "COERCE harass waylaid: students > van"},
      {"Reporters doorstepped the mayor on Monday.",
       "COERCE harass doorstepped: Reporters > mayor"},
      {"Rebels laid siege to the fort on Monday.", "ASSAULT siege laid: Rebels > fort"},
      {"Guards and miners sparred on Monday.", "ASSAULT  sparred: Guards miners >"},
      {"The guards sparred with the miners.", "ASSAULT  sparred: guards miners >"},
      {"Norway attacked down the left on Monday.", ""},
      {"The war on drugs went on.", ""},
  };
  for (const auto& [text, events] : kCases) {
    EXPECT_EQ(shown(read(*own_, text).record), events) << text;
  }
}

TEST_F(OwnRows, AreNeeded) {
  EXPECT_NE(shown(read(*plain_, "Norway attacked down the left on Monday.").record), "");
  EXPECT_EQ(
      shown(read(*plain_, "Students waylaid the van near Ossel on Monday.").record).find("harass"),
      std::string::npos);
}

TEST_F(OwnRows, ChangeNothingElse) {
  const std::string text =
      "Rebels attacked the village on Monday, killing 12 people. Police arrested three men.";
  EXPECT_EQ(shown(read(*own_, text).record), shown(read(*plain_, text).record));
}

TEST_F(OwnRows, KnowEveryFormOfTheirWordsInOneSentence) {
  EXPECT_EQ(shown(read(*own_, "They lay. Siege was near.").record).find("siege"),
            std::string::npos);
  EXPECT_NE(shown(read(*own_, "LAYING SIEGE to the fort, rebels waited.").record).find("siege"),
            std::string::npos);
}

TEST_F(OwnRows, AreNamedAsTheReason) {
  const auto [record, trace] = read(*own_, "Rebels laid siege to the fort after the war on drugs.");
  std::string rows;
  for (const auto& reason : trace.reasons) {
    if (reason.table != "own_events.tsv") continue;
    rows += fmt::format("{}:{} {}|", reason.item, reason.line, reason.span.of(record.text));
  }
  EXPECT_EQ(rows, "v1:3 laid siege|:6 war on drugs|");
  std::string grounds;
  for (const auto& ground : trace.grounds) {
    if (ground.item == "v1")
      grounds += fmt::format("{} {} {}|", ground.slot, ground.from, ground.what);
  }
  EXPECT_TRUE(grounds.starts_with("type row ASSAULT|actor clause Rebels|recipient clause fort|"))
      << grounds;
}

}  // namespace
}  // namespace dateline
