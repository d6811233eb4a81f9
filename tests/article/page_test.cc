// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/page.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "article/article.h"
#include "article/blocks/words.h"
#include "article/body/model.h"
#include "article/bylines/bylines.h"
#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/head/head.h"
#include "article/parsing/text.h"
#include "dateline/reader.h"
#include "knowledge/table.h"

namespace dateline {
namespace {

const std::filesystem::path kSource = DATELINE_SOURCE_DIR;

/// The tree as text: "html(body(p(one)))".
std::string tree_of(const article::Page& page, std::size_t node = 0) {
  std::string out;
  const auto& one = page[node];
  if (one.tag == article::Tag::kText) return std::string(page.written(node));
  out += one.tag == article::Tag::kOther ? "?" : std::string(tag_info(one.tag).name);
  out += '(';
  for (std::size_t at = node + 1; at < one.end; at = page[at].end) {
    if (at > node + 1) out += ' ';
    out += tree_of(page, at);
  }
  return out + ')';
}

TEST(Page, Trees) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/parsing/trees.tsv", {"html", "tree"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    EXPECT_EQ(tree_of(article::Page(cells[0])), cells[1]) << "trees.tsv:" << line;
  }
}

TEST(Page, TextIsReadAsABrowserReadsIt) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/parsing/texts.tsv", {"html", "text"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    EXPECT_EQ(text_of(article::Page(cells[0]), 0), cells[1]) << "texts.tsv:" << line;
  }
}

