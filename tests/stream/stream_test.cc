// Many reports on many threads: order, bounds and stops, through the public doors.
// SPDX-License-Identifier: Apache-2.0
#include "dateline/stream.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "dateline/record.h"
#include "language/cases.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

using language::Directory;
using language::kPipeline;
using testing::ElementsAre;
using testing::HasSubstr;

/// Gives `count` short reports and remembers how many were taken.
class Counted : public Source {
 public:
  explicit Counted(std::uint64_t count) : count_(count) {}

  std::optional<Found> next() override {
    if (taken == count_) return std::nullopt;
    const std::uint64_t number = taken++;
    Input input;
    input.id = fmt::format("r{}", number);
    input.bytes = fmt::format("Report {}. Five people were hurt in Lagos on Friday.", number);
    input.date = "2026-03-09";
    return Found{{"counted", number + 1}, std::move(input), {}, fmt::format("tag {}", number), 1};
  }

  std::atomic<std::uint64_t> taken = 0;

 private:
  std::uint64_t count_;
};

Reader article_reader() {
  ReaderOptions options;
  options.until = Until::kArticle;
  return std::move(Reader::open(options).value());
}

RunOptions on_threads(unsigned threads) {
  RunOptions options;
  options.threads = threads;
  return options;
}

std::vector<Delivery> read_paths(const std::vector<std::string>& paths, const Reader& reader,
                                 const SourceOptions& options = {}) {
  auto source = open_source(paths, options);
  EXPECT_TRUE(source) << source.error().message;
  std::vector<Delivery> deliveries;
  if (!source) return deliveries;
  EXPECT_TRUE(read_all(**source, reader, {}, [&](Delivery&& delivery) {
    deliveries.push_back(std::move(delivery));
    return true;
  }));
  return deliveries;
}

TEST(Stream, DeliversInOrderWhateverTheThreads) {
  const Reader reader = article_reader();
  for (const unsigned threads : {1u, 2u, 7u}) {
    Counted source(1000);
    std::uint64_t expected = 0;
    const auto summary = read_all(source, reader, on_threads(threads), [&](Delivery&& delivery) {
      EXPECT_EQ(delivery.number, expected);
      EXPECT_EQ(delivery.id, fmt::format("r{}", expected));
      EXPECT_EQ(delivery.tag, fmt::format("tag {}", expected));
      EXPECT_EQ(delivery.place.text(), fmt::format("counted:{}", ++expected));
      return true;
    });
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->read, 1000u);
    EXPECT_EQ(summary->rejected, 0u);
    EXPECT_FALSE(summary->stopped);
  }
}

TEST(Stream, TheSameBytesOnAnyNumberOfThreads) {
  SKIP_WITHOUT_PIPELINE();
  ReaderOptions with_tokens;
  with_tokens.tokens = true;
  const auto reader = Reader::open(with_tokens);
  ASSERT_TRUE(reader) << reader.error().message;
  std::vector<std::string> answers;
  for (const unsigned threads : {1u, 4u}) {
    Counted source(60);
    std::string& all = answers.emplace_back();
    RunOptions options = on_threads(threads);
    options.render = [](Delivery& delivery) { append_json(*delivery.record, delivery.rendered); };
    ASSERT_TRUE(read_all(source, *reader, options, [&](Delivery&& delivery) {
      all += delivery.rendered + "\n";
      return true;
    }));
  }
  EXPECT_EQ(answers[0], answers[1]);
}

TEST(Stream, ASlowReceiverSlowsTheSource) {
  const Reader reader = article_reader();
  Counted source(100'000);
  std::uint64_t most_ahead = 0;
  std::uint64_t delivered = 0;
  ASSERT_TRUE(read_all(source, reader, on_threads(2), [&](Delivery&&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    most_ahead = std::max(most_ahead, source.taken - ++delivered);
    return delivered < 100;
  }));
  EXPECT_LE(most_ahead, 32u);
}

TEST(Stream, TheReceiverStopsIt) {
  const Reader reader = article_reader();
  Counted source(100'000);
  std::uint64_t delivered = 0;
  const auto summary =
      read_all(source, reader, on_threads(4), [&](Delivery&&) { return ++delivered < 10; });
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->stopped);
  EXPECT_EQ(delivered, 10u);
  EXPECT_EQ(summary->read, 10u);
}

TEST(Stream, AFlagStopsIt) {
  const Reader reader = article_reader();
  Counted source(100'000);
  std::atomic<bool> stop = false;
  std::uint64_t delivered = 0;
  RunOptions options = on_threads(4);
  options.stop = &stop;
  const auto summary = read_all(source, reader, options, [&](Delivery&&) {
    if (++delivered == 10) stop = true;
    return true;
  });
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->stopped);
  EXPECT_EQ(delivered, 10u);
}

/// One report that takes a while.
std::string long_report(int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i)
    text += "Five people were hurt in Lagos on Friday, police said. ";
  return text;
}

