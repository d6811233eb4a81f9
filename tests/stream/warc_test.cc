// SPDX-License-Identifier: Apache-2.0
#include "stream/web.h"

namespace dateline::stream {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

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

TEST(Warc, APdfIsAReportToo) {
  const std::string pdf = "%PDF-1.4 and more";
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n";
  const std::string file = record("response", head + "\r\n" + pdf) +
                           record("response", head + "Content-Encoding: gzip\r\n\r\n" + pdf) +
                           record("resource", pdf, "", "Content-Type: application/pdf\r\n") +
                           record("resource", "text", "", "Content-Type: text/css\r\n");
  EXPECT_THAT(found_in(file, "a.warc"), ElementsAre("1: " + pdf, "2: " + pdf, "3: " + pdf));
}

TEST(Warc, OfARecordInSegmentsTheFirstIsReadWithAWarning) {
  const std::string file = record("response", response(page(1)), "", "WARC-Segment-Number: 1\r\n") +
                           record("continuation", "<p>More.</p>", "", "WARC-Segment-Number: 2\r\n");
  EXPECT_THAT(found_in(file, "a.warc"), ElementsAre("!1: " + page(1)));
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
  const std::string long_page = "<p>" + std::string(3000, 'a') + "</p>" + page(1);
  const struct {
    std::string headers, body, found;
  } cases[] = {
      {"Transfer-Encoding: chunked\r\n", chunks, "1: " + page(1)},
      {"Content-Encoding: gzip\r\n", zipped(page(2)), "1: " + page(2)},
      {"Content-Encoding: br\r\n", brotlied(page(2)), "1: " + page(2)},
      {"Content-Encoding: zstd\r\n", zstded(page(2)), "1: " + page(2)},
      {"Content-Encoding: gzip, br\r\n", brotlied(zipped(page(2))), "1: " + page(2)},
      // Their recorder has unpacked them, and kept the header.
      {"Content-Encoding: br\r\n", page(2), "1: " + page(2)},
      {"Transfer-Encoding: chunked\r\n", page(2), "1: " + page(2)},
      {"Transfer-Encoding: chunked\r\n", page(2) + "\n", "1: " + page(2) + "\n"},
      {"Transfer-Encoding: chunked\r\n", "12\n" + page(2), "1: 12\n" + page(2)},
      {"Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", brotlied(page(2)),
       "1: " + page(2)},
      // What ends too early is read to there.
      {"Transfer-Encoding: chunked\r\n", chunks.substr(0, 16), "!1: <p>Page"},
      {"Content-Encoding: br\r\n", "\x8B\x01", "1: DL1010"},
      {"Content-Encoding: zstd\r\n", "nothing of the kind", "1: DL1010"},
      {"Content-Encoding: gzip\r\n", zipped(page(3)).substr(0, 10), "1: DL1010"},
      {"Content-Encoding: lzma\r\n", "]", "1: DL1011"},
  };
  for (const auto& [headers, body, found] : cases) {
    EXPECT_THAT(found_in(record("response", response(body, headers)), "a.warc"), ElementsAre(found))
        << headers << body;
  }
  for (const auto& [name, body] :
       {std::pair("br", brotlied(long_page)), {"gzip", zipped(long_page)}}) {
    const auto cut =
        response(body.substr(0, body.size() - 8), fmt::format("Content-Encoding: {}\r\n", name));
    EXPECT_THAT(found_in(record("response", cut), "a.warc"),
                ElementsAre(AnyOf(StartsWith("!1: <p>aaa"), "1: DL1010")))
        << name;
  }
}

TEST(Warc, ABodyThatUnpacksToTooMuchIsNotHeld) {
  const std::string bomb = "<p>" + std::string(3'000'000, 'a');
  for (const auto& [name, body] :
       {std::pair("br", brotlied(bomb)), {"gzip", zipped(bomb)}, {"zstd", zstded(bomb)}}) {
    const auto packed = response(body, fmt::format("Content-Encoding: {}\r\n", name));
    EXPECT_THAT(found_in(record("response", packed), "a.warc"), ElementsAre("1: DL1001")) << name;
  }
}

TEST(Warc, ZstdWithAndWithoutADictionary) {
  const std::string one = record("response", response(page(1)));
  const std::string two = record("response", response(page(2)));
  const auto pages = ElementsAre("1: " + page(1), "2: " + page(2));
  EXPECT_THAT(found_in(zstded(one) + zstded(two), "a.warc.zst"), pages);
  EXPECT_THAT(found_in(zstded(one) + zstded(two), "a"), pages);
  const std::string dictionary = "WARC/1.0\r\nWARC-Type: response\r\n<p>Page of the gazette.</p>";
  for (const std::string& stored : {dictionary, zstded(dictionary)}) {
    std::string frame = "\x5D\x2A\x4D\x18";
    for (int i = 0; i < 4; ++i) frame += static_cast<char>(stored.size() >> (8 * i) & 0xFF);
    EXPECT_THAT(
        found_in(frame + stored + zstded(one, dictionary) + zstded(two, dictionary), "a.warc.zst"),
        pages);
  }
  EXPECT_THAT(found_in("\x5D\x2A\x4D\x18\xFF\xFF\xFF\xFF junk", "a.warc.zst"),
              ElementsAre("1: DL1010"));
  std::string broken = zstded(two);
  for (std::size_t i = 12; i < broken.size(); ++i) broken[i] = '\xFF';
  EXPECT_THAT(found_in(broken + zstded(one), "a.warc.zst"), testing::Contains(HasSubstr(page(1))));
}

TEST(Warc, ARevisitIsThePageFoundAgain) {
  const std::string digest = "WARC-Payload-Digest: sha1:AAAA\r\n";
  const std::string file =
      record("response", response(page(1)), "", digest) +
      record("revisit", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "", digest) +
      record("revisit", "HTTP/1.1 200 OK\r\n\r\n", "", "WARC-Payload-Digest: sha1:BBBB\r\n");
  EXPECT_THAT(found_in(file, "a.warc"), ElementsAre("1: " + page(1), "2: " + page(1)));
}

TEST(Warc, WhatWasClippedWhenItWasFetchedIsReadWithAWarning) {
  EXPECT_THAT(
      found_in(record("response", response(page(1)), "", "WARC-Truncated: length\r\n"), "a.warc"),
      ElementsAre("!1: " + page(1)));
}

TEST(Warc, ARecordThatIsCutShortIsReadToWhereItEnds) {
  const std::string good = record("response", response(page(1)));
  const std::string longer = record("response", response(page(2)), "999999");
  EXPECT_THAT(found_in(longer + good, "a.warc"),
              ElementsAre(StartsWith("!1: " + page(2)), "2: " + page(1)));
  EXPECT_THAT(found_in(zipped(longer) + zipped(good), "a.warc.gz"),
              ElementsAre(StartsWith("!1: " + page(2)), "2: " + page(1)));
  EXPECT_THAT(found_in(good + good.substr(0, good.size() - 8), "a.warc"),
              ElementsAre("1: " + page(1), "!2: " + page(1).substr(0, page(1).size() - 4)));
}

TEST(Warc, ABrokenRecordIsReportedAndTheNextOneRead) {
  const std::string good = record("response", response(page(1)));
  for (const std::string& bad :
       {record("response", response(page(2)), "7"), record("response", response(page(2)), "-1"),
        record("response", response(page(2)), "9e15"),
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
  EXPECT_THAT(found_in(good + good.substr(0, 60), "a.warc"),
              ElementsAre("1: " + page(1), "2: DL1011"));
  const std::string one = zipped(good);
  EXPECT_THAT(found_in(one + one.substr(0, one.size() / 2), "a.warc.gz"),
              ElementsAre("1: " + page(1), AnyOf("2: DL1011", StartsWith("!2: "))));
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
}  // namespace dateline::stream