TEST(Page, DaysAsPeopleWriteThem) {
  const auto dates = article::PageDates::load(kSource / "knowledge/page_months.tsv",
                                              kSource / "knowledge/page_date_words.tsv");
  ASSERT_TRUE(dates) << dates.error().message;
  const auto table = knowledge::Table::load(kSource / "tests/article/dates/written.tsv",
                                            {"text", "language", "day"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    const auto found = dates->find(cells[0], dates->style_of(cells[1], ""));
    EXPECT_EQ(found ? found->value : "", cells[2]) << "written.tsv:" << line;
  }
}

Reader page_reader() {
  ReaderOptions options;
  options.until = Until::kArticle;
  options.source_map = true;
  return std::move(Reader::open(options).value());
}

Result<Record> read_page(std::string bytes, std::string retrieved = "", std::string uri = "") {
  static const Reader reader = page_reader();
  Input input;
  input.bytes = std::move(bytes);
  input.media_type = MediaType::kHtml;
  input.retrieved = std::move(retrieved);
  input.uri = std::move(uri);
  return reader.read(input);
}

constexpr std::string_view kStory =
    "<p>Five dockers were hurt in Lagos on Friday when a crane fell, the port's union said in a "
    "statement.</p><p>The work went on without them for most of the day, and the owners of the "
    "terminal said that they knew of no complaint.</p><p>The union called on its members to meet "
    "on Sunday, when the talks about their pay are to be taken up again.</p>";

std::string value_of(const Record& record, const std::string& field) {
  const auto day = [](const std::string& value) { return value.substr(0, 10); };
  if (field == "title") return record.title;
  if (field == "authors") return fmt::format("{}", fmt::join(record.authors, "|"));
  if (field == "publisher") return record.source.publisher;
  if (field == "language") return record.language;
  if (field == "modified") return day(record.modified);
  if (field == "published") return record.published ? day(record.published->value) : "";
  if (field == "from") return record.published ? record.published->from : "";
  return "no field " + field;
}

TEST(Page, StatesItsMetadata) {
  const auto table = knowledge::Table::load(kSource / "tests/article/head/heads.tsv",
                                            {"head", "body", "uri", "retrieved", "field", "value"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    const auto record =
        read_page(fmt::format("<html><head>{}</head><body>{}{}</body>", cells[0], cells[1], kStory),
                  cells[3], cells[2]);
    ASSERT_TRUE(record) << "heads.tsv:" << line << ": " << record.error().message;
    EXPECT_EQ(value_of(*record, cells[4]), cells[5]) << "heads.tsv:" << line;
  }
}

/// Each page says once that it is of 9 March 2026, whatever other days stand around it.
TEST(Page, SaysItsDayInManyWays) {
  constexpr std::string_view kReport =
      "<p>Five dockers were hurt in Lagos on Friday when a crane fell, the port's union said in a "
      "statement.</p><p>The work went on without them for most of the day, and the owners of the "
      "terminal said that they knew of no complaint.</p><p>The union called on its members to meet "
      "on Sunday, when the talks about their pay are to be taken up again. The last strike, on 14 "
      "May 2019, had lasted for two weeks and had cost the owners more than they would say.</p>"
      "<p>A spokeswoman for the ministry said that inspectors had been sent to the quay, and that "
      "their report would be made public before the end of the month.</p>";
  const auto pages = knowledge::Table::load(kSource / "tests/article/dates/pages.tsv",
                                            {"language", "head", "above", "below", "after", "uri"});
  const auto surroundings = knowledge::Table::load(kSource / "tests/article/dates/surroundings.tsv",
                                                   {"name", "top", "between", "after", "end"});
  ASSERT_TRUE(pages) << pages.error().message;
  ASSERT_TRUE(surroundings) << surroundings.error().message;
  for (const auto& [around, unused] : surroundings->rows()) {
    for (const auto& [page, line] : pages->rows()) {
      const auto record = read_page(
          fmt::format(
              "<!doctype html><html lang={}><title>Dockers walk out in Lagos | Harbour "
              "Gazette</title>{}</head><body><div class=top><a href=/>Harbour Gazette</a> "
              "<a href=/news>News</a> <a href=/sport>Sport</a></div>{}<div class=wrap>{}"
              "<h1>Dockers walk out in Lagos</h1>{}{}{}{}{}</div>{}<footer>\u00A9 2012-2026 "
              "Harbour Gazette. All rights reserved.</footer>",
              page[0], page[1], around[1], page[2], page[3], around[2], kReport, page[4], around[3],
              around[4]),
          "", page[5].empty() ? "https://gazette.example/dockers" : page[5]);
      ASSERT_TRUE(record) << record.error().message;
      EXPECT_EQ(value_of(*record, "published"), "2026-03-09")
          << "pages.tsv:" << line << ", " << around[0];
    }
  }
}

TEST(Page, SaysBelowItsStoryWhenItWasPosted) {
  const std::pair<std::string_view, std::string_view> ends[] = {
      {"<p>This entry was posted on Monday, March 9th, 2026 at 8:30 am and is filed under Ports. "
       "You "
       "can follow any responses to it through the feed, or leave one from your own site.</p>",
       "2026-03-09"},
      {"<p>Published: 9 March 2026</p>", "2026-03-09"},
      {"<p>9 March 2026</p>", "2026-03-09"},
      {"<p class=bio>Ada Obi has been with the Gazette since 3 May 2019.</p>", ""},
      {"<p>The dockers walked out last on Monday, March 9th, 2020, when the owners of the terminal "
       "had sent home two of them for a meeting that the union had called at noon.</p>",
       ""},
  };
  for (const auto& [end, day] : ends) {
    const auto record =
        read_page(fmt::format("<title>Dockers</title><h1>Dockers</h1>{}{}", kStory, end));
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(value_of(*record, "published"), day) << end;
  }
}

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

/// The text of all sections that are the article's own.
std::string article_of(const Record& record) {
  std::string text;
  for (const Section& section : record.sections) {
    if (section.kind == "boilerplate" || section.kind == "title") continue;
    text += std::string(section.span.of(record.text)) + "\n";
  }
  return text;
}

TEST(Page, AStoryWithoutBlanksBetweenItsWordsIsOne) {
  const std::string story =
      "<p>"
      "港の組合によると、金曜日にクレーンが倒れ、五人の作業員がけがをした。会社は原因を調べている。"
      "</p>"
      "<p>作業は一日のあいだ続いた。組合は日曜日に集会を開き、賃金についての交渉を再開する予定だ。<"
      "/p>";
  const auto record = read_page(
      "<html><head><title>港でクレーンが倒れる</title></head><body><ul><li><a "
      "href=/>ホーム</a></li>"
      "<li><a href=/n>ニュース</a></li><li><a "
      "href=/s>スポーツ</a></li></ul><div><h1>港でクレーンが倒れる"
      "</h1>" +
      story + "</div><div><a href=/p>利用規約</a></div></body></html>");
  ASSERT_TRUE(record) << record.error().message;
  const std::string text = article_of(*record);
  EXPECT_NE(text.find("原因を調べている"), std::string::npos) << text;
  EXPECT_NE(text.find("交渉を再開する"), std::string::npos) << text;
  EXPECT_EQ(text.find("スポーツ"), std::string::npos) << text;
  EXPECT_EQ(text.find("利用規約"), std::string::npos) << text;
}

TEST(Page, EveryTextIsKeptAsWhatItIs) {
  const auto table =
      knowledge::Table::load(kSource / "tests/article/body/sections.tsv", {"page", "kind", "text"});
  ASSERT_TRUE(table) << table.error().message;
  for (const auto& [cells, line] : table->rows()) {
    std::string page(cells[0]);
    const std::string story = fmt::format("<h1>Crane falls in Lagos</h1>{}", kStory);
    if (const std::size_t at = page.find("{story}"); at != std::string::npos) {
      page.replace(at, 7, story);
    }
    const auto record =
        read_page(fmt::format("<html><head><title>Crane falls in Lagos</title></head><body><ul><li>"
                              "<a href=/>Home</a></li></ul>{}</body></html>",
                              page));
    ASSERT_TRUE(record) << "sections.tsv:" << line << ": " << record.error().message;
    std::string found;
    for (const Section& section : record->sections) {
      if (section.span.of(record->text) == cells[2]) found = section.kind;
    }
    EXPECT_EQ(found, cells[1]) << "sections.tsv:" << line << "\n" << record->text;
  }
}

TEST(Page, APageThatLeadsNowhereIsAllText) {
  const auto record = read_page("<title>Notice</title><body>Closed");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(article_of(*record), "Closed\n");
}

TEST(Page, ALabelInItsMiddleDoesNotEndAStory) {
  const std::string more =
      "<p>The harbour master said that the crane had been checked in March, and that nothing was "
      "found then.</p><p>Two of the five were still in hospital on Saturday, a doctor said.</p>";
  const auto record = read_page(
      fmt::format("<html><head><title>Crane falls in Lagos</title></head><body><article><h1>Crane "
                  "falls in Lagos</h1>{}<div class=box><h3>Related stories</h3><ul><li><a "
                  "href=/1>Port pay talks stall</a></li><li><a href=/2>Ships wait off the "
                  "coast</a></li></ul></div>{}</article></body></html>",
                  kStory, more));
  ASSERT_TRUE(record) << record.error().message;
  const std::string text = article_of(*record);
  EXPECT_NE(text.find("still in hospital"), std::string::npos) << text;
  EXPECT_EQ(text.find("Port pay talks stall"), std::string::npos) << text;
}

TEST(Page, WordsAreCountedInWhateverScript) {
  using article::count_page_words;
  EXPECT_EQ(count_page_words(""), 0U);
  EXPECT_EQ(count_page_words(" Five dockers\nwere hurt "), 4U);
  EXPECT_EQ(count_page_words("Пятеро ранены — сообщил порт"), 5U);
  EXPECT_EQ(count_page_words("五人がけがをした。"), 5U);  // Two characters a word, and the stretch.
  EXPECT_EQ(count_page_words("\xE3"), 1U);                // No character at all.
}

TEST(Page, AWrongWordTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_words_test.tsv";
  std::ofstream(path) << "kind\tlanguage\twords\nclosing\ten\tthe end\n";
  const auto loaded = article::PageWords::load(path);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find(path.string() + ":2: "), std::string::npos);
  std::filesystem::remove(path);
}

TEST(Page, WordsAreKnownInWhateverCase) {
  const auto words = article::PageWords::load(kSource / "knowledge/page_words.tsv");
  ASSERT_TRUE(words) << words.error().message;
  const auto opens = [&](std::string_view label) {
    const auto hashes = article::word_hashes(label);
    return words->opens(hashes.data(), hashes.size());
  };
  EXPECT_TRUE(opens("Related Stories"));
  EXPECT_TRUE(opens("YOU MAY ALSO like …"));
  EXPECT_TRUE(opens("Читайте также:"));
  EXPECT_TRUE(opens("À LIRE aussi"));
  EXPECT_TRUE(opens("関連記事"));
  EXPECT_FALSE(opens("The crane had been checked"));
  EXPECT_FALSE(opens(""));
  const auto kinds = [&](std::string_view word) {
    return words->kinds_of(article::word_hashes(word).at(0));
  };
  EXPECT_EQ(kinds("The"), bit(article::WordKind::kFunction));
  EXPECT_EQ(kinds("Subscribe!"), bit(article::WordKind::kFurniture));
  EXPECT_EQ(kinds("crane"), 0);
}

TEST(Page, AWrongDateTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_dates_test.tsv";
  const auto names_line = [&](const auto& loaded) {
    return !loaded && loaded.error().message.find(path.string() + ":2: ") != std::string::npos;
  };
  const auto words = kSource / "knowledge/page_date_words.tsv";
  const auto months = kSource / "knowledge/page_months.tsv";
  std::ofstream(path) << "month\tnames\tlanguages\n13\tundecimber\t\n";
  EXPECT_TRUE(names_line(article::PageDates::load(path, words)));
  std::ofstream(path) << "kind\twords\nprinted\tprinted\n";
  EXPECT_TRUE(names_line(article::PageDates::load(months, path)));
  for (const char* row : {"hearsay\ttext\t1", "url\turl\ta lot"}) {
    std::ofstream(path) << "sign\tfrom\tweight\n" << row << '\n';
    EXPECT_TRUE(names_line(article::DayModel::load(path))) << row;
  }
  std::filesystem::remove(path);
}

TEST(Page, AWrongTableOfStatementsOrBylinesIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_heads_test.tsv";
  const auto names_line = [&](const auto& loaded) {
    return !loaded && loaded.error().message.find(path.string() + ":2: ") != std::string::npos;
  };
  for (const char* row : {"mood\tmeta\tmood", "title\thearsay\ttitle", "poem\ttype\tPoem"}) {
    std::ofstream(path) << "field\tfrom\tnames\n" << row << '\n';
    EXPECT_TRUE(names_line(article::PageStatements::load(path))) << row;
  }
  std::ofstream(path) << "kind\twords\nnear\tnear\n";
  EXPECT_TRUE(names_line(article::Bylines::load(path)));
  std::filesystem::remove(path);
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

TEST(Page, AWrongTreeTableIsAnErrorThatNamesTheLine) {
  const auto path = std::filesystem::temp_directory_path() / "dateline_page_trees_test.tsv";
  const std::string head = "round\ttree\tnode\tfeature\tthreshold\tleft\tright\tvalue\n";
  for (const char* row :
       {"3\t1\t0\t\t0\t0\t0\t1", "1\t1\t0\tno_feature\t0\t1\t2\t0", "1\t1\t0\twords\t0\t0\t2\t0",
        "1\t1\t1\t\t0\t0\t0\t1", "1\t1\t0\twords\t0\t1\t2\t0"}) {
    std::ofstream(path) << head << row << '\n';
    EXPECT_FALSE(article::PageModel::load(path)) << row;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline
