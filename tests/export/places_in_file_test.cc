// Where words stand in a PDF or a recording, as people are told.
// SPDX-License-Identifier: Apache-2.0
#include "export/places_in_file.h"

#include <gtest/gtest.h>

namespace dateline::exporting {
namespace {

TEST(PlacesInFile, OneBoxAPageAndTheTimesFromFirstToLast) {
  Record record;
  record.text = "Five people were hurt.";
  EXPECT_EQ(places_in_file(record, {0, 22}), "");
  record.page_map = {{{0, 4}, 2, 72, 700.4, 90, 712},
                     {{5, 11}, 2, 95, 700, 120, 712},
                     {{12, 16}, 3, 72, 60, 99.6, 72}};
  EXPECT_EQ(places_in_file(record, {0, 11}), "page 2, 72 700 to 120 712 pt");
  EXPECT_EQ(places_in_file(record, {6, 22}),
            "page 2, 95 700 to 120 712 pt; page 3, 72 60 to 100 72 pt");
  EXPECT_EQ(places_in_file(record, {17, 21}), "") << "words that stand nowhere";
  record.page_map.reset();
  record.time_map = {{{0, 11}, 1000, 2500}, {{12, 22}, 3'600'250, 3'661'000}};
  EXPECT_EQ(places_in_file(record, {0, 4}), "0:00:01.000 to 0:00:02.500");
  EXPECT_EQ(places_in_file(record, {8, 22}), "0:00:01.000 to 1:01:01.000");
}

}  // namespace
}  // namespace dateline::exporting
