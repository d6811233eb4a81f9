// Datelines told by their looks, and the time it takes to look for them.
// SPDX-License-Identifier: Apache-2.0
#include "reading/borders.h"

#include <gtest/gtest.h>

#include <ctime>

#include "record/dateline.h"

namespace dateline {
namespace {

TEST(Dateline, IsToldByItsLooks) {
  const std::pair<std::string_view, std::string_view> kParagraphs[] = {
      {"BOR MARO - Eight herders died.", "BOR MARO"},
      {"BOR, South Sudan, June 2, 2026 (Lakes Wire) - Eight herders died.",
       "BOR, South Sudan, June 2, 2026 (Lakes Wire)"},
      {"Bor, 2 June 2026 \u2014 Eight herders died.", "Bor, 2 June 2026"},
      {"LIMA, 12 MAR (AFP) -- [TEXT] FIVE MEN DIED.", "LIMA, 12 MAR (AFP)"},
      {"KOLVAR\u2014\u201CWe are here,\u201D he said.", "KOLVAR"},
      {"The army - eight of its men - fled.", ""},
      {"NATO - the alliance - agreed.", ""},
      {"President Ali - Kenya's leader - spoke.", ""},
      {"US - China talks resume", ""},
      {"EIGHT MEN DIED - THE ARMY SAID.", ""},
      {"ARMY SHELLS TOWN\nBOR - Eight herders died.", ""},
      {" - Eight herders died.", ""},
      {"BOR - ", ""},
      {"", ""},
  };
  for (const auto& [paragraph, line] : kParagraphs) {
    EXPECT_EQ(record::opening_dateline(paragraph), line) << paragraph;
  }
}

TEST(Borders, OfManyLinesTakeLinearTime) {
  language::Document document;
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "AB\u2014Cd\n";
  text.append(1'000'000, ' ').push_back('.');
  document.text = text;
  const std::clock_t begin = std::clock();
  const reading::Borders borders(document);
  EXPECT_FALSE(borders.in_dateline(0));
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 5);
}

}  // namespace
}  // namespace dateline
