// Mail, feeds, documents: each message, each item a report with its own date.
// SPDX-License-Identifier: Apache-2.0
#include "stream/extracts.h"
#include "stream/web.h"

namespace dateline::stream {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

/// "bytes|title|date|origin|address" of each report, or its code.
std::vector<std::string> reports_in(std::string_view bytes, const std::string& name) {
  const language::Directory directory;
  directory.write(name, bytes);
  auto source = open_source({(directory.path() / name).string()}, {});
  std::vector<std::string> out;
  if (!source) return {source.error().message};
  while (auto found = (*source)->next()) {
    if (!found->input) {
      out.push_back(fmt::format("DL{}", found->input.error().code));
      continue;
    }
    const Input& input = *found->input;
    const std::string& file = found->place.file;
    out.push_back(fmt::format("{}|{}|{}|{}|{}", input.bytes, input.title, input.date,
                              input.date_from,
                              input.uri.empty() && input.file == file ? "file" : input.uri));
  }
  return out;
}

const std::string kHead =
    "From: Harbour Office <office@harbour.example>\nSubject: =?utf-8?Q?Ferry_=E2=80=94_a_report?=\n"
    "Date: Tue, 10 Mar 2026 23:30:00 +0200\nMessage-ID: <1@harbour.example>\nMIME-Version: 1.0\n";

TEST(Mail, AMessageIsAReportAsOldAsItsHeader) {
  const std::string tail = "|Ferry — a report|2026-03-10T23:30:00+02:00|mail|mid:1@harbour.example";
  EXPECT_THAT(reports_in(kHead + "\nFive people were hurt.\n", "a.eml"),
              ElementsAre("Five people were hurt.\n" + tail));
  EXPECT_THAT(reports_in(kHead + "Content-Type: text/plain; charset=iso-8859-1\n"
                                 "Content-Transfer-Encoding: quoted-printable\n\nCaf=E9\n",
                         "a.eml"),
              ElementsAre("Café\n" + tail));
  const std::string parts =
      kHead +
      "Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: multipart/alternative; "
      "boundary=Y\n\n--Y\nContent-Type: text/plain\n\nThe text.\n--Y\nContent-Type: text/html\n\n"
      "<p>The page.</p>\n--Y--\n--X\nContent-Type: application/pdf; name=plan.pdf\n"
      "Content-Disposition: attachment; filename=plan.pdf\n\nno text\n--X--\n";
  EXPECT_THAT(reports_in(parts, "a.eml"), ElementsAre("The text." + tail));
  EXPECT_THAT(found_in(parts, "a.eml"), ElementsAre("!0: The text."));
  EXPECT_THAT(reports_in(kHead + "Content-Type: text/html\n\n<p>The page.</p>", "a.eml"),
              ElementsAre("<p>The page.</p>" + tail));
}

TEST(Mail, AMailboxHasOneAfterTheOther) {
  const std::string mail = "From office@harbour.example Tue Mar 10 23:30:00 2026\n" + kHead;
  EXPECT_THAT(found_in(mail + "\nOne.\n>From here on.\n\n" + mail + "\nTwo.\n", "a.mbox"),
              ElementsAre("1: One.\nFrom here on.\n\n", "2: Two.\n"));
  EXPECT_THAT(
      found_in(mail + "\n" + std::string(3000, 'a') + "\n" + mail + "\nTwo.\n", "a.mbox", 1000),
      ElementsAre("1: DL1001", "2: Two.\n"));
  EXPECT_THAT(found_in("no mail at all\n", "a.mbox"), ElementsAre("1: DL1015"));
  EXPECT_THAT(found_in("", "a.mbox"), ElementsAre());
}

TEST(Mail, NotEveryLineThatBeginsWithFromBeginsOne) {
  const std::string head = kHead + "\n";
  const std::string text = "One.\nFrom the quay nothing was left.\n\nFrom Hadrel came help.\n";
  for (const char* from : {"From office@harbour.example Tue Mar 10 23:30:00 2026\n",
                           "From - Tue Mar 10 23:30:00 2026\n", "From office@harbour.example\n",
                           "From office at harbour.example  Tue Mar 10 23:30:00 2026\n"}) {
    EXPECT_THAT(found_in(from + head + text + "\n" + from + head + "Two.\n", "a.mbox"),
                ElementsAre("1: " + text + "\n", "2: Two.\n"))
        << from;
  }
}

TEST(Mail, OneThatOnlyForwardsAnotherIsReadForIt) {
  const std::string inner =
      "Subject: Inner\nDate: Mon, 9 Mar 2026 10:00:00 +0200\n\nFive people were hurt.\n";
  EXPECT_THAT(reports_in(kHead + "Content-Type: message/rfc822\n\n" + inner, "a.eml"),
              ElementsAre("Five people were hurt.\n|Inner|2026-03-09T10:00:00+02:00|mail|file"));
  EXPECT_THAT(found_in(kHead + "Content-Type: message/rfc822\n\n" + inner, "a.eml"),
              ElementsAre(StartsWith("!0: Five")));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "Content-Type: message/rfc822\n\n";
  EXPECT_THAT(found_in(kHead + deep + inner, "a.eml"), ElementsAre("0: DL1015"));
}

TEST(Mail, ADateThatIsNoneIsAWarning) {
  EXPECT_THAT(found_in("From: a@b.example\nDate: soon\n\nText.\n", "a.eml"),
              ElementsAre("!0: Text.\n"));
}

TEST(Mail, IsToldByItsHeader) {
  const std::string mail = kHead + "\nText.\n";
  EXPECT_THAT(found_in(mail, "a"), ElementsAre("0: Text.\n"));
  EXPECT_THAT(found_in("From a@b.example Tue Mar 10 23:30:00 2026\n" + mail, "a"),
              ElementsAre("1: Text.\n"));
  EXPECT_THAT(found_in("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\n"
                       "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\n"
                       "Content-Type: text/html\n\n<p>Page.</p>\n--X--\n",
                       "a"),
              ElementsAre(StartsWith("0: <p>Page.</p>")));
  for (const std::string text : {"From: Harbour Office\nDate: 10 March 2026\n\nText.\n",
                                 "From Hadrel: help came.\n\nText.\n", "Subject: one\n\nText.\n",
                                 "From ", "From: a", "MIME-Version: 1.0\n\nText.\n"}) {
    EXPECT_THAT(found_in(text, "a"), ElementsAre("0: " + text));
  }
}

TEST(Mail, PartsInPartsAreBounded) {
  std::string deep = kHead;
  for (int i = 0; i < 200; ++i) {
    deep += fmt::format("Content-Type: multipart/mixed; boundary=b{}\n\n--b{}\n", i, i);
  }
  EXPECT_THAT(found_in(deep + "Content-Type: text/plain\n\nText.\n", "a.eml"),
              ElementsAre("0: DL1015"));
}

TEST(Feed, EachItemIsAReport) {
  EXPECT_THAT(
      reports_in(
          "<?xml version='1.0'?><rss version='2.0' xmlns:content='x'><channel><title>Gazette"
          "</title><item><title>One &amp; more</title><link>https://gazette.example/1</link>"
          "<pubDate>Tue, 10 Mar 2026 23:30:00 +0200</pubDate><description>Short.</description>"
          "<content:encoded><![CDATA[<p>Long.</p>]]></content:encoded></item><item>"
          "<description>Only a summary.</description></item><item><title>None</title></item>"
          "</channel></rss>",
          "a.rss"),
      ElementsAre(
          "<p>Long.</p>|One & more|2026-03-10T23:30:00+02:00|feed|https://gazette.example/1",
          "Only a summary.||||file", "DL1003"));
  EXPECT_THAT(
      reports_in(
          "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><link "
          "rel='self' href='https://gazette.example/self'/><link "
          "href='https://gazette.example/1'/><updated>2026-03-11T08:00:00Z</updated><published>"
          "2026-03-10T08:00:00Z</published><content type='xhtml'><div><p>Long.</p></div>"
          "</content></entry></feed>",
          "a.atom"),
      ElementsAre(
          "<div><p>Long.</p></div>|One|2026-03-10T08:00:00Z|feed|https://gazette.example/1"));
  EXPECT_THAT(
      reports_in(R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url":
                 "https://gazette.example/1", "title": "One", "content_html": "<p>Long.</p>",
                 "date_published": "2026-03-10T08:00:00Z"}, {"id": "2", "summary": "Short."}]})",
                 "feed"),
      ElementsAre("<p>Long.</p>|One|2026-03-10T08:00:00Z|feed|https://gazette.example/1",
                  "Short.||||file"));
}

