// SPDX-License-Identifier: Apache-2.0
#include "article/article.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "article/pages.h"
#include "article/parsing/text.h"

namespace dateline {
namespace {

/// The words that the map's bytes give, character references read.
std::string mapped_words(const Record& record, std::string_view bytes) {
  std::string words(record.text.size(), ' ');
  for (const SourceSpan& one : *record.source_map) {
    const std::string written = article::plain_value(bytes.substr(one.begin, one.end - one.begin));
    const std::string_view text = one.span.of(record.text);
    if (written.size() == text.size()) words.replace(one.span.begin, one.span.size(), written);
  }
  return words;
}

TEST(Page, TheMapLeadsBackToThePage) {
  const std::string page = fmt::format(
      "\xEF\xBB\xBF<title>Dockers &amp; owners</title><h1>Dockers &amp;   <b>owners</b>\n meet</h1>"
      "<p>It is caf&eacute; \u201Ctime\u201D in L&#225;gos,<br>they&nbsp;said.</p>{}",
      kStory);
  const auto record = read_page(page);
  ASSERT_TRUE(record) << record.error().message;
  ASSERT_TRUE(record->source_map);
  std::string expected = record->text;
  std::string words = mapped_words(*record, page);
  for (std::string* text : {&expected, &words}) {
    for (char& c : *text) c = static_cast<unsigned char>(c) <= ' ' ? ' ' : c;
  }
  // A no-break space of the page is a blank of the text.
  EXPECT_EQ(words, expected);
}

TEST(Page, TheMapCountsTheBytesThatWereGiven) {
  const std::string page =
      "<meta charset=iso-8859-1><h1>M\xFCller</h1><p>F\xFCnf Verletzte, sagte der Sprecher am "
      "Abend "
      "der Zeitung, und die Stra\xDF"
      "e blieb gesperrt.</p>" +
      std::string(kStory);
  const auto record = read_page(page);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->source.charset, "windows-1252");
  const std::size_t at = record->text.find("blieb");
  ASSERT_NE(at, std::string::npos);
  for (const SourceSpan& one : *record->source_map) {
    if (one.span.begin > at || one.span.end <= at) continue;
    const std::uint64_t byte = one.end - (one.span.end - at);
    EXPECT_EQ(page.substr(byte, 5), "blieb");
    return;
  }
  ADD_FAILURE() << "no stretch of the map holds the word";
}

TEST(Page, BadPagesAreReadOrRefusedInBoundedTime) {
  const auto times = [](std::string_view piece, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
  };
  const std::string story(kStory);
  const std::pair<std::string, std::string> pages[] = {
      {"nested", times("<div>", 100000) + story},
      {"nested inline", times("<b><i>", 100000) + story},
      {"nested tables", times("<table><tr><td>", 100000) + story},
      {"nested lists", times("<ul><li>", 100000) + story},
      {"end tags of nothing", times("</span></div></p></li>", 200000) + story},
      {"end tags in depth", times("<div>", 600) + times("</span>", 500000) + story},
      {"colspan", "<table><tr><td colspan=9e15 rowspan=99999999999>a</table>" + story},
      {"only divs", times("<div>", 3000000)},
      {"scripts only", times("<script>var a = '<p>no text</p>';</script>", 20000)},
      {"comments", times("<!-- ", 500000)},
      {"an open attribute", "<a href=\"" + times("<p>", 500000)},
      {"attributes", "<p " + times("a=b ", 500000) + ">" + story},
      {"references", "<p>" + times("&#", 500000) + times("&ampamp", 100000)},
      {"NULs", std::string(10, '\0') + story + std::string(3, '\0') + story},
      {"one word", "<p>" + times("a", 3000000)},
      {"dates", times("<p>9 March 2026 ", 50000)},
      {"less-than", times("<", 3000000)},
      {"ampersands", times("&", 3000000) + story},
      {"elements of many kinds",
       times("<ul><li><svg><x-a><button><b><dl><dt><table><td>w ", 60000)},
      {"marked and nested", times("<div itemprop=datePublished class=date>9 March 2026 ", 20000)},
      {"headings nested", times("<h2>w ", 100000)},
      {"classes", "<div class=\"" + times("byline share x ", 200000) + "\">" + story},
      {"json names", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":" +
                         times("{\"name\":", 300000) + "\"a\"" + times("}", 300000) + "}</script>" +
                         story},
      {"dates in a word", "<h1>Dockers</h1><p>" + times("1/1/2026,", 300000) + "</p>" + story},
      {"digits", "<h1>Dockers</h1><p>" + times("20260309", 300000) + "</p>" + story},
      {"digits in JSON",
       "<script>{\"datePublished\":\"" + times("2026", 500000) + "</script>" + story},
      {"members of JSON",
       "<script>" + times("\"datePublished\":\"x", 200000) + "</script>" + story},
      {"nested times", "<h1>Dockers</h1>" + times("<time>9 March 2026", 50000) + story},
      {"nested days", times("<b itemprop=datePublished>9 March 2026", 30000) + story},
      {"nested authors", times("<b itemprop=author>", 50000) + story},
      {"a long title and headings", "<title>" + times("Dockers ", 30000) + "</title>" +
                                        times("<h1>Dockers walk out</h1>", 30000) + story},
      {"a title of dashes",
       "<title>" + times("-", 1000000) + "</title>" + times("<p>-</p>", 30000) + story},
      {"authors in a statement",
       "<meta name=author content='" + times("Ada Obi, ", 500000) + "'>" + story},
      {"statements of authors", times("<meta name=author content='Ada Obi'>", 50000) + story},
      {"authors and nobody", "<meta name=author content='" + times("and ", 500000) + "'>" + story},
      {"a long byline", "<h1>Dockers</h1><p class=byline>By " + times("Ada ", 500000) + story},
      {"days in titles", times("<i title='9 March 2026'>", 30000) + story},
      {"json",
       "<script type=application/ld+json>" + times("[{\"@graph\":", 100000) + "</script>" + story},
  };
  for (const auto& [name, page] : pages) {
    const auto begin = std::chrono::steady_clock::now();
    const auto record = read_page(page);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), 20) << name;  // Not a timing: what is not linear takes hours.
    if (!record) {
      EXPECT_EQ(record.error().code, 1003) << name;
    }
    const bool has_story = page.ends_with(kStory);
    if (has_story && name != "an open attribute") {
      ASSERT_TRUE(record) << name << ": " << record.error().message;
      EXPECT_NE(record->text.find("Five dockers"), std::string::npos) << name;
    }
  }
}

