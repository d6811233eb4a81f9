// Which tellings are one happening: the same whatever the order, undone with the report, and put
// beside each other with what they dispute.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

#include "chronicle/attacks.h"
#include "chronicle/matching/copies.h"
#include "chronicle/matching/grouping.h"
#include "chronicle/matching/profile.h"

namespace dateline::test {
namespace {

using namespace chronicle::matching;
using ::testing::ElementsAre;

TEST(Grouping, JoinsWhatIsLikelyOnAverage) {
  // 0, 1 and 2 are one; 3 is like one of them alone.
  const std::vector<Link> links{{0, 1, .9F}, {0, 2, .8F}, {1, 2, .7F}, {2, 3, .5F}};
  const std::vector<std::size_t> alone{0}, three{0, 1, 2};
  EXPECT_THAT(groups_of({1, 2, 3, 4}, links, {}, .3F),
              ElementsAre(three, std::vector<std::size_t>{3}));
  EXPECT_EQ(groups_of({1, 2, 3, 4}, links, {}, .15F).size(), 1u);
  EXPECT_EQ(groups_of({1, 2, 3, 4}, {}, {}, .3F).size(), 4u);
}

TEST(Grouping, KeepsApartWhatOneReportTellsAsTwo) {
  const std::vector<Link> links{{0, 1, .6F}, {0, 2, .7F}};
  EXPECT_EQ(groups_of({1, 2, 3}, links, {}, .3F).size(), 1u);
  EXPECT_EQ(groups_of({1, 2, 2}, links, {}, .3F).size(), 2u);
}

TEST(Grouping, HoldsTogetherAndApartWhatPeopleSay) {
  using Groups = std::vector<std::vector<std::size_t>>;
  const std::vector<Link> links{{0, 1, .9F}, {0, 2, .8F}, {1, 2, .7F}};
  const std::vector<std::size_t> reports{1, 2, 3, 4};
  struct Case {
    std::vector<Tie> ties;
    Groups groups;
  };
  const Case cases[] = {
      {{}, {{0, 1, 2}, {3}}},
      {{{0, 3, true}}, {{0, 1, 2, 3}}},
      {{{0, 1, false}}, {{0, 2}, {1}, {3}}},
      {{{0, 1, false}, {0, 2, false}}, {{0}, {1, 2}, {3}}},
      {{{3, 0, true}, {3, 1, false}}, {{0, 3}, {1, 2}}},
      // The earlier in the list wins.
      {{{0, 1, false}, {0, 1, true}}, {{0, 2}, {1}, {3}}},
      {{{0, 1, true}, {0, 1, false}}, {{0, 1, 2}, {3}}},
      {{{0, 3, true}, {1, 2, true}, {0, 2, false}}, {{0, 3}, {1, 2}}},
      {{{2, 3, false}, {0, 3, true}, {0, 2, true}}, {{0, 3}, {1, 2}}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(groups_of(reports, links, one.ties, .2F), one.groups) << &one - cases;
  }
}

std::vector<WordId> numbered(std::uint32_t from, std::uint32_t to) {
  std::vector<WordId> words(to - from);
  std::iota(words.begin(), words.end(), from);
  return words;
}

double shared(const std::vector<WordId>& a, const std::vector<WordId>& b) {
  const Sketch one = sketch_of(a), other = sketch_of(b);
  return shared_text(one.smallest, one.of, other.smallest, other.of);
}

TEST(Copies, EstimatesTheShareOfTheShorterText) {
  EXPECT_DOUBLE_EQ(shared(numbered(0, 500), numbered(0, 500)), 1);
  EXPECT_DOUBLE_EQ(shared(numbered(0, 500), numbered(500, 900)), 0);
  EXPECT_NEAR(shared(numbered(0, 600), numbered(0, 300)), 1, .15);  // Cut to half.
  EXPECT_NEAR(shared(numbered(0, 400), numbered(200, 600)), .5, .15);
  EXPECT_EQ(shared(numbered(0, 10), numbered(0, 10)), 0);  // Too short to tell.
  EXPECT_EQ(shared({}, numbered(0, 100)), 0);
}

class Matched : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = ::testing::TempDir() + "/matched-" +
            ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".db";
    remove();
  }
  void TearDown() override { remove(); }

  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end);
  }

  /// A store of these reports, compared at the end, or after each.
  std::vector<std::string> members_of(const std::vector<Sample>& samples, bool each = false) {
    remove();
    auto chronicle = Chronicle::open(path_, {.access = Access::kWrite}).value();
    const Matcher matcher = Matcher::open().value();
    for (const Sample& sample : samples) {
      EXPECT_TRUE(chronicle.ingest(sample.record, sample.print()));
      if (each) {
        EXPECT_TRUE(chronicle.match(matcher));
      }
    }
    EXPECT_TRUE(chronicle.match(matcher));
    return members_in(chronicle);
  }

  static std::vector<std::string> members_in(const Chronicle& chronicle) {
    std::vector<std::string> lines;
    EXPECT_TRUE(chronicle.members([&](const HappeningMembers& happening) {
      std::string line = happening.id;
      for (const auto& [report, event] : happening.members) line += " " + report + "." + event;
      lines.push_back(line);
      return true;
    }));
    return lines;
  }

  std::string path_;
};

