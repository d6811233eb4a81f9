// Words that were read from a page, marked in it.
// SPDX-License-Identifier: Apache-2.0
#include "export/marked_page.h"

#include <gmock/gmock.h>

#include "dateline/reader.h"

namespace dateline::exporting {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kMore[] =
    "<p>The ferry had left the northern harbour shortly before dawn, with a crew of nine and a "
    "load "
    "of timber for the islands, as it had done every Tuesday of the past eleven years.</p>";
const std::string kRain = std::string("<h1>Weather</h1><p>Rain fell on Oslo.</p>").append(kMore);

struct Case {
  const char* page;      ///< First paragraph of an article.
  const char* words;     ///< Of the text.
  const char* expected;  ///< Stands in the marked page.
};

constexpr Case kCases[] = {
    {"<p>Rain fell on Oslo.</p>", "Rain fell",
     "<p><mark id=\"dateline\">Rain fell</mark> on Oslo.</p>"},
    {"<p>Rain fell\n   on Oslo.</p>", "fell on",
     "Rain <mark id=\"dateline\">fell\n   on</mark> Oslo."},
    {"<p>He met <b>Anna Lind</b> there.</p>", "met Anna",
     "He <mark id=\"dateline\">met </mark><b><mark>Anna</mark> Lind</b> there."},
    {"<p>Smith &amp; Sons paid &euro;5.</p>", "Smith & Sons",
     "<p><mark id=\"dateline\">Smith &amp; Sons</mark> paid"},
    {"<p>Caf\xe9 owners left.</p>", "owners", "Caf\xe9 <mark id=\"dateline\">owners</mark> left."},
};

Record read(const std::string& page) {
  static const auto reader = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    options.source_map = true;
    return Reader::open(options);
  }();
  Input input;
  input.bytes = page;
  input.media_type = MediaType::kHtml;
  return reader.value().read(input).value();
}

Span find(const Record& record, const std::string& words) {
  const std::size_t at = record.text.find(words);
  EXPECT_NE(at, std::string::npos) << record.text;
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

TEST(MarkedPage, HasTheWordsInMarks) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.words);
    const std::string page =
        std::string("<meta charset=windows-1252><h1>Weather</h1>") + one.page + kMore;
    const Record record = read(page);
    EXPECT_THAT(marked_page(page, record, find(record, one.words)), HasSubstr(one.expected));
    EXPECT_EQ(marked_page(page, record, {}), page);
  }
}

TEST(MarkedPage, OfAnEncodingWithoutAsciiStaysAsItIs) {
  std::string page = "\xff\xfe";
  for (const char c : kRain) page += {c, '\0'};
  const Record record = read(page);
  EXPECT_EQ(marked_page(page, record, find(record, "Rain fell")), page);
}

TEST(MarkedPage, AMapThatLeadsOutOfThePageMarksNothing) {
  const Record record = read(kRain);
  const std::string cut = kRain.substr(0, 20);
  EXPECT_EQ(marked_page(cut, record, find(record, "Rain fell on Oslo")), cut);
}

}  // namespace
}  // namespace dateline::exporting
