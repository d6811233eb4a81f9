// Cursors of a listing: they lead on from where they stand, with the index as without it, and also
// where what stood there has gone.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "chronicle/position.h"
#include "chronicle/sample.h"

namespace dateline::test {
namespace {

using chronicle::position_of;
using chronicle::written;

TEST(Positions, AreWrittenAsTextAndRead) {
  for (const chronicle::Position& position :
       {chronicle::Position{0, ""}, {739'000, std::string("0\0\x01\xff é", 7)}}) {
    const auto read = position_of(written(position));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, position);
  }
  for (const char* none :
       {"", ".", "7", "x.30", "7.3", "7.3x", "-7.30", "7,30", "7.30 ", "99999999999999999999.30"}) {
    const auto read = position_of(none);
    ASSERT_FALSE(read) << none;
    EXPECT_EQ(read.error().code, 4026);
  }
}

/// An event without a day stands at its publication.
std::vector<std::string> days_of_store() {
  return {"2026-03-02", "2026-03-02", "2026-03-05", "2026-03-05", "", ""};
}

Sample attack_on(const std::string& day, std::size_t n) {
  Sample sample("id-" + std::to_string(n), "Gunmen attacked post " + std::to_string(n) + ".",
                "2026-03-0" + std::to_string(9 - n));
  sample.event("ASSAULT", "attacked", day).main = true;
  return sample;
}

TEST(Positions, LeadOnFromWhereTheyStand) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const auto days = days_of_store();
  for (std::size_t n = 0; n < days.size(); ++n) put(chronicle, attack_on(days[n], n));
  const auto all = events(chronicle, {});
  ASSERT_EQ(all.size(), days.size());
  for (std::size_t n = 0; n < all.size(); ++n) {
    const auto rest = events(chronicle, {.after = all[n].cursor});
    ASSERT_EQ(rest.size(), all.size() - n - 1);
    if (!rest.empty()) {
      EXPECT_EQ(rest.front().handle, all[n + 1].handle);
    }
    // From the middle of a day that what is asked for begins with.
    const auto since =
        events(chronicle, {.since = "2026-03-05", .limit = 1, .after = all[n].cursor});
    const std::size_t next = std::max<std::size_t>(n + 1, 3);
    ASSERT_EQ(since.size(), next < all.size() ? 1u : 0u);
    if (!since.empty()) {
      EXPECT_EQ(since.front().handle, all[next].handle);
    }
  }
  const auto wrong = chronicle.timeline({.after = "x"}, [](const TimelineEvent&) { return true; });
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, 4026);
}

}  // namespace
}  // namespace dateline::test
