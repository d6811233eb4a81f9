// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "dateline/stream.h"
#include "language/cases.h"

namespace dateline {
namespace {

using language::Directory;
using testing::ElementsAre;
using testing::HasSubstr;

std::string zipped(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string record(std::string_view kind, std::string_view body, std::string_view length = "") {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: https://gazette.example/{}\r\n"
      "WARC-Date: 2026-03-10T08:00:00Z\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      kind, kind, length.empty() ? std::to_string(body.size()) : std::string(length), body);
}

std::string response(std::string_view body, std::string_view headers = "",
                     std::string_view status = "200 OK") {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\n{}\r\n{}", status,
                     headers, body);
}

std::string page(int number) { return fmt::format("<p>Page {} of the gazette.</p>", number); }

/// What a source gives for a file of these bytes: "3: bytes of the page" or "3: DL1011".
std::vector<std::string> found_in(std::string_view bytes, const std::string& name,
                                  std::size_t max_bytes = 1 << 20) {
  const Directory directory;
  const std::string path = (directory.path() / name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  SourceOptions options;
  options.max_bytes = max_bytes;
  auto source = open_source({path}, options);
  std::vector<std::string> out;
  if (!source) return {source.error().message};
  while (auto found = (*source)->next()) {
    out.push_back(fmt::format(
        "{}: {}", found->place.line,
        found->input ? found->input->bytes : fmt::format("DL{}", found->input.error().code)));
  }
  return out;
}

TEST(Warc, GivesThePagesAndPassesOverTheRest) {
  const std::string file = record("warcinfo", "software: none") +
                           record("response", response(page(1))) + record("request", "GET /") +
                           record("response", response(page(2), "", "404 Not Found")) +
                           record("response", response(page(3)));
  const auto pages = ElementsAre("2: " + page(1), "5: " + page(3));
  EXPECT_THAT(found_in(file, "a.warc"), pages);
  EXPECT_THAT(found_in(zipped(file), "a.warc.gz"), pages);
  EXPECT_THAT(found_in(file, "a"), pages) << "by its first bytes";
}

TEST(Warc, EachRecordMayBeAMemberOfItsOwn) {
  std::string file;
  for (int i = 1; i <= 3; ++i) file += zipped(record("response", response(page(i))));
  EXPECT_THAT(found_in(file, "a.warc.gz"),
              ElementsAre("1: " + page(1), "2: " + page(2), "3: " + page(3)));
}

TEST(Warc, BodiesAreUnpacked) {
  const std::string chunks = fmt::format("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", page(1).substr(0, 5),
                                         page(1).size() - 5, page(1).substr(5));
  const std::string file =
      record("response", response(chunks, "Transfer-Encoding: chunked\r\n")) +
      record("response", response(zipped(page(2)), "Content-Encoding: gzip\r\n")) +
      record("response", response(zipped(page(3)).substr(0, 20), "Content-Encoding: gzip\r\n")) +
      record("response", response("\x8B\x01", "Content-Encoding: br\r\n")) +
      record("response", response(page(5)));
  EXPECT_THAT(found_in(file, "a.warc"), ElementsAre("1: " + page(1), "2: " + page(2), "3: DL1010",
                                                    "4: DL1011", "5: " + page(5)));
}

TEST(Warc, ABrokenRecordIsReportedAndTheNextOneRead) {
  const std::string good = record("response", response(page(1)));
  for (const std::string& bad :
       {record("response", response(page(2)), "7"), record("response", response(page(2)), "999999"),
        record("response", response(page(2)), "-1"), record("response", response(page(2)), "9e15"),
        record("response", response(page(2)), "9000000000000000000"),
        record("request", "GET / HTTP/1.1", "9000000000000000000"),
        record("request", "GET / HTTP/1.1", "99999999"), record("response", "no HTTP at all"),
        std::string("no record at all\r\n\r\n"),
        std::string("WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n")}) {
    const auto found = found_in(good + bad + good, "a.warc");
    ASSERT_EQ(found.size(), 3) << bad << "\n" << fmt::format("{}", fmt::join(found, "\n"));
    EXPECT_THAT(found[0], HasSubstr(page(1)));
    EXPECT_THAT(found[1], HasSubstr("DL1011"));
    EXPECT_THAT(found[2], HasSubstr(page(1)));
  }
}

TEST(Warc, NoRecordIsLongerThanItCouldBe) {
  const std::string good = zipped(record("response", response(page(1))));
  const std::string bad = zipped(record("request", "GET / HTTP/1.1", "9000000000000000000"));
  EXPECT_THAT(found_in(good + bad + good, "a.warc.gz"),
              ElementsAre("1: " + page(1), "2: DL1011", "3: " + page(1)));
}

TEST(Warc, ABrokenMemberLosesOneRecord) {
  std::string bad = zipped(record("response", response(page(2))));
  for (std::size_t i = 30; i < 60; ++i) bad[i] = '\xFF';
  const std::string good = zipped(record("response", response(page(1))));
  const auto found = found_in(good + bad + good, "a.warc.gz");
  EXPECT_THAT(found.front(), HasSubstr(page(1)));
  EXPECT_THAT(found.back(), HasSubstr(page(1)));
  EXPECT_GE(found.size(), 3);
}

TEST(Warc, OneThatEndsInTheMiddleIsReported) {
  const std::string good = record("response", response(page(1)));
  EXPECT_THAT(found_in(good + good.substr(0, good.size() - 20), "a.warc"),
              ElementsAre("1: " + page(1), "2: DL1011"));
  EXPECT_THAT(found_in(good + good.substr(0, 60), "a.warc"),
              ElementsAre("1: " + page(1), "2: DL1011"));
  const std::string one = zipped(good);
  EXPECT_THAT(found_in(one + one.substr(0, one.size() / 2), "a.warc.gz"),
              ElementsAre("1: " + page(1), "2: DL1011"));
}

TEST(Warc, ARecordThatIsTooLargeIsNeverHeld) {
  const std::string file = record("response", response(std::string(200000, 'x'))) +
                           record("response", response(page(2)));
  EXPECT_THAT(found_in(file, "a.warc", 1000), ElementsAre("1: DL1001", "2: " + page(2)));
}

TEST(Gzip, FilesAreReadAsWhatTheyHold) {
  EXPECT_THAT(found_in(zipped(page(1)), "a.html.gz"), ElementsAre("0: " + page(1)));
  EXPECT_THAT(found_in(zipped("<p>a") + zipped("b</p>"), "a.html.gz"), ElementsAre("0: <p>ab</p>"));
  EXPECT_THAT(found_in(zipped(R"({"text": "One."})"), "a.jsonl.gz"), ElementsAre("1: One."));
  EXPECT_THAT(found_in(zipped(page(1)).substr(0, 15), "a.html.gz"), ElementsAre("0: DL1010"));
  EXPECT_THAT(found_in(zipped(std::string(3000000, 'a')), "a.txt.gz"), ElementsAre("0: DL1001"));
}

}  // namespace
}  // namespace dateline
