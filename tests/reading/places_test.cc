// Places as the public Reader reads them (places.tsv), and what awkward reports must not do.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "cases.h"
#include "reading/places/choices.h"
#include "reading/places/outlet.h"

namespace dateline {
namespace {

const Reader* reader() {
  std::string reason;
  return cases::shared_reader(reason);
}

Record read(const std::string& text) {
  Input input;
  input.bytes = text;
  input.verbatim = true;
  auto record = reader()->read(input);
  EXPECT_TRUE(record) << record.error().message;
  return record ? std::move(*record) : Record();
}

/// "words = name, admin1, country"
std::string shown(const Record& record, const Place& place) {
  std::string made = fmt::format("{} = {}", place.span.of(record.text), place.name);
  for (const std::string* part : {&place.admin1, &place.country}) {
    if (!part->empty() && *part != place.name) made += ", " + *part;
  }
  return made;
}

TEST(Places, AreThoseOfTheTable) {
  cases::for_each_case("places.tsv", {"text", "places"},
                       [](const Record& record, const std::string& wanted) {
                         std::string found;
                         for (const Place& place : record.places) {
                           found += (found.empty() ? "" : "|") + shown(record, place);
                           EXPECT_TRUE(place.confidence);
                           EXPECT_EQ(place.lat.has_value(), place.lon.has_value());
                           EXPECT_EQ(place.lat.has_value(), !place.precision.empty());
                         }
                         EXPECT_EQ(found, wanted);
                       });
}

TEST(Places, OfAnOutletLieInTheCountryOfItsDomain) {
  const auto countries = knowledge::Countries::load(DATELINE_SOURCE_DIR "/knowledge");
  std::ifstream file(DATELINE_SOURCE_DIR "/fuzz/seeds/gazetteer/small", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto gazetteer = knowledge::Gazetteer::over(bytes, "small");
  ASSERT_TRUE(countries && gazetteer);
  const auto says = [&](const std::string& address, std::string_view code) {
    return reading::Outlet(address, *countries, *gazetteer).country_says(code);
  };
  EXPECT_EQ(says("https://www.example.co.uk/news/1", "GBR"), 1);
  EXPECT_EQ(says("https://www.example.co.uk/news/1", "USA"), -1);
  EXPECT_EQ(says("https://www.example.com/", "USA"), 0);
  EXPECT_EQ(says("https://example.co/", "COL"), 0);
  EXPECT_EQ(says("not an address", "GBR"), 0);
  EXPECT_TRUE(
      reading::Outlet("http://bryn-town-news.com", *countries, *gazetteer).has_name("bryn town"));
}

TEST(Places, OfAnAwkwardReportAreNotMadeUp) {
  if (!reader()) GTEST_SKIP();
  std::string long_name = "He lives in";
  for (int i = 0; i < 40; ++i) long_name += " Upper";
  for (const std::string& text :
       {long_name + ".", std::string("The spot lies at 33.3128, 44.3615, the navy said."),
        std::string("Lat 12 34 N, long 45 06 E."), std::string(4000, 'A')}) {
    const Record record = read(text);
    for (const Place& place : record.places) EXPECT_FALSE(place.lat) << place.name;
  }
}

TEST(Places, ByTheThousandAreRead) {
  if (!reader()) GTEST_SKIP();
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    text += fmt::format("Rain fell in {} and in Vale{}. ", i % 2 ? "Lima" : "Oslo", i);
  }
  const Record record = read(text);
  EXPECT_GE(record.places.size(), 3000U);
  for (const Place& place : record.places) {
    if (place.span.of(record.text) != "Oslo") continue;
    EXPECT_EQ(place.country, "NOR");
  }
}

/// Both tables of trees name all features that the engine fills in, in that order.
TEST(Places, FeaturesHaveNames) {
  for (const auto name : reading::kToponymFeatures) EXPECT_FALSE(name.empty());
  for (const auto name : reading::kChoiceFeatures) EXPECT_FALSE(name.empty());
}

}  // namespace
}  // namespace dateline
