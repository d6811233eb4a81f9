// What trees judge of happenings: which words tell of one and the same, and what is wrong with the
// trees' tables.
// SPDX-License-Identifier: Apache-2.0
#include "reading/events/verdict.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "reading/cases.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

using reading::events::Verdicts;

class VerdictFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::copy(fs::path(DATELINE_SOURCE_DIR) / "components/happenings", made_);
  }
  void TearDown() override { fs::remove_all(made_); }

  std::string error() const {
    const auto verdicts = Verdicts::load(made_);
    return verdicts ? "" : verdicts.error().message;
  }
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::ifstream file(made_ / name);
    std::string text(std::istreambuf_iterator<char>(file), {});
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(made_ / name) << text;
  }

  fs::path made_ = fs::path(::testing::TempDir()) / fmt::format("dateline_verdicts-{}", ::getpid());
};

TEST_F(VerdictFiles, AreLoadedAsTheyAre) { EXPECT_EQ(error(), ""); }

TEST_F(VerdictFiles, AnUnknownFeatureIsNamedWithItsFile) {
  replace("line_trees.tsv", "sure_sum", "sure_some");
  EXPECT_NE(error().find("line_trees.tsv"), std::string::npos);
  EXPECT_NE(error().find("sure_some"), std::string::npos);
}

TEST_F(VerdictFiles, AMissingOneIsNamed) {
  fs::remove(made_ / "same_trees.tsv");
  EXPECT_NE(error().find("same_trees.tsv"), std::string::npos);
}

/// The incident of the first event with this trigger; nothing where there is none.
std::string incident_of(const Record& record, const std::string& trigger) {
  for (const Event& event : record.events) {
    if (event.trigger.of(record.text) == trigger) return event.incident;
  }
  return "";
}

// Learned: most cases must be right, not each.
TEST(Incidents, Cases) {
  std::size_t cases = 0, right = 0;
  std::string wrong;
  cases::for_each_case(
      "incidents.tsv", {"text", "incidents"}, [&](const Record& record, std::string facts) {
        for (const std::string& fact : cases::split(facts, "|")) {
          const bool differ = fact.find("!=") != std::string::npos;
          const auto pair = cases::split(fact, differ ? "!=" : "=");
          ASSERT_EQ(pair.size(), 2u);
          const std::string first = incident_of(record, pair[0]),
                            second = incident_of(record, pair[1]);
          ++cases;
          const bool is_right = !first.empty() && !second.empty() && (first == second) != differ;
          if (is_right) ++right;
          if (!is_right) wrong += fact + "; ";
        }
      });
  EXPECT_GE(10 * right, 7 * cases) << wrong;
}

}  // namespace
}  // namespace dateline
