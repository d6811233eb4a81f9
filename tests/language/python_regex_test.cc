// SPDX-License-Identifier: Apache-2.0
#include "language/python_regex.h"

#include <gtest/gtest.h>

#include "language/cases.h"

namespace dateline::language {
namespace {

TEST(PythonRegex, FindsWhatPythonFinds) {
  PythonRegex::Scratch scratch;
  for (const auto& example : read_cases("regexes.jsonl")) {
    const std::string pattern = text_of(example["pattern"]);
    const std::string text = text_of(example["text"]);
    SCOPED_TRACE(pattern + " in " + text);
    const auto regex = PythonRegex::compile(pattern, "case");
    ASSERT_TRUE(regex) << regex.error().message;
    auto match = regex->search(text, scratch);
    for (const auto& expected : example["found"].GetArray()) {
      ASSERT_TRUE(match);
      EXPECT_EQ(match->begin, expected[0].GetUint());
      EXPECT_EQ(match->end, expected[1].GetUint());
      match = regex->search_after(text, *match, scratch);
    }
    EXPECT_FALSE(match);
    EXPECT_EQ(regex->matches_start(text, scratch), example["starts"].GetBool());
  }
}

TEST(PythonRegex, WhatIsNotUnderstoodIsAnErrorThatNamesIt) {
  const std::pair<std::string, std::string> cases[] = {
      {"(?P<name>a)", "an unsupported kind of group"},
      {"(?(1)a)", "an unsupported kind of group"},
      {"(a)\\1", "an unsupported escape"},
      {"\\p{L}", "an unsupported escape"},
      {"\\Qa", "an unsupported escape"},
      {"(?x)a b", "an unsupported flag"},
      {"(a", "a missing parenthesis"},
      {"a)", "an unmatched parenthesis"},
      {"[a", "a missing bracket"},
      {"[a-\\d]", "a range whose end is a class"},
      {"\\u12", "an escape that is too short"},
      {"\\ud800", "an escape of no character"},
      {"a\\", "a backslash at the end"},
      {"[\\", "a backslash at the end"},
      {"*a", "nothing to repeat"},
      {"\xff", "not valid UTF-8"},
      {"(?<=a+)b", "lookbehind"},
      {"[z-a]", "range out of order"},
      {"a{3,2}", "numbers out of order"},
      {std::string(200, '(') + std::string(200, ')'), "too deep a nesting"},
  };
  for (const auto& [pattern, message] : cases) {
    const auto regex = PythonRegex::compile(pattern, "some/file");
    ASSERT_FALSE(regex) << pattern;
    EXPECT_NE(regex.error().message.find("some/file"), std::string::npos);
    EXPECT_NE(regex.error().message.find(message), std::string::npos) << regex.error().message;
  }
}

TEST(PythonRegex, GivesUpRatherThanSearchWithoutEnd) {
  const auto regex = PythonRegex::compile("(?:a|aa|a.)+$", "slow");
  ASSERT_TRUE(regex);
  PythonRegex::Scratch scratch;
  EXPECT_FALSE(regex->search(std::string(5000, 'a').append("\nb"), scratch));
  EXPECT_TRUE(regex->search("aaa", scratch)) << "the scratch can be used again";
}

}  // namespace
}  // namespace dateline::language