TEST(Page, WhatIsNoPageIsRefused) {
  for (const std::string_view bytes :
       {"%PDF-1.7\n%\xE2\xE3", "\r\n%PDF-1.7\n%\xE2\xE3", "\x89PNG\r\n\x1A\n", "\xFF\xD8\xFF\xE0",
        "\x01\x9C\x02\xE7\x11 any bytes \x1F\xC0\x80"}) {
    const auto record = read_page(std::string(bytes));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, 1002);
  }
}

TEST(Page, WhatHasNoArticleIsRefusedOrDoubted) {
  for (const std::string_view page :
       {"<title>App</title><div id=root></div><script>var a = '<p>Words of a "
        "script.</p>';</script>",
        "<title>App</title><noscript>You need to enable JavaScript.</noscript><div></div>"}) {
    const auto record = read_page(std::string(page));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, 1003);
  }
  std::string pieces;
  for (std::size_t i = 0; i < 1'000'001; ++i) pieces += "<p>w";
  const auto too_many = read_page(std::move(pieces));
  ASSERT_FALSE(too_many);
  EXPECT_EQ(too_many.error().code, 1001);
  const auto record = read_page(
      "<title>Port talks go on</title><h1>Port talks go on</h1><p>The talks about pay went on into "
      "the night at the port, both sides said on Monday.</p><h2>Subscribe to read on</h2><form>"
      "<input type=password><button>Log in</button></form>");
  ASSERT_TRUE(record);
  ASSERT_EQ(record->warnings.size(), 1U);
  EXPECT_NE(record->warnings[0].find("members only"), std::string::npos) << record->warnings[0];
}

TEST(Page, ATextOfMoreLinesThanAnyReportIsRefused) {
  Input input;
  for (int i = 0; i < 1'100'000; ++i) input.bytes += "- x\n";
  const auto tables = article::Tables::load(kSource / "knowledge");
  ASSERT_TRUE(tables) << tables.error().message;
  const auto record = article::read(input, *tables, 100'000'000);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().code, 1001);
  EXPECT_NE(record.error().message.find("1100000 lines"), std::string::npos);
}

}  // namespace
}  // namespace dateline