TEST(Feed, ATitleMayBeHtml) {
  const auto rss = [](const std::string& title) {
    return "<rss><channel><item><title>" + title +
           "</title><description>Text.</description></item></channel></rss>";
  };
  const auto atom = [](const std::string& type, const std::string& title) {
    return "<feed><entry><title type='" + type + "'>" + title +
           "</title><summary>Text.</summary></entry></feed>";
  };
  EXPECT_THAT(reports_in(rss("Rice &amp;amp; oil &lt;b&gt;now&lt;/b&gt;, 3 &lt; 4"), "a.rss"),
              ElementsAre("Text.|Rice & oil now, 3 < 4|||file"));
  EXPECT_THAT(reports_in(rss("<![CDATA[Rice &#38; oil]]>"), "a.rss"),
              ElementsAre("Text.|Rice & oil|||file"));
  EXPECT_THAT(reports_in(atom("html", "Rice &amp;amp; oil &lt;"), "a.atom"),
              ElementsAre("Text.|Rice & oil <|||file"));
  EXPECT_THAT(reports_in(atom("text", "The &amp;amp; sign"), "a.atom"),
              ElementsAre("Text.|The &amp; sign|||file"));
  EXPECT_THAT(reports_in(atom("xhtml", "<div>Rice <b>and</b> oil</div>"), "a.atom"),
              ElementsAre("Text.|Rice and oil|||file"));
}