TEST(Stream, AFlagStopsItInTheMiddleOfAReport) {
  SKIP_WITHOUT_PIPELINE();
  const auto reader = Reader::open({});
  ASSERT_TRUE(reader) << reader.error().message;
  const Directory files;
  files.write("a.txt", long_report(2'000));
  auto source = open_source({files.path() / "a.txt"}, {});
  ASSERT_TRUE(source);
  std::atomic<bool> stop = false;
  RunOptions options = on_threads(1);
  options.stop = &stop;
  std::vector<std::string> begun;
  options.begin = [&](std::uint64_t number, const Found& found) {
    begun.push_back(fmt::format("{} {}", number, fs::path(found.place.file).filename().string()));
    stop = true;
  };
  const auto summary = read_all(**source, *reader, options, [&](Delivery&&) {
    ADD_FAILURE() << "a report that was not read to its end is delivered";
    return true;
  });
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->stopped);
  EXPECT_THAT(begun, ElementsAre("0 a.txt"));
}

/// A depth, and of how many sentences a report is that takes a tenth of a second at it.
class StreamAtDepth : public testing::TestWithParam<std::pair<Depth, int>> {};

TEST_P(StreamAtDepth, AReportIsReadWholeOrNotAtAll) {
  SKIP_WITHOUT_PIPELINE();
  ReaderOptions reading;
  reading.depth = GetParam().first;
  const auto reader = Reader::open(reading);
  ASSERT_TRUE(reader) << reader.error().message;
  Input input;
  input.bytes = long_report(GetParam().second);
  const auto json = [&](const Halt& halt) {
    const auto record = reader->read(input, halt);
    std::string out;
    if (record) append_json(*record, out);
    return record ? out : fmt::format("DL{}", record.error().code);
  };
  const std::string whole = json({});
  std::atomic<bool> stop = false;
  EXPECT_EQ(json(Halt(&stop, std::chrono::seconds(3600))), whole);
  // Whenever the flag is set, in whichever room.
  for (const int milliseconds : {0, 3, 10, 30, 60, 100, 150}) {
    stop = false;
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      stop = true;
    });
    const std::string given = json(Halt(&stop, std::chrono::seconds(0)));
    other.join();
    EXPECT_TRUE(given == "DL1012" || given == whole) << milliseconds;
    EXPECT_EQ(json(Halt(&stop, std::chrono::seconds(0))), "DL1012");
  }
  EXPECT_EQ(json({}), whole);  // What was given up leaves nothing behind.
}

INSTANTIATE_TEST_SUITE_P(Stream, StreamAtDepth,
                         testing::Values(std::pair(Depth::kFast, 400),
                                         std::pair(Depth::kExact, 60)));

TEST(Stream, RejectedReportsStandInTheirPlace) {
  const Directory files;
  files.write("a.txt", "The market opened on Friday.");
  files.write("b.txt", std::string("\x7F"
                                   "ELF\x02\x01\x01",
                                   7) +
                           std::string(400, '\0'));
  files.write("c.txt", std::string(2000, 'x'));
  files.write("d.txt", "The market closed on Sunday.");
  SourceOptions options;
  options.max_bytes = 1000;
  const auto found = read_paths({files.path()}, article_reader(), options);
  ASSERT_EQ(found.size(), 4u);
  EXPECT_TRUE(found[0].record);
  ASSERT_FALSE(found[1].record);
  EXPECT_EQ(found[1].record.error().code, 1002);
  ASSERT_FALSE(found[2].record);
  EXPECT_EQ(found[2].record.error().code, 1001);
  EXPECT_TRUE(found[3].record);
}

TEST(Stream, AnIdGivenTwiceIsKeptWithAWarning) {
  const Directory files;
  files.write("a.jsonl", R"({"id":"x","text":"One."})"
                         "\n\n"
                         R"({"id":"x","text":"Two."})"
                         "\n");
  const auto found = read_paths({files.path() / "a.jsonl"}, article_reader());
  ASSERT_EQ(found.size(), 2u);
  ASSERT_TRUE(found[0].record && found[1].record);
  EXPECT_EQ(found[0].record->id, "x");
  EXPECT_EQ(found[1].record->id, "x");
  EXPECT_TRUE(found[0].record->warnings.empty());
  EXPECT_THAT(found[1].record->warnings, ElementsAre(HasSubstr("same id")));
  EXPECT_EQ(found[1].place.line, 3u);  // Blank lines count.
}

/// Rows of json_lines.tsv: a line, and the text it gives or the code and words of its rejection.
TEST(Stream, JsonLines) {
  std::ifstream table(language::kSource / "tests" / "stream" / "json_lines.tsv");
  const Reader reader = article_reader();
  int rows = 0;
  for (std::string row; std::getline(table, row);) {
    if (row.empty() || row[0] == '#') continue;
    ++rows;
    const std::size_t first = row.find('\t');
    const std::size_t second = row.find('\t', first + 1);
    ASSERT_NE(second, std::string::npos) << row;
    const Directory files;
    files.write("a.jsonl", row.substr(0, first) + "\n");
    const int code = std::stoi(row.substr(first + 1));
    const std::string words = row.substr(second + 1);
    const auto found = read_paths({files.path() / "a.jsonl"}, reader);
    ASSERT_EQ(found.size(), 1u) << row;
    if (code == 0) {
      ASSERT_TRUE(found[0].record) << row << ": " << found[0].record.error().message;
      EXPECT_EQ(found[0].record->text, words) << row;
    } else {
      ASSERT_FALSE(found[0].record) << row;
      EXPECT_EQ(found[0].record.error().code, code) << row;
      EXPECT_THAT(found[0].record.error().message, HasSubstr(words)) << row;
    }
  }
  EXPECT_GT(rows, 10);
}

TEST(Stream, PathsAreCheckedBeforeAnythingIsRead) {
  const Directory files;
  files.write("notes.md", "No report.");
  const auto missing = open_source({files.path() / "none.txt"}, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, 1007);
  const auto none = open_source({files.path()}, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, 1008);
}

}  // namespace
}  // namespace dateline
