// What a filter finds: the same with the index as without it, in the same order; and what cannot be
// asked for.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "bench/made_up_reports.h"
#include "chronicle/area.h"
#include "chronicle/facts.h"
#include "chronicle/sample.h"
#include "chronicle/schema.h"

namespace dateline::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void run(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

std::vector<std::string> handles(const Chronicle& chronicle, const Filter& filter) {
  std::vector<std::string> all;
  for (const TimelineEvent& event : events(chronicle, filter)) all.push_back(event.handle);
  return all;
}

std::vector<std::string> ids(const Chronicle& chronicle, const HappeningFilter& filter) {
  std::vector<std::string> all;
  const auto given = chronicle.happenings(filter, [&](const Happening& one) {
    all.push_back(one.id);
    return true;
  });
  EXPECT_TRUE(given) << given.error().message;
  return all;
}

/// A store of made-up reports, and a copy that says it is of before the index.
class Both : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    {
      auto chronicle = writable(folder_->file("a.db"));
      bench::MadeUpReports reports(40'000);
      for (int n = 0; n < 300; ++n) {
        Record record = reports.next();
        if (n % 7 == 0) record.events[0].date->end = "2015-02-20";  // Many days.
        if (n % 11 == 0) record.events[0].date.reset();
        if (n % 13 == 0) record.published.reset();
        if (n % 5 == 0) record.entities[0].aliases.push_back({"Órgano of the North", {}});
        Input input;
        input.bytes = record.text;
        ASSERT_TRUE(chronicle.ingest(record, fingerprint(input, record.read_by)));
      }
      ASSERT_TRUE(chronicle.match(Matcher::open().value()));
    }
    std::filesystem::copy_file(folder_->file("a.db"), folder_->file("b.db"));
    run(folder_->file("b.db"),
        "PRAGMA user_version = " + std::to_string(chronicle::kFactsSince - 1));
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static std::unique_ptr<Folder> folder_;
};
std::unique_ptr<Folder> Both::folder_;

TEST_F(Both, GiveTheSameInTheSameOrder) {
  const auto indexed = Chronicle::open(folder_->file("a.db")),
             whole = Chronicle::open(folder_->file("b.db"));
  ASSERT_TRUE(indexed && whole);
  const auto all = events(*indexed);
  const TimelineEvent some = *std::ranges::find_if(
      all, [](const TimelineEvent& event) { return event.place && event.mode == "explosives"; });
  const std::string actor = some.actors[0].name, place = some.place->name;
  const std::vector<Filter> filters = {
      {},
      {.since = "2015-01-05"},
      {.since = "2015-02-25"},
      {.until = "2015-01-05"},
      {.since = "2015-01-04", .until = "2015-01-06"},
      {.actor = actor},
      {.actor = actor.substr(0, 3)},
      {.actor = "front"},
      {.actor = "organo of"},
      {.actor = "órgano"},
      {.actor = "SDN", .side = Side::kBy},
      {.actor = "SDN", .side = Side::kAgainst},
      {.actor = "%"},
      {.place = place},
      {.place = some.place->country, .types = {"ASSAULT", "aid"}},
      {.country = some.place->country},
      {.box = Box{-60, -20, 60, 20}},
      {.box = Box{60, -20, -60, 20}},
      {.box = Box{10.01, 3.3, 12.5, 9}},
      {.around = Around{{}, Point{*some.place->lat, *some.place->lon}, 1}},
      {.around = Around{{}, Point{0, 20}, 1500}},
      {.around = Around{{}, Point{0, 179.9}, 9000}},
      {.around = Around{{}, Point{89, 0}, 9000}},
      {.modes = {"explosives"}},
      {.source = some.report.outlet},
      {.source = "outlet"},
      {.source = "a hospital"},
      {.source = "nobody"},
      {.confidence = 0.7},
      {.confidence = 1},
      {.text = "dead"},
      {.text = place},
      {.since = "2015-01-03", .actor = "army", .text = "dead police"},
  };
  for (std::size_t n = 0; n < filters.size(); ++n) {
    for (const std::size_t limit : {std::size_t{0}, std::size_t{7}}) {
      Filter filter = filters[n];
      filter.limit = limit;
      EXPECT_EQ(handles(*indexed, filter), handles(*whole, filter)) << "filter " << n;
      for (const bool background : {false, true}) {
        const HappeningFilter wanted{.events = filter, .background = background};
        EXPECT_EQ(ids(*indexed, wanted), ids(*whole, wanted)) << "filter " << n;
      }
    }
  }
}

TEST_F(Both, AnOlderStoreGetsItsIndexOnceItIsWritten) {
  const std::string path = folder_->file("c.db");
  std::filesystem::copy_file(folder_->file("b.db"), path);
  run(path,
      "DROP TABLE corrected; DROP TABLE corrected_words; DROP TABLE corrected_values;"
      "DROP TABLE corrections; DROP TRIGGER happenings_gone; DROP TABLE changes; DROP TABLE store; "
      "DROP TABLE fact_words;"
      "DROP TABLE event_index; DROP TABLE event_facts;"
      "DROP TABLE happening_index; DROP TABLE happening_facts");
  const auto before = Chronicle::open(folder_->file("a.db"));
  writable(path);
  const auto after = Chronicle::open(path);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(handles(*after, {.actor = "army"}), handles(*before, {.actor = "army"}));
  EXPECT_EQ(ids(*after, {.events = {.place = "ka"}}), ids(*before, {.events = {.place = "ka"}}));
}

TEST(Filters, ANewReadingIsFoundByWhatItSaysNow) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  EXPECT_THAT(handles(chronicle, {.actor = "karst"}), ElementsAre("r1.v1"));
  Sample anew = attack();
  anew.record.entities[0].name = "Plains League";
  anew.record.entities[0].aliases.clear();
  Fingerprint print = anew.print();
  print.reading = "another";
  ASSERT_TRUE(chronicle.ingest(anew.record, print));
  EXPECT_THAT(handles(chronicle, {.actor = "karst"}), IsEmpty());
  EXPECT_THAT(handles(chronicle, {.actor = "plains"}), ElementsAre("r1.v1"));
}

