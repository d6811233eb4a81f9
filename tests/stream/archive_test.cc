// Archives of files: ZIP, tar, WACZ; and the older and other archives of pages, ARC and MHTML.
// SPDX-License-Identifier: Apache-2.0
#include "stream/web.h"

namespace dateline::stream {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Archive, ItsReportsAreFoundAsInADirectory) {
  const Entries entries = {{"a.html", page(1)},
                           {"deep/er/b.txt", "Two."},
                           {"c.jsonl", R"({"text": "Three."})"},
                           {"d.warc.gz", zipped(record("response", response(page(4))))},
                           {"e.png", "no report"},
                           {".hidden.html", page(6)},
                           {"__MACOSX/a.html", page(7)}};
  const auto reports = ElementsAre("a.html:0: " + page(1), "deep/er/b.txt:0: Two.",
                                   "c.jsonl:1: Three.", "d.warc.gz:1: " + page(4));
  EXPECT_THAT(found_in(zip(entries), "a.zip"), reports);
  EXPECT_THAT(found_in(zip(entries), "a"), reports) << "by its first bytes";
  EXPECT_THAT(found_in(tar(entries), "a.tar"), reports);
  EXPECT_THAT(found_in(tar(entries), "a"), reports);
  EXPECT_THAT(found_in(zipped(tar(entries)), "a.tar.gz"), reports);
  EXPECT_THAT(found_in(zipped(tar(entries)), "a.tgz"), reports);
  EXPECT_THAT(found_in(zstded(tar(entries)), "a.tar.zst"), reports);
}

TEST(Archive, NamesHaveTheLettersOfAnyLanguage) {
  // As programs write them since 2007, marked as UTF-8; this one holds "a" alone.
  std::string file("PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\x5C\x43\xBE\xB7\xE8\x01\0\0\0\x01\0\0\0",
                   26);
  const std::string name = "Überfall – ферри.txt";
  file += static_cast<char>(name.size());
  file += std::string(3, '\0') + name + "a";
  const std::string central =
      std::string("PK\x01\x02\x14\x03", 6) + file.substr(4, 26) + std::string(14, '\0') + name;
  const auto number = [](std::size_t value) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    return bytes;
  };
  const std::string end = std::string("PK\x05\x06\0\0\0\0\x01\0\x01\0", 12) +
                          number(central.size()) + number(file.size()) + std::string(2, '\0');
  EXPECT_THAT(found_in(file + central + end, "a.zip"), ElementsAre(name + ":0: a"));
}

TEST(Archive, OfAWaczThePagesOfItsArchives) {
  const Entries entries = {{"archive/data.warc.gz", zipped(record("response", response(page(1))))},
                           {"pages/pages.jsonl", R"({"format": "json-pages-1.0"})"},
                           {"indexes/index.cdx", "no report"},
                           {"datapackage.json", "{}"}};
  EXPECT_THAT(found_in(zip(entries), "a.wacz"), ElementsAre("archive/data.warc.gz:1: " + page(1)));
  EXPECT_THAT(found_in(zip({{"crawl.wacz", zip(entries)}}), "a.zip"),
              ElementsAre("crawl.wacz/archive/data.warc.gz:1: " + page(1)));
}

