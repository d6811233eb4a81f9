// Subtitles: what is said, in which order, by whom, and when.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "stream/cues.h"
#include "stream/extracts.h"

namespace dateline::stream {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A WebVTT file of cues "begin|end|text", two seconds each where no times are given.
std::string vtt(const std::vector<std::string>& cues) {
  std::string file = "WEBVTT\n";
  for (std::size_t i = 0; i < cues.size(); ++i) {
    file += fmt::format("\n{:02}:{:02}.000 --> {:02}:{:02}.000\n{}\n", 2 * i / 60, 2 * i % 60,
                        2 * (i + 1) / 60, 2 * (i + 1) % 60, cues[i]);
  }
  return file;
}

struct Case {
  const char* why;
  std::string file;
  std::vector<std::string> sections;
};

TEST(Subtitles, AreReadAsOneText) {
  const std::vector<Case> cases = {
      {"cues are joined into sentences",
       vtt({"Five people were hurt", "when a ferry struck\nthe quay.", "It was Friday."}),
       {"paragraph: Five people were hurt when a ferry struck the quay. It was Friday."}},
      {"voices begin a line with their name",
       vtt({"<v Mara Vell>We heard\nshots.</v>", "<v Mara Vell>Then nothing.",
            "<v.loud Ilo &amp; Co>Who?</v> Nobody."}),
       {"paragraph: Mara Vell: We heard shots. Then nothing.", "paragraph: Ilo & Co: Who?",
        "paragraph: Nobody."}},
      {"markup is taken off, what only looks so is left",
       vtt({"<c.yellow><i>Five</i> people</c>, <00:00:01.000><b>5 < 6</b> &gt; 4 {\\an8}and {so}"}),
       {"paragraph: Five people, 5 < 6 > 4 and {so}"}},
      {"notes, styles, regions, names of cues and settings are none of the text",
       "WEBVTT - The ferry of Kolvar\nKind: captions\n\nNOTE\nA note --\nin two lines\n\nSTYLE\n"
       "::cue { color: red }\n\nREGION\nid:fred\n\nNOTE one line\n\nfirst\n00:01.000 --> "
       "01:00:02.5 align:start position:10%\nOne.\n\n2\n01:00:03.000 --> 01:00:04.000\nTwo.\n",
       {"paragraph: One. Two."}},
      {"dashes and arrows are turns",
       vtt({"- Who was it?\n- Nobody knows.", ">> Go on.", ">>> And then?"}),
       {"paragraph: Who was it?", "paragraph: Nobody knows.", "paragraph: Go on.",
        "paragraph: And then?"}},
      {"silence ends a paragraph",
       "WEBVTT\n\n00:00.000 --> 00:01.000\nOne.\n\n00:05.000 --> 00:06.000\nTwo\n\n00:10.000 --> "
       "00:11.000\nthree.\n",
       {"paragraph: One.", "paragraph: Two three."}},
      {"rolling captions are folded",
       vtt({"five people were hurt", "five people were hurt\nwhen a ferry", "when a ferry",
            "when a ferry\nstruck the quay", "struck the quay", "struck the quay\non friday"}),
       {"paragraph: five people were hurt when a ferry struck the quay on friday"}},
      {"captions that grow are folded",
       vtt({"Five", "Five people", "Five people were", "Five people were hurt."}),
       {"paragraph: Five people were hurt."}},
      {"what somebody says twice stays",
       vtt({"No.", "No.", "Nobody came", "to the quay", "on Friday", "or on", "Saturday",
            "at all"}),
       {"paragraph: No. No. Nobody came to the quay on Friday or on Saturday at all"}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(sections_in(one.file, "a.vtt"), one.sections) << one.why;
    EXPECT_EQ(sections_in(one.file, "a"), one.sections) << one.why << ", by its first line";
  }
}

TEST(Subtitles, SubRip) {
  const std::string file =
      "1\r\n00:00:01,000 --> 00:00:02,500\r\n<font color=\"red\">Five people</font> were\r\n\r\n"
      "2\r\n00:00:02,500 --> 00:00:04,000\r\nhurt in\r\n\r\nKolvar.\r\n3\r\n00:00:04,000 --> "
      "00:00:05,000\r\nIn 1033\r\n";
  const auto text = ElementsAre("paragraph: Five people were hurt in Kolvar. In 1033");
  EXPECT_THAT(sections_in(file, "a.srt"), text);
  EXPECT_THAT(sections_in(file, "a"), text) << "by its first lines";
  EXPECT_THAT(sections_in("\xEF\xBB\xBF" + file, "a.srt"), text);
  EXPECT_THAT(
      sections_in("1\n00:00:01,000 --> 00:00:02,000\nCaf\xE9 de la gare, tr\xE8s bien\n", "a.srt"),
      ElementsAre("paragraph: Café de la gare, très bien"));
}

TEST(Subtitles, EachStretchLeadsBackToItsTime) {
  const auto records = records_in(
      vtt({"Five people", "were\nhurt.", "<v Mara Vell>Who?"}) + "\nNOTE Date: 9 March 2026\n",
      "a.vtt");
  ASSERT_TRUE(records.size() == 1 && records[0]);
  const Record& record = *records[0];
  std::vector<std::string> told;
  for (const TimeSpan& one : record.time_map.value()) {
    told.push_back(fmt::format("{}-{} {}", one.begin, one.end, one.span.of(record.text)));
  }
  EXPECT_THAT(
      told, ElementsAre("0-2000 Five people", "2000-4000 were hurt.", "4000-6000 Mara Vell: Who?"));
  EXPECT_EQ(record.source.media_type, "text/vtt");
  EXPECT_TRUE(record.published && record.published->value == "2026-03-09" &&
              record.published->from == "text");
}

TEST(Subtitles, HaveNoDayUnlessAHeaderOrANoteSaysSo) {
  EXPECT_FALSE(records_in(vtt({"One."}), "a.vtt").at(0)->published);
  const std::string header =
      "WEBVTT\nTitle: The ferry\nDate: 2026-03-09\n\n00:01.000 --> 00:02.000\nOne.\n";
  const auto record = records_in(header, "a.vtt").at(0);
  EXPECT_EQ(record->published->value, "2026-03-09");
  EXPECT_EQ(record->title, "The ferry");
}

TEST(Subtitles, WhatIsNoneIsARejection) {
  EXPECT_THAT(sections_in("", "a.vtt"), ElementsAre("DL1020"));
  EXPECT_THAT(sections_in("WEBVTT\n", "a.vtt"), ElementsAre("DL1020"));
  EXPECT_THAT(sections_in("no cues at all\n", "a.srt"), ElementsAre("DL1020"));
  EXPECT_THAT(sections_in(vtt({"<i></i>", ""}), "a.vtt"), ElementsAre("DL1003"));
  ReaderOptions options;
  options.until = Until::kArticle;
  Input input;
  input.bytes = vtt({"One."});
  input.media_type = MediaType::kSubtitles;
  EXPECT_EQ(Reader::open(options)->read(input).error().code, 1002) << "nothing made text of it";
}

TEST(Subtitles, Times) {
  const std::pair<const char*, std::string> cases[] = {
      {"00:01.000 --> 00:02.000", "1000-2000"},
      {"1:00:01,5 --> 01:00:02,25 X1:40", "3601500-3602250"},
      {"00:02.000 --> 00:01.000", "2000-2000"},
      {"00:61.000 --> 00:62.000", "none"},
      {"1.000 --> 2.000", "none"},
      {"99999:00:00.000 --> 99999:00:01.000", "none"},
      {"--> 00:01.000", "none"},
      {"00:01.0000 --> 00:02.000", "none"},
      {"so --> and so", "none"},
  };
  for (const auto& [line, expected] : cases) {
    const auto times = times_of(line);
    EXPECT_EQ(times ? fmt::format("{}-{}", times->begin, times->end) : "none", expected) << line;
  }
}

}  // namespace
}  // namespace dateline::stream