TEST(Feed, IsToldByWhatItHolds) {
  const std::string json = R"({"version": "https://jsonfeed.org/version/1.1", "items": [
      {"title": "One", "content_text": "Text."}]})";
  EXPECT_THAT(reports_in(json, "feed.json"), ElementsAre("Text.|One|||file"));
  EXPECT_THAT(reports_in(R"([{"text": "Text.", "title": "One"}])", "a.json"),
              ElementsAre("Text.|One|||"));
  std::string wide = "\xFF\xFE";
  for (const char c :
       std::string("<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>One</title>"
                   "<description>Text.</description></item></channel></rss>")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_THAT(reports_in(wide, "a.rss"), ElementsAre("Text.|One|||file"));
}

TEST(Feed, WhatIsNoneIsARejection) {
  std::string laughs = "<!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'l'; ++c) {
    laughs +=
        fmt::format("<!ENTITY {} \"&{};&{};&{};&{};&{};\">", c, c - 1, c - 1, c - 1, c - 1, c - 1);
  }
  EXPECT_THAT(found_in(laughs + "]><rss><channel><item><description>&k;</description></item>"
                                "</channel></rss>",
                       "a.rss"),
              ElementsAre("0: DL1016"));
  for (const std::string bad : {"<html><p>A page.</p></html>", "<rss", "", "no feed"}) {
    EXPECT_THAT(found_in(bad, "a.rss"), ElementsAre("0: DL1016")) << bad;
  }
  EXPECT_THAT(found_in("{\"items\": [", "a.atom"), ElementsAre("0: DL1005"));
  std::string deep = "<rss><channel><item><description>One.</description>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_THAT(found_in(deep, "a.rss"), Contains(HasSubstr("One.")));
}

