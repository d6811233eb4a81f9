// Words glued to each other: what the readers find there begins and ends inside the tokens. Every
// line of glued.txt is read as a report's whole, first, last and middle words, and must keep the
// promises of docs/record.md.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "fuzz/promises.h"
#include "reading/cases.h"

namespace dateline {
namespace {

TEST(Glued, WordsKeepThePromisesWhereverTheyStand) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  std::ifstream lines(DATELINE_SOURCE_DIR "/tests/reading/glued.txt");
  ASSERT_TRUE(lines);
  for (std::string line; std::getline(lines, line);) {
    const std::string bare = line.substr(0, line.find_last_not_of('.') + 1);
    for (const std::string& text :
         {line, bare, line.substr(0, line.find(' ')), "Troops left. " + line,
          "Troops left\n\n" + bare + "\n\nThey said on Monday", "Troops left " + bare}) {
      Input input;
      input.bytes = text;
      input.verbatim = true;
      input.date = "2026-03-11";
      const auto record = reader->read(input);
      ASSERT_TRUE(record) << text << ": " << record.error().message;
      EXPECT_THAT(fuzz::broken_promises(*record), ::testing::IsEmpty()) << text;
    }
  }
}

}  // namespace
}  // namespace dateline
