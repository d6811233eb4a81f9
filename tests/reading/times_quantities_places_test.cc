// Times and quantities as the public Reader reads them: the tables beside this file.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dateline/reader.h"
#include "explain.h"
#include "knowledge/table.h"
#include "knowledge/time_rules.h"
#include "reading/cases.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;
using knowledge::Table;

const fs::path kSource = DATELINE_SOURCE_DIR;
constexpr char kExampleDay[] = "2026-03-11";

class Reading : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string reason;
    if (!cases::shared_reader(reason)) GTEST_SKIP() << reason;
  }

  static Record read(const std::string& text, const std::string& date, Depth depth = Depth::kFast) {
    Input input;
    input.id = "test";
    input.bytes = text;
    input.verbatim = true;
    if (date != "-") input.date = date;
    std::string reason;
    auto record = cases::shared_reader(reason, depth)->read(input);
    EXPECT_TRUE(record) << text;
    return record ? std::move(*record) : Record();
  }

  static std::vector<Table::Row> rows(const char* file, std::vector<std::string_view> columns) {
    auto table = Table::load(kSource / "tests" / "reading" / file, columns);
    EXPECT_TRUE(table) << (table ? "" : table.error().message);
    return table ? table->rows() : std::vector<Table::Row>();
  }
};

/// "words = rest" cut at the last " = ".
std::pair<std::string, std::string> cut(std::string_view item) {
  const std::size_t at = item.rfind(" = ");
  if (at == std::string_view::npos) return {std::string(item), ""};
  return {std::string(item.substr(0, at)), std::string(item.substr(at + 3))};
}

std::string number(double value) { return fmt::format("{:.15g}", value); }

std::string show(const Quantity& q) {
  std::string shown = q.value                  ? number(*q.value)
                      : q.qualifier == "range" ? number(*q.min) + ".." + number(*q.max)
                                               : "-";
  if (!q.counts.empty()) shown += " " + q.counts;
  return shown;
}

template <typename Items, typename Show>
void expect_items(const Record& record, const Items& items, std::string_view expected,
                  std::string_view where, Show shown) {
  std::string all;
  for (const auto& item : items) {
    all += fmt::format("[{} = {}]", item.span.of(record.text), shown(item));
  }
  for (const std::string_view each : knowledge::split_cell(expected)) {
    const bool refused = each.front() == '!';
    const auto [words, value] = cut(refused ? each.substr(1) : each);
    bool found = false;
    for (const auto& item : items) {
      found = found || (item.span.of(record.text) == words && (refused || shown(item) == value));
    }
    EXPECT_EQ(found, !refused) << where << ": " << each << " in " << record.text << "\nread "
                               << all;
  }
}

TEST_F(Reading, Times) {
  for (const auto& row : rows("times.tsv", {"date", "text", "times"})) {
    const Record record = read(row.cells[1], row.cells[0]);
    expect_items(record, record.times, row.cells[2], fmt::format("times.tsv:{}", row.line),
                 [](const Time& t) { return t.type + " " + t.value; });
  }
}

/// Days, and what they were counted from.
TEST_F(Reading, TimeDays) {
  for (const auto& row : rows("time_days.tsv", {"date", "text", "days"})) {
    const Record record = read(row.cells[1], row.cells[0], Depth::kExact);
    expect_items(record, record.times, row.cells[2], fmt::format("time_days.tsv:{}", row.line),
                 [&](const Time& t) {
                   const auto known = [](const std::string& s) { return s.empty() ? "-" : s; };
                   return fmt::format(
                       "{}..{} {}{}", known(t.begin), known(t.end), known(t.from),
                       t.anchor ? fmt::format(" of {}", t.anchor->of(record.text)) : "");
                 });
  }
}

/// What is counted from keeps its own day; what is told of the day it leads to has that.
TEST_F(Reading, HappeningsCountedFromKeepTheirDays) {
  const Record record = read(
      "Gunmen attacked the market on March 1. Two days after the attack, troops arrested nine men.",
      kExampleDay, Depth::kExact);
  std::string days;
  for (const Event& event : record.events) {
    days +=
        fmt::format("{} {}|", event.trigger.of(record.text), event.date ? event.date->begin : "-");
  }
  EXPECT_EQ(days, "attacked 2026-03-01|attack 2026-03-01|arrested 2026-03-03|");
}

/// That each gives what its rule says is tested with all examples of tables (check_test.cc).
TEST_F(Reading, TimeRulesHaveExamples) {
  const auto rules = knowledge::TimeRules::load(kSource / "knowledge");
  ASSERT_TRUE(rules) << rules.error().message;
  for (const auto& rule : rules->rules()) {
    EXPECT_FALSE(rule.examples.empty()) << "time_rules.tsv:" << rule.line;
  }
}

TEST_F(Reading, Quantities) {
  for (const auto& row : rows("quantities.tsv", {"text", "quantities"})) {
    const Record record = read(row.cells[0], kExampleDay);
    std::vector<Quantity> counted;
    for (const Quantity& q : record.quantities) counted.push_back(q);
    // "!words" refuses a count of people or incidents, not a plain number.
    std::string expected;
    for (const std::string_view each : knowledge::split_cell(row.cells[1])) {
      if (each.front() != '!') {
        expected += std::string(each) + "|";
        continue;
      }
      for (const Quantity& q : record.quantities) {
        EXPECT_FALSE(q.span.of(record.text) == each.substr(1) && !q.counts.empty())
            << "quantities.tsv:" << row.line << ": " << each << " counts " << q.counts;
      }
    }
    expect_items(record, counted, expected, fmt::format("quantities.tsv:{}", row.line), show);
  }
}

