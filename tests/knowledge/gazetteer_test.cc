// The file of places: a small one made by tools/make_gazetteer.py (fuzz/seeds/gazetteer), broken in
// every place.
// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace dateline::knowledge {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string small_file() {
  std::ifstream file(DATELINE_SOURCE_DIR "/fuzz/seeds/gazetteer/small", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names(const Gazetteer& gazetteer, std::string_view name) {
  std::vector<std::string> found;
  for (const auto posting : gazetteer.find(normalise(name))) {
    found.push_back(std::string(gazetteer[posting.entry()].name) +
                    (posting.is_other_name() ? " (other)" : ""));
  }
  return found;
}

TEST(Gazetteer, KnowsPlacesByAllTheirNames) {
  const std::string bytes = small_file();
  const auto gazetteer = Gazetteer::over(bytes, "small");
  ASSERT_TRUE(gazetteer) << gazetteer.error().message;
  EXPECT_EQ(gazetteer->size(), 6U);
  EXPECT_THAT(names(*gazetteer, "NORLAND"), ElementsAre("Norland"));
  EXPECT_THAT(names(*gazetteer, "Saint  Bryn"), ElementsAre("St. Bryn"));
  EXPECT_THAT(names(*gazetteer, "Bryn-Town"), ElementsAre("St. Bryn (other)"));
  EXPECT_THAT(names(*gazetteer, "Highfell"), ElementsAre("Highfell Province (other)"));
  EXPECT_THAT(names(*gazetteer, "Ågren"), ElementsAre("Ågren"));
  EXPECT_THAT(names(*gazetteer, "agren"), ElementsAre("Ågren"));
  EXPECT_THAT(names(*gazetteer, "Nowhere"), IsEmpty());
  EXPECT_THAT(names(*gazetteer, ""), IsEmpty());
}

TEST(Gazetteer, SaysWhereAPlaceLies) {
  const std::string bytes = small_file();
  const auto gazetteer = Gazetteer::over(bytes, "small");
  ASSERT_TRUE(gazetteer);
  const auto entry = (*gazetteer)[gazetteer->find("saint bryn").front().entry()];
  EXPECT_EQ(entry.geonameid, 5U);
  EXPECT_EQ(entry.kind, Gazetteer::Kind::kCapital);
  EXPECT_EQ(gazetteer->code(entry.country), "NOR");
  EXPECT_EQ((*gazetteer)[entry.admin1].name, "Highfell Province");
  EXPECT_EQ((*gazetteer)[entry.admin2].name, "Old Fell");
  EXPECT_EQ(entry.population, 700U);
  ASSERT_TRUE(entry.point);
  EXPECT_DOUBLE_EQ(entry.point->lat, 61.1);
  EXPECT_FALSE((*gazetteer)[gazetteer->country("SOU")].point);
  EXPECT_EQ(gazetteer->country("XXX"), Gazetteer::kNone);
}

TEST(Gazetteer, TellsTruncatedAndAlteredFiles) {
  const std::string bytes = small_file();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    const auto opened = Gazetteer::over(cut, "cut");
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, 3020);
    EXPECT_THAT(opened.error().message, HasSubstr("cut: "));
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string altered = bytes;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    EXPECT_FALSE(Gazetteer::over(altered, "altered")) << at;
  }
}

TEST(Gazetteer, NamesAFileThatIsNotThere) {
  const auto opened = Gazetteer::open("/nowhere/gazetteer.bin");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, 3020);
  EXPECT_THAT(opened.error().message, HasSubstr("/nowhere/gazetteer.bin"));
}

TEST(Gazetteer, OpensAnEmptyFileAsNone) {
  const auto path = std::filesystem::path(testing::TempDir()) / "empty_gazetteer.bin";
  std::ofstream(path, std::ios::binary).close();
  EXPECT_FALSE(Gazetteer::open(path));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace dateline::knowledge
