// The feed of changes: each happening once, with what became of it since a cursor.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "chronicle/sample.h"

namespace dateline::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// One outlet's report of an attack.
Sample attack_by(const std::string& outlet, const std::string& date, const std::string& dead) {
  Sample sample("id-" + outlet,
                "Gunmen attacked the post of Varrengate on Monday, killing " + dead +
                    " soldiers, " + outlet + " learned.",
                date, "https://" + outlet + "/" + date);
  const std::string who = sample.entity("Varrengate Brigade", "Gunmen");
  const std::string place = sample.place("Varrengate", "IRN");
  Event& attack = sample.event("ASSAULT", "attacked", "2026-03-09");
  attack.actors.push_back({who, sample.span("Gunmen")});
  attack.place = place;
  attack.main = true;
  attack.confidence = .9;
  attack.quantities.push_back(sample.quantity(dead, std::stod(dead), "dead"));
  return sample;
}

struct Feed {
  std::vector<std::string> lines;  ///< "added h..."
  std::string cursor;
};

Feed changes(const Chronicle& chronicle, const std::string& since, std::size_t limit = 0) {
  Feed feed;
  const auto cursor = chronicle.changes(since, limit, [&](const Change& change) {
    feed.lines.push_back(change.what + " " + change.id +
                         (change.merged_into.empty() ? "" : " into " + change.merged_into));
    EXPECT_EQ(change.happening.has_value(), change.what != "removed");
    return true;
  });
  EXPECT_TRUE(cursor) << cursor.error().message;
  feed.cursor = cursor.value_or("");
  return feed;
}

TEST(Changes, EachHappeningOnceAndWhatBecameOfIt) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const Matcher matcher = Matcher::open().value();
  put(chronicle, attack_by("b.example", "2026-03-10", "9"));
  ASSERT_TRUE(chronicle.match(matcher));
  const Feed first = changes(chronicle, "");
  ASSERT_EQ(first.lines.size(), 1u);
  const std::string id = first.lines[0].substr(6);
  EXPECT_EQ(first.lines[0], "added " + id);
  EXPECT_THAT(changes(chronicle, first.cursor).lines, IsEmpty());
  ASSERT_TRUE(chronicle.match(matcher));  // Nothing new.
  EXPECT_THAT(changes(chronicle, first.cursor).lines, IsEmpty());

  put(chronicle, attack_by("c.example", "2026-03-11", "9"));
  ASSERT_TRUE(chronicle.match(matcher));
  const Feed second = changes(chronicle, first.cursor);
  EXPECT_THAT(second.lines, ElementsAre("changed " + id));

  // An earlier report names the happening anew.
  put(chronicle, attack_by("a.example", "2026-03-09", "4"));
  ASSERT_TRUE(chronicle.match(matcher));
  const std::string earlier = chronicle.accounts(id)->id;
  ASSERT_NE(earlier, id);
  EXPECT_THAT(
      changes(chronicle, second.cursor).lines,
      testing::UnorderedElementsAre("removed " + id + " into " + earlier, "added " + earlier));
  EXPECT_THAT(changes(chronicle, "").lines, ElementsAre("added " + earlier));
}

TEST(Changes, AreAlsoWhatPeopleCorrect) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack_by("b.example", "2026-03-10", "9"));
  const auto matcher = Matcher::open().value();
  ASSERT_TRUE(chronicle.match(matcher));
  const Feed first = changes(chronicle, "");
  ASSERT_EQ(first.lines.size(), 1u);
  const std::string changed = "changed" + first.lines.front().substr(sizeof("added") - 1);
  CorrectionRequest request;
  request.name = "r1.v1";
  request.values = {{"actors", "Somebody Else"}};
  request.who = "Ada";
  const auto made = chronicle.correct(request);
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_TRUE(chronicle.match(matcher));
  const Feed second = changes(chronicle, first.cursor);
  EXPECT_THAT(second.lines, ElementsAre(changed));
  ASSERT_TRUE(chronicle.undo(made->number, "Ada", ""));
  ASSERT_TRUE(chronicle.match(matcher));
  EXPECT_THAT(changes(chronicle, second.cursor).lines, ElementsAre(changed));
}

TEST(Changes, GoOnWhereTheyEnded) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  put(chronicle, attack_by("b.example", "2026-03-10", "9"));
  ASSERT_TRUE(chronicle.match(Matcher::open().value()));
  const auto all = changes(chronicle, "").lines;
  ASSERT_GT(all.size(), 1u);
  std::vector<std::string> one_by_one;
  std::string cursor;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const Feed next = changes(chronicle, cursor, 1);
    one_by_one.insert(one_by_one.end(), next.lines.begin(), next.lines.end());
    cursor = next.cursor;
  }
  EXPECT_EQ(one_by_one, all);
}

TEST(Changes, ACursorOfAnotherStoreIsRefused) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db")), other = writable(folder.file("b.db"));
  put(chronicle, attack());
  ASSERT_TRUE(chronicle.match(Matcher::open().value()));
  const std::string cursor = changes(chronicle, "").cursor;
  for (const std::string& wrong : {changes(other, "").cursor, cursor + "0", std::string("17"),
                                   std::string("nonsense"), cursor + "x"}) {
    const auto given = chronicle.changes(wrong, 0, [](const Change&) { return true; });
    EXPECT_EQ(given ? 0 : given.error().code, 4026) << wrong;
  }
}

TEST(Counts, AreOfHappeningsByOneOrTwo) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack_by("b.example", "2026-03-10", "9"));
  put(chronicle, attack_by("c.example", "2026-03-11", "9"));
  ASSERT_TRUE(chronicle.match(Matcher::open().value()));
  const auto counts = [&](const HappeningFilter& filter, const std::vector<std::string>& by) {
    std::vector<std::string> lines;
    const auto given = chronicle.count(filter, by, [&](const Count& count) {
      std::string line;
      for (const std::string& one : count.of) line += one + " ";
      lines.push_back(line + std::to_string(count.happenings));
      return true;
    });
    EXPECT_TRUE(given) << given.error().message;
    return lines;
  };
  EXPECT_THAT(counts({}, {"month"}), ElementsAre("2026-03 1"));
  EXPECT_THAT(counts({}, {"source"}), ElementsAre("b.example 1", "c.example 1"));
  EXPECT_THAT(counts({}, {"actor", "place"}), ElementsAre("Varrengate Brigade Varrengate 1"));
  EXPECT_THAT(counts({}, {"country", "type"}), ElementsAre("IRN ASSAULT 1"));
  EXPECT_THAT(counts({.events = {.place = "Elsewhere"}}, {"year"}), IsEmpty());
  EXPECT_THAT(counts({.events = {.until = "2026-03-08"}}, {"year"}), IsEmpty());
  for (const std::vector<std::string>& by :
       {std::vector<std::string>{}, {"moon"}, {"year", "year"}, {"year", "type", "place"}}) {
    const auto given = chronicle.count({}, by, [](const Count&) { return true; });
    EXPECT_EQ(given ? 0 : given.error().code, 4025);
  }
}

}  // namespace
}  // namespace dateline::test