const std::string kCore =
    "<cp:coreProperties xmlns:dc='d'><dc:title>The ferry</dc:title>"
    "<dcterms:created>2026-03-10T08:00:00Z</dcterms:created>"
    "<dcterms:modified>2026-03-12T08:00:00Z</dcterms:modified></cp:coreProperties>";

std::string docx(const std::string& body, const std::string& core = "",
                 const std::string& styles = "") {
  return zip({{"[Content_Types].xml", "<Types/>"},
              {"word/document.xml",
               "<?xml version='1.0'?><w:document><w:body>" + body + "</w:body></w:document>"},
              {"word/styles.xml", "<w:styles>" + styles + "</w:styles>"},
              {"docProps/core.xml", core}});
}

std::string odt(const std::string& body, const std::string& meta = "",
                const std::string& styles = "") {
  return zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
              {"content.xml", "<office:document-content><office:automatic-styles>" + styles +
                                  "</office:automatic-styles><office:body><office:text>" + body +
                                  "</office:text></office:body></office:document-content>"},
              {"meta.xml", "<office:document-meta><office:meta>" + meta +
                               "</office:meta></office:document-meta>"}});
}

/// A paragraph of DOCX.
std::string p(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string styled(const std::string& style) { return "<w:pStyle w:val='" + style + "'/>"; }

TEST(Office, AParagraphAfterTheOther) {
  const std::string file = docx(
      "\n<w:p><w:r><w:t>The</w:t></w:r> <w:r><w:t xml:space='preserve"
      "'> ferry</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Five &amp; two</w:t><w:br/>"
      "<w:t>hurt</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:tc>"
      "</w:tr></w:tbl>",
      kCore);
  const auto both = ElementsAre("title: The ferry", "table: Five & two\nhurt");
  EXPECT_THAT(sections_in(file, "a.docx"), both);
  EXPECT_THAT(sections_in(file, "a"), both) << "by its first bytes";
  const auto record = records_in(file, "a.docx").at(0);
  EXPECT_EQ(record->title, "The ferry");
  EXPECT_THAT(record->warnings, Contains(StartsWith("changes are marked")));
  EXPECT_THAT(sections_in(odt("<text:p>The ferry</text:p>\n<text:p><text:span>Five &amp;"
                              "</text:span> <text:span>two</text:span><text:line-break/>hurt"
                              "<text:note><text:p>A note.</text:p></text:note></text:p>",
                              "<dc:title>The ferry</dc:title>"),
                          "a.odt"),
              ElementsAre("title: The ferry", "paragraph: Five & two\nhurt"));
}

TEST(Office, StylesSayWhatAParagraphIs) {
  const std::string styles =
      "<w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>"
      "<w:style w:styleId='Own'><w:name w:val='Own'/><w:basedOn w:val='berschrift1'/></w:style>"
      "<w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>"
      "<w:style w:styleId='A'><w:name w:val='A'/><w:basedOn w:val='B'/></w:style>"
      "<w:style w:styleId='B'><w:name w:val='B'/><w:basedOn w:val='A'/></w:style>";
  EXPECT_THAT(
      sections_in(
          docx(p("The ferry", styled("Titel")) + p("It struck.", styled("A")) +
                   p("Before", styled("berschrift1")) + p("It left.") + p("After", styled("Own")) +
                   p("One.", "<w:numPr><w:ilvl w:val='0'/></w:numPr>") +
                   p("Said so.", styled("Quote")) + p("Level", "<w:outlineLvl w:val='1'/>"),
               "", styles),
          "a.docx"),
      ElementsAre("title: The ferry", "paragraph: It struck.", "subhead: Before",
                  "paragraph: It left.", "subhead: After", "list: One.", "quote: Said so.",
                  "subhead: Level"));
  EXPECT_THAT(
      sections_in(odt("<text:h>The ferry</text:h><text:p text:style-name='P1'>Below"
                      "</text:p><text:p>It struck.</text:p><text:h>Before</text:h>"
                      "<text:list><text:list-item><text:p>One.</text:p></text:list-item>"
                      "</text:list><text:p>It left.</text:p>",
                      "", "<style:style style:name='P1' style:parent-style-name='Subtitle'/>"),
                  "a.odt"),
      ElementsAre("title: The ferry", "dek: Below", "paragraph: It struck.", "subhead: Before",
                  "list: One.", "paragraph: It left."))
      << "its first heading is its title";
}

TEST(Office, WhereNothingIsMarkedItIsReadAsPlainText) {
  EXPECT_THAT(sections_in(docx(p("Ferry strikes quay in Kolvar") + p("By Ada Obi") +
                               p("Five people were hurt on Friday.")),
                          "a.docx"),
              ElementsAre("title: Ferry strikes quay in Kolvar", "byline: By Ada Obi",
                          "paragraph: Five people were hurt on Friday."));
}

/// "day origin", and the warning of it.
std::string day_of(const std::string& file, const std::string& name) {
  const auto record = records_in(file, name).at(0);
  if (!record->published) return "none";
  return fmt::format("{} {}: {}", record->published->value, record->published->from,
                     fmt::join(record->warnings, "; "));
}

TEST(Office, TheDayOfItsFileIsSaidToBeWeak) {
  const std::string body = p("Five people were hurt.");
  EXPECT_EQ(day_of(docx(body, kCore), "a.docx"),
            "2026-03-10T08:00:00Z created: nothing tells its day but that its file was made on "
            "2026-03-10: it may be older");
  EXPECT_EQ(day_of(docx(body, "<c><dcterms:modified>2026-03-12T08:00:00Z</dcterms:modified></c>"),
                   "a.docx"),
            "2026-03-12T08:00:00Z modified: nothing tells its day but that its file was changed on "
            "2026-03-12: it may be older");
  EXPECT_EQ(day_of(odt("<text:p>Five people were hurt.</text:p>",
                       "<meta:creation-date>2026-03-10T08:00:00.1</meta:creation-date>"
                       "<dc:date>2026-03-12T08:00:00</dc:date>"),
                   "a.odt"),
            "2026-03-10T08:00:00 created: nothing tells its day but that its file was made on "
            "2026-03-10: it may be older");
  EXPECT_EQ(day_of(docx(p("KOLVAR, March 6, 2026 (Horn Wire) - Five people were hurt."), kCore),
                   "a.docx"),
            "2026-03-06 text: ");
  EXPECT_EQ(day_of(docx(body), "a.docx"), "none");
}

TEST(Office, WhatIsNoneIsARejection) {
  EXPECT_THAT(sections_in("PK\x03\x04 and nothing", "a.docx"), ElementsAre("DL1017"));
  EXPECT_THAT(sections_in(zip({{"xl/workbook.xml", "<x/>"}}), "a.docx"), ElementsAre("DL1017"));
  EXPECT_THAT(sections_in(zip({{"content.xml", "\x8B\x01 encrypted"}}), "a.odt"),
              ElementsAre("DL1017"));
  EXPECT_THAT(sections_in(zip({{"content.xml", "<office:text/>"}}), "a.odt"),
              ElementsAre("DL1003"));
  EXPECT_THAT(sections_in(zip({{"content.xml", std::string(3'000'000, ' ')}}), "a.odt"),
              ElementsAre("DL1001"));
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "<table:table>";
  std::string closed;
  for (int i = 0; i < 50'000; ++i) closed += "</table:table>";
  EXPECT_THAT(
      sections_in(zip({{"content.xml", "<o>" + deep + closed + "<text:p>One.</text:p></o>"}}),
                  "a.odt", 8 << 20),
      ElementsAre("paragraph: One."));
}

}  // namespace
}  // namespace dateline::stream