/// Shares of the quantities that are read, and of those to be read, which are right.
struct Score {
  int right = 0, read = 0, wanted = 0;
  double precision() const { return read ? static_cast<double>(right) / read : 1; }
  double recall() const { return wanted ? static_cast<double>(right) / wanted : 1; }
};

/// Whether a quantity is what an item "words = value [counts [unit]]" names; words may overlap.
bool is_item(const Record& record, const Quantity& q, std::string_view words,
             const std::string& value) {
  const std::string_view read = q.span.of(record.text);
  const bool same_words =
      read.find(words) != std::string_view::npos || words.find(read) != std::string_view::npos;
  return same_words && (show(q) == value || show(q) + " " + q.unit == value);
}

/// All that is counted in sentences of the news. Floors lie just under what was seen.
TEST_F(Reading, QuantitiesOfTheNews) {
  std::map<std::string, Score> scores;
  std::string missed;
  for (const auto& row : rows("quantities_news.tsv", {"set", "kind", "text", "quantities"})) {
    const Record record = read(row.cells[2], kExampleDay);
    Score& score = scores[row.cells[0]];
    std::vector<bool> used(record.quantities.size());
    for (const std::string_view each : knowledge::split_cell(row.cells[3])) {
      const auto [words, value] = cut(each);
      ++score.wanted;
      bool found = false;
      for (std::size_t i = 0; i < used.size() && !found; ++i) {
        found = !used[i] && is_item(record, record.quantities[i], words, value);
        if (found) used[i] = true;
      }
      score.right += found ? 1 : 0;
      if (!found) missed += fmt::format("{}: {}: {}\n", row.line, row.cells[2], each);
    }
    score.read += static_cast<int>(used.size());
  }
  for (const auto& [set, score] : scores) {
    EXPECT_GE(score.precision(), 0.95) << "set " << set << "\n" << missed;
    EXPECT_GE(score.recall(), 0.95) << "set " << set << "\n" << missed;
    RecordProperty("set_" + set, fmt::format("P {:.3f} R {:.3f} of {}", score.precision(),
                                             score.recall(), score.wanted));
  }
}

/// Reasons change nothing in what is read.
TEST_F(Reading, ExplainerReadsWhatTheReaderReads) {
  const auto explainer = Explainer::open({});
  ASSERT_TRUE(explainer) << explainer.error().message;
  for (const char* text : {"", "On Friday 14 men were killed, and the damage came to $2 million.",
                           "From April 6-9, 2019 no one was hurt. A day later six were."}) {
    Input input;
    input.id = "test";
    input.bytes = text;
    input.verbatim = true;
    input.date = kExampleDay;
    std::string reason;
    const auto read = cases::shared_reader(reason, Depth::kExact)->read(input);
    auto explained = explainer->read(input);
    ASSERT_TRUE(read && explained) << text;
    std::string one, other;
    append_json(*read, one);
    append_json(explained->record, other);
    EXPECT_EQ(one, other);
  }
}

/// A megabyte of what looks like dates takes eight times as long as an eighth of it, not
/// sixty-four.
TEST_F(Reading, TimeGrowsWithTheTextAlone) {
  const auto seconds = [](std::size_t bytes, Depth depth) {
    const std::string part =
        "two days after the raid the day before the day before May 3, 2019, May 4-5, last last "
        "Friday of May 2019 to 3/4/5, 1 1/2 a year earlier the third quarter of the last ";
    std::string text;
    while (text.size() < bytes) text += part;
    const std::clock_t begin = std::clock();
    EXPECT_FALSE(read(text, kExampleDay, depth).times.empty());
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  for (const auto& [depth, bytes] : {std::pair(Depth::kFast, 125'000), {Depth::kExact, 4'000}}) {
    seconds(1000, depth);  // loads what is loaded once
    EXPECT_LT(seconds(8 * bytes, depth), 24 * seconds(bytes, depth));
  }
}

/// Text made to be slow: the readers look at each place a bounded number of times.
TEST_F(Reading, HostileTextYieldsARecord) {
  std::string text;
  for (int i = 0; i < 800; ++i) text += "the the early late mid - the end of the ";
  for (int i = 0; i < 800; ++i) text += "1,000 1 1/2 hundred thousand million and a half ";
  for (int i = 0; i < 800; ++i)
    text += "last last next Friday, Friday of May of 99999999999999999999 ";
  const Record record = read(text, kExampleDay);
  EXPECT_EQ(record.text, text);
  for (const Time& t : record.times) EXPECT_LE(t.span.end, text.size());
}

/// Five times as much of it takes some five times as long; 25 times would be a square.
TEST_F(Reading, HostileNumbersTakeLinearTime) {
  const auto seconds = [](std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    const std::clock_t begin = std::clock();
    const Record record = read(text, kExampleDay);
    EXPECT_EQ(record.text, text);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  for (const char* piece :
       {"1234567890", "12 ", "two or three or ", "$$$", "$1 to $2 to ", "two hundred million ",
        "several hundred dozen ", "dozens of ", "the number of ", "no how many without ", "\"Two ",
        "-1-on", "1 u . s . ", "from 1 to 2 ", "12 men killed and "}) {
    const double small = std::min(seconds(piece, 8'000), seconds(piece, 8'000));
    const double large = seconds(piece, 40'000);
    EXPECT_LT(large, 12 * small + 0.05) << piece;
  }
}

}  // namespace
}  // namespace dateline