TEST(Filters, ACopyIsFoundByWhereItLies) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  Input copy = attack().input();
  copy.uri = "https://mirror.example/attack";
  ASSERT_TRUE(chronicle.knows(attack().print(), copy));
  EXPECT_EQ(handles(chronicle, {.source = "mirror"}).size(), 2u);
}

struct Mistake {
  Filter filter;
  int code;
};

TEST(Filters, WhatCannotBeIsSaid) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  const std::vector<Mistake> mistakes = {
      {{.since = "2026-04", .until = "2026-03"}, 4013},
      {{.types = {"ASSALT"}}, 4017},
      {{.modes = {"explosives"}}, 4022},
      {{.box = Box{0, 10, 10, 5}}, 4020},
      {{.box = Box{0, 10, 190, 20}}, 4020},
      {{.box = Box{0, -91, 10, 20}}, 4020},
      {{.around = Around{{}, Point{0, 0}, 0}}, 4020},
      {{.around = Around{{}, Point{0, 0}, -3}}, 4020},
      {{.around = Around{{}, Point{95, 0}, 3}}, 4020},
      {{.around = Around{"Nowhere", {}, 3}}, 4021},
      {{.around = Around{"", {}, 3}}, 4021},
      {{.confidence = 1.5}, 4023},
      {{.side = Side::kBy}, 4024},
      {{.text = "\" \""}, 4012},
  };
  for (const auto& [filter, code] : mistakes) {
    const auto given = chronicle.timeline(filter, [](const TimelineEvent&) { return true; });
    EXPECT_EQ(given ? 0 : given.error().code, code);
    const auto happenings =
        chronicle.happenings({.events = filter}, [](const Happening&) { return true; });
    EXPECT_EQ(happenings ? 0 : happenings.error().code, code);
    EXPECT_EQ(chronicle.search("army", filter) ? 0 : chronicle.search("army", filter).error().code,
              code);
  }
}

TEST(Areas, EveryPointOfABoxLiesInOneOfItsCells) {
  const std::vector<Box> boxes = {{-180, -90, 180, 90}, {170, -5, -170, 5},
                                  {1, 2, 1, 2},         {-0.1, -0.1, 0.1, 0.1},
                                  {100, 60, 180, 90},   {-180, -90, -179, -89}};
  for (const Box& box : boxes) {
    const auto cells = chronicle::cells_of(box);
    EXPECT_LE(cells.size(), 40u);
    const double wide = box.west <= box.east ? box.east - box.west : box.east - box.west + 360;
    for (int n = 0; n <= 20; ++n) {
      double lon = box.west + wide * n / 20;
      if (lon > 180) lon -= 360;
      const Point point{box.south + (box.north - box.south) * (n * 7 % 21) / 20, lon};
      bool is_in = false;
      for (const std::string& cell : chronicle::cells_at(point)) {
        is_in = is_in || std::ranges::find(cells, cell) != cells.end();
      }
      EXPECT_TRUE(is_in) << point.lat << " " << point.lon;
    }
  }
}

TEST(Areas, WhatIsNearLiesInTheBoxAround) {
  for (const Point& centre : {Point{0, 0}, Point{60, 179.5}, Point{-89.5, 10}, Point{12, -179.9}}) {
    for (const double km : {1.0, 120.0, 3000.0}) {
      const Box box = chronicle::box_around(centre, km);
      for (int n = 0; n < 360; n += 5) {
        for (const double lat : {centre.lat - 2, centre.lat, centre.lat + 0.005}) {
          const Point point{std::clamp(lat, -90.0, 90.0), n - 180.0};
          if (chronicle::km_between(centre, point) > km) continue;
          const bool beside = box.west <= box.east ? box.west <= point.lon && point.lon <= box.east
                                                   : box.west <= point.lon || point.lon <= box.east;
          EXPECT_TRUE(beside && box.south <= point.lat && point.lat <= box.north);
        }
      }
    }
  }
}

}  // namespace
}  // namespace dateline::test