TEST_F(Matched, TheOrderOfReportsChangesNothing) {
  auto samples = five();
  const auto expected = members_of(samples);
  EXPECT_LT(expected.size(), 10u);  // Something was joined.
  for (int turn = 0; turn < 6; ++turn) {
    std::ranges::rotate(samples, samples.begin() + 1 + turn % 3);
    if (turn >= 3) std::ranges::reverse(samples);
    EXPECT_EQ(members_of(samples, turn % 2 == 1), expected);
  }
}

TEST_F(Matched, AReportReadAnewTakesItsPlaceAgain) {
  const auto samples = five();
  const auto expected = members_of(samples);
  auto chronicle = Chronicle::open(path_, {.access = Access::kWrite}).value();
  for (const Sample& sample : samples) {
    // Otherwise in between: what is read as before is not compared again.
    Record other = sample.record;
    other.events.pop_back();
    const std::string content = sample.print().content;
    EXPECT_EQ(chronicle.ingest(other, {content, "another"}).value(), Ingested::kReplaced);
    EXPECT_EQ(chronicle.match(Matcher::open().value()).value(), 1u);
    EXPECT_NE(members_in(chronicle), expected);
    EXPECT_EQ(chronicle.ingest(sample.record, {content, "a third"}).value(), Ingested::kReplaced);
    EXPECT_EQ(chronicle.match(Matcher::open().value()).value(), 1u);
    EXPECT_EQ(members_in(chronicle), expected);
    EXPECT_EQ(chronicle.ingest(sample.record, {content, "a fourth"}).value(), Ingested::kReplaced);
    EXPECT_EQ(chronicle.match(Matcher::open().value()).value(), 0u);
    EXPECT_EQ(members_in(chronicle), expected);
  }
}

TEST_F(Matched, AccountsStandSideBySide) {
  members_of(five());
  const auto chronicle = Chronicle::open(path_).value();
  std::vector<Happening> happenings;
  ASSERT_TRUE(chronicle.happenings({}, [&](const Happening& one) {
    happenings.push_back(one);
    return true;
  }));
  ASSERT_EQ(happenings.size(), 1u);  // The meeting is background.
  const Happening& attack = happenings[0];
  EXPECT_EQ(attack.type, "ASSAULT");
  EXPECT_EQ(attack.begin, "2026-03-09");
  EXPECT_EQ(attack.reports, 5u);
  ASSERT_EQ(attack.accounts.size(), 5u);
  EXPECT_TRUE(attack.accounts[0].superseded);  // a.example: four, then seven.
  EXPECT_FALSE(attack.accounts[3].superseded);
  ASSERT_EQ(attack.tolls.size(), 1u);
  EXPECT_EQ(attack.tolls[0].counts, "dead");
  EXPECT_EQ(attack.tolls[0].low, 7);
  EXPECT_EQ(attack.tolls[0].high, 9);
  EXPECT_THAT(attack.disputed, ElementsAre("dead"));

  const auto by_event = chronicle.accounts(attack.accounts[2].told.handle);
  ASSERT_TRUE(by_event);
  EXPECT_EQ(by_event->id, attack.id);
  EXPECT_EQ(chronicle.accounts("h000000000000").error().code, 4010);
  std::size_t with_background = 0;
  ASSERT_TRUE(chronicle.happenings({.background = true},
                                   [&](const Happening&) { return ++with_background > 0; }));
  EXPECT_GT(with_background, 1u);
}

TEST_F(Matched, RulesChooseAmongNumbers) {
  // One outlet told four, then seven; three told nine.
  members_of(five());
  const auto chronicle = Chronicle::open(path_).value();
  const auto best = [&](TollRule rule) {
    double value = 0;
    EXPECT_TRUE(chronicle.happenings({.tolls = rule}, [&](const Happening& one) {
      if (!one.tolls.empty()) value = one.tolls[0].best;
      return true;
    }));
    return value;
  };
  EXPECT_EQ(best(TollRule::kConservative), 7);
  EXPECT_EQ(best(TollRule::kMostTold), 9);
  EXPECT_EQ(best(TollRule::kLatestOfficial), 9);
}

TEST_F(Matched, AnOfficialVoiceOutweighsALaterReport) {
  for (const char* sector : {"GOV", "COP", "MIL", "MED", "JUD", "LEG", "REB", "JRN"}) {
    auto samples = five();
    Record& record = samples[1].record;  // b.example: nine.
    const std::string voice = samples[1].entity("the voice", "b.example", "IRN");
    record.entities.back().actor->sector = sector;
    record.events[0].according_to = {samples[1].said("b.example", voice)};
    record.events[0].quantities = {samples[1].quantity("9", 5, "dead")};
    members_of(samples);
    const bool is_official = std::string_view(sector) != "REB" && std::string_view(sector) != "JRN";
    const auto chronicle = Chronicle::open(path_).value();
    ASSERT_TRUE(chronicle.happenings({}, [&](const Happening& one) {
      EXPECT_EQ(one.tolls.at(0).best, is_official ? 5 : 9) << sector;
      return true;
    }));
  }
}

TEST(Profiles, ComeBackFromTheirBytes) {
  const Profile profile = profile_of(report("a.example", "2026-03-09", "4").record);
  ASSERT_EQ(profile.tellings.size(), 2u);
  const std::string bytes = packed(profile);
  const auto back = unpacked(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(packed(*back), bytes);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(unpacked(std::string_view(bytes).substr(0, size)));
  }
  EXPECT_FALSE(unpacked(bytes + "x"));
}

}  // namespace
}  // namespace dateline::test