TEST(Archive, WhatIsMadeToHarmIsARejection) {
  EXPECT_THAT(found_in(zip({{"../../a.html", page(1)}, {"/b.html", page(2)}, {"c.html", page(3)}}),
                       "a.zip"),
              ElementsAre("../../a.html:0: DL1014", "/b.html:0: DL1014", "c.html:0: " + page(3)));
  std::string nested = zip({{"a.html", page(1)}});
  for (int i = 0; i < 10; ++i) nested = zip({{"a.zip", nested}});
  EXPECT_THAT(found_in(nested, "a.zip"), ElementsAre(EndsWith("DL1014")));
  const std::string bomb = zip({{"a.txt", std::string(4'000'000, 'a')}, {"b.html", page(2)}});
  EXPECT_LT(bomb.size(), 100'000);
  EXPECT_THAT(found_in(bomb, "a.zip"), ElementsAre("a.txt:0: DL1001", "b.html:0: " + page(2)));
  // What has no end is not read to one, not even where it is passed over.
  const std::string large =
      zipped(tar({{"a.jsonl", std::string(100'000'000, '\n')}, {"b.html", page(2)}}));
  EXPECT_THAT(found_in(large, "a.tar.gz"), testing::Contains(EndsWith("DL1014")));
}

TEST(Archive, ManyEntriesAreAsGoodAsFew) {
  Entries entries;
  for (int i = 0; i < 20'000; ++i) entries.push_back({fmt::format("{}.txt", i), "One."});
  EXPECT_EQ(found_in(zip(entries), "a.zip").size(), entries.size());
}

TEST(Archive, ABrokenOneIsARejection) {
  const std::string whole = zip({{"a.html", page(1)}, {"b.html", page(2)}});
  EXPECT_THAT(found_in("PK\x03\x04 and nothing", "a.zip"), ElementsAre("0: DL1014"));
  EXPECT_THAT(found_in("", "a.zip"), ElementsAre("0: DL1014"));
  EXPECT_THAT(found_in(zip({{"a.png", "no report"}}), "a.zip"), ElementsAre("0: DL1014"));
  for (std::size_t size = 1; size < whole.size(); size += 7) {
    for (const std::string& found : found_in(whole.substr(0, size), "a.zip")) {
      EXPECT_THAT(found,
                  testing::AnyOf(HasSubstr("DL1014"), HasSubstr("gazette"), EndsWith(":0: ")))
          << size;
    }
  }
  const std::string locked = packed({{"a.html", page(1)}}, [](archive* out) {
    archive_write_set_format_zip(out);
    archive_write_set_options(out, "zip:encryption=traditional");
    archive_write_set_passphrase(out, "secret");
  });
  EXPECT_THAT(found_in(locked, "a.zip"), ElementsAre("a.html:0: DL1014"));
}

TEST(Archive, AnEntryThatBreaksEnds) {
  const std::string whole =
      zip({{"a.warc", record("response", response(page(1) + std::string(500, 'a')))}});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0xFF);
    EXPECT_LT(found_in(broken, "a.zip").size(), 9) << at;
  }
}

std::string arc_record(std::string_view uri, std::string_view body) {
  return fmt::format("{} 192.0.2.1 20060310080000 text/html {}\n{}\n", uri, body.size(), body);
}

TEST(Arc, GivesThePagesAndPassesOverTheRest) {
  const std::string begin =
      "filedesc://a.arc 0.0.0.0 20060310080000 text/plain 19\n1 0 a recorder\nURL \n";
  const std::string file =
      begin + "\n" + arc_record("https://gazette.example/1", response(page(1))) +
      arc_record("https://gazette.example/2", response(page(2), "", "404 Not Found")) +
      arc_record("https://gazette.example/3", response(page(3)));
  const auto pages = ElementsAre("2: " + page(1), "4: " + page(3));
  EXPECT_THAT(found_in(file, "a.arc"), pages);
  EXPECT_THAT(found_in(file, "a"), pages) << "by its first line";
  EXPECT_THAT(found_in(zipped(file), "a.arc.gz"), pages);
  EXPECT_THAT(found_in("no record\n" + file, "a.arc"),
              ElementsAre("1: DL1011", "3: " + page(1), "5: " + page(3)));
  EXPECT_THAT(found_in(file.substr(0, file.size() - 9), "a.arc"),
              ElementsAre("2: " + page(1), StartsWith("!4: <p>Page 3")));
}

TEST(Mhtml, ThePageAsItWasSaved) {
  const std::string file =
      "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/ferry\r\n"
      "Subject: Ferry\r\nDate: Tue, 10 Mar 2026 08:00:00 +0200\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related; type=\"text/html\"; boundary=\"--X\"\r\n\r\n"
      "----X\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "Content-Location: https://gazette.example/ferry\r\n\r\n<p>The ferry =E2=80=94 a "
      "re=\r\nport.</p>\r\n"
      "----X\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"
      "----X--\r\n";
  const language::Directory directory;
  directory.write("a.mhtml", file);
  auto source = open_source({(directory.path() / "a.mhtml").string()}, {});
  ASSERT_TRUE(source);
  const auto found = (*source)->next();
  ASSERT_TRUE(found && found->input);
  EXPECT_THAT(found->input->bytes, StartsWith("<p>The ferry — a report.</p>"));
  EXPECT_EQ(found->input->uri, "https://gazette.example/ferry");
  EXPECT_EQ(found->input->retrieved, "2026-03-10T06:00:00Z");
  EXPECT_THAT(found_in("no such thing", "a.mhtml"), ElementsAre("0: DL1015"));
  std::string deep = "MIME-Version: 1.0\r\n";
  for (int i = 0; i < 2000; ++i) {
    deep += fmt::format("Content-Type: multipart/mixed; boundary=b{}\r\n\r\n--b{}\r\n", i, i);
  }
  EXPECT_THAT(found_in(deep, "a.mhtml"), ElementsAre("0: DL1015"));
}

}  // namespace
}  // namespace dateline::stream
