// Entities, attributions, events and gaps, case by case; what a cell means is said at its table.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "reading/cases.h"

namespace dateline {
namespace {

using cases::for_each_case;
using cases::split;

std::string words(const Record& record, Span span) { return std::string(span.of(record.text)); }

const Entity* entity_called(const Record& record, const std::string& name) {
  for (const Entity& entity : record.entities) {
    if (entity.name == name) return &entity;
    for (const Alias& alias : entity.aliases) {
      if (alias.name == name) return &entity;
    }
  }
  return nullptr;
}

const Entity* entity_mentioned(const Record& record, const std::string& mentioned) {
  for (const Entity& entity : record.entities) {
    for (const Mention& mention : entity.mentions) {
      if (words(record, mention.span) == mentioned) return &entity;
    }
  }
  return nullptr;
}

TEST(Entities, Cases) {
  for_each_case("entities.tsv", {"text", "facts"}, [](const Record& record, std::string facts) {
    for (const std::string& fact : split(facts, "|")) {
      SCOPED_TRACE(fact);
      if (const auto role = split(fact, " is "); role.size() == 2) {
        const Entity* entity = entity_called(record, role[0]);
        ASSERT_TRUE(entity);
        const auto parts = split(role[1], " of ");
        const Entity* of = parts.size() > 1 ? entity_called(record, parts[1]) : nullptr;
        EXPECT_TRUE(std::any_of(entity->roles.begin(), entity->roles.end(), [&](const Role& r) {
          return r.role == parts[0] && r.of == (of ? of->id : "");
        }));
      } else if (const auto refers = split(fact, "->"); refers.size() == 2) {
        const Entity* entity = entity_called(record, refers[1]);
        ASSERT_TRUE(entity);
        EXPECT_EQ(entity_mentioned(record, refers[0]), entity);
      } else if (const auto different = split(fact, "!="); different.size() == 2) {
        ASSERT_TRUE(entity_called(record, different[0]));
        EXPECT_NE(entity_called(record, different[0]), entity_called(record, different[1]));
      } else if (const auto same = split(fact, "="); same.size() == 2) {
        ASSERT_TRUE(entity_called(record, same[0]));
        EXPECT_EQ(entity_called(record, same[0]), entity_called(record, same[1]));
      } else {
        const auto kind = split(fact, ":");
        ASSERT_EQ(kind.size(), 2u) << "not a fact";
        const Entity* entity = entity_called(record, kind[0]);
        ASSERT_TRUE(entity);
        EXPECT_EQ(entity->kind, kind[1]);
      }
    }
  });
}

TEST(Entities, CountriesAndSectors) {
  for_each_case(
      "actors.tsv", {"text", "codes"},
      [](const Record& record, const std::string& codes) {
        for (const std::string& one : split(codes, "|")) {
          SCOPED_TRACE(one);
          const auto parts = split(one, " = ");
          ASSERT_EQ(parts.size(), 2u) << "name = country sector";
          const Entity* entity = entity_called(record, parts[0]);
          if (!entity) entity = entity_mentioned(record, parts[0]);
          const ActorCode none, &code = entity && entity->actor ? *entity->actor : none;
          const auto known = [](const std::string& value) { return value.empty() ? "-" : value; };
          EXPECT_EQ(known(code.country) + " " + known(code.sector), parts[1]);
        }
      },
      Depth::kExact);
}

TEST(Entities, WhatStandsBesideTheReportIsNotMeantByIt) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  Input input;
  input.media_type = MediaType::kHtml;
  input.bytes =
      "<h1>Farmers block the bridge</h1><article><p>The Northern Farmers Union called its members "
      "to the bridge on Monday, and some two hundred of them drove there in their tractors.</p>"
      "<p>Related: Harbor Workers Union elects a leader</p>"
      "<p>It said that the tractors would stay until the price of grain was paid, and that "
      "nobody would be kept from crossing on foot.</p></article>";
  const auto record = reader->read(input);
  ASSERT_TRUE(record);
  ASSERT_TRUE(
      std::any_of(record->sections.begin(), record->sections.end(), [&](const Section& section) {
        return section.kind == "boilerplate" && words(*record, section.span).starts_with("Related");
      }));
  const Entity* farmers = entity_called(*record, "Northern Farmers Union");
  ASSERT_TRUE(farmers);
  EXPECT_EQ(entity_mentioned(*record, "It"), farmers);
}

/// Each mention is compared with a bounded number of others, however many share its words.
TEST(Entities, TimeGrowsWithTheMentionsAlone) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  const auto seconds = [&](int sentences) {
    Input input;
    for (int n = 0; n < sentences; ++n) {
      const char letter[] = {static_cast<char>('A' + n % 26), static_cast<char>('a' + n % 7), 0};
      input.bytes +=
          "Anna " + std::string(letter) + "lund of the Lund Union told him that the union of ";
      input.bytes += std::string(letter) + "lund and Lund would sue her and the North Lund Union. ";
    }
    const std::clock_t begin = std::clock();
    const auto record = reader->read(input);
    EXPECT_TRUE(record);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  seconds(50);  // Loads what is loaded once.
  EXPECT_LT(seconds(400), 20 * seconds(50));
}

TEST(Entities, ANameOfFortyWordsIsRead) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  Input input;
  input.bytes = "The";
  for (int n = 0; n < 20; ++n) input.bytes += " Northern Harbor";
  input.bytes += " Union met on Monday. The union left.";
  const auto record = reader->read(input);
  ASSERT_TRUE(record);
  for (const Entity& entity : record->entities) {
    EXPECT_LT(entity.name.size(), 24U * 16U) << entity.name;
  }
}

TEST(Attributions, Cases) {
  for_each_case("attributions.tsv", {"text", "said"}, [](const Record& record, std::string said) {
    for (const std::string& one : split(said, "|")) {
      SCOPED_TRACE(one);
      if (one == "-") {
        EXPECT_TRUE(record.attributions.empty());
        continue;
      }
      const auto parts = split(one, "::");
      ASSERT_TRUE(parts.size() == 3 || parts.size() == 4) << "source :: form :: content :: name";
      const Entity* who = parts.size() == 4 ? entity_called(record, parts[3]) : nullptr;
      ASSERT_TRUE(who || parts.size() == 3);
      EXPECT_TRUE(std::any_of(record.attributions.begin(), record.attributions.end(),
                              [&](const Attribution& a) {
                                std::string source, content;
                                for (const Span span : a.source.spans)
                                  source += words(record, span);
                                for (const Span span : a.content) {
                                  content += (content.empty() ? "" : " ... ") + words(record, span);
                                }
                                return source == parts[0] && a.form == parts[1] &&
                                       content == parts[2] && (!who || a.source.entity == who->id);
                              }));
    }
  });
}

TEST(Attributions, StanceNegationModality) {
  for_each_case("stances.tsv", {"text", "stance"}, [](const Record& record, std::string stance) {
    ASSERT_FALSE(record.attributions.empty());
    EXPECT_EQ(record.attributions.front().stance, stance);
  });
}

TEST(Attributions, InsideIsAnother) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  Input input;
  input.bytes = "The agency reported that a representative suggested that the talks had failed.";
  const auto record = reader->read(input);
  ASSERT_TRUE(record);
  ASSERT_EQ(record->attributions.size(), 2u);
  EXPECT_EQ(record->attributions[0].inside, "");
  EXPECT_EQ(record->attributions[1].inside, record->attributions[0].id);
  for (const Attribution& attribution : record->attributions) {
    ASSERT_TRUE(attribution.confidence);
    EXPECT_GT(*attribution.confidence, 0.0);
    EXPECT_LE(*attribution.confidence, 1.0);
  }
}

TEST(Attributions, NoneIsInsideWhatIsInsideIt) {
  std::string reason;
  const Reader* reader = cases::shared_reader(reason);
  if (!reader) GTEST_SKIP() << reason;
  Input input;
  input.bytes =
      "ANKARA (Horn Wire) - Turkey and Qatar signed an agreement on a port on Monday, the foreign "
      "ministry said.";
  const auto record = reader->read(input);
  ASSERT_TRUE(record);
  ASSERT_EQ(record->attributions.size(), 2u);
  EXPECT_EQ(record->attributions[0].inside, record->attributions[1].id);
  EXPECT_EQ(record->attributions[1].inside, "");
}

// What is learned may be wrong on one sentence or another: no fewer than these are to be right.
constexpr int kRightEvents = 8;

TEST(Events, Cases) {
  int right = 0;
  std::string wrong;
  const auto check = [&](const Record& record, const std::string& events) {
    for (const std::string& one : split(events, "|")) {
      const auto parts = split(one, "::");
      ASSERT_EQ(parts.size(), 5u) << "type :: trigger :: actor :: recipient :: status";
      const auto takes_part = [&](const std::vector<Participant>& side, const std::string& name) {
        if (name == "-") return side.empty();
        const Entity* entity = entity_called(record, name);
        return std::any_of(side.begin(), side.end(), [&](const Participant& party) {
          return words(record, party.span) == name || (entity && party.entity == entity->id);
        });
      };
      const bool read =
          std::any_of(record.events.begin(), record.events.end(), [&](const Event& event) {
            const bool negated = event.polarity == "negated";
            return event.type == parts[0] && words(record, event.trigger) == parts[1] &&
                   takes_part(event.actors, parts[2]) && takes_part(event.recipients, parts[3]) &&
                   (negated ? "negated" : event.status) == parts[4];
          });
      right += read;
      if (!read) wrong += one + "\n";
    }
  };
  for_each_case("events.tsv", {"text", "events"}, check, Depth::kExact);
  if (right == 0 && wrong.empty()) GTEST_SKIP() << "no models";
  EXPECT_GE(right, kRightEvents) << "wrong:\n" << wrong;
}

TEST(Events, HaveTheirOwnTolls) {
  const auto check = [](const Record& record, const std::string& tolls) {
    for (const std::string& one : split(tolls, "|")) {
      const auto parts = split(one, "::");
      ASSERT_EQ(parts.size(), 2u) << "trigger :: counts value";
      const auto event = std::find_if(
          record.events.begin(), record.events.end(),
          [&](const Event& event) { return words(record, event.trigger) == parts[0]; });
      ASSERT_NE(event, record.events.end()) << parts[0];
      std::string read;
      for (const Quantity& quantity : record.quantities) {
        if (std::find(event->quantities.begin(), event->quantities.end(), quantity.id) ==
                event->quantities.end() ||
            quantity.counts.empty()) {
          continue;
        }
        read += fmt::format("{}{} {}", read.empty() ? "" : ", ", quantity.counts,
                            quantity.value.value_or(-1));
      }
      EXPECT_EQ(read.empty() ? "-" : read, parts[1]) << parts[0];
    }
  };
  for_each_case("event_tolls.tsv", {"text", "tolls"}, check, Depth::kExact);
}

TEST(Gaps, Cases) {
  for_each_case("gaps.tsv", {"text", "kind"}, [](const Record& record, std::string kind) {
    const std::string found = record.gaps.empty() ? "-" : record.gaps.front().kind;
    EXPECT_EQ(found, kind);
  });
}

TEST(Mentions, LieWithinTheText) {
  for_each_case("entities.tsv", {"text", "facts"}, [](const Record& record, const std::string&) {
    for (const Entity& entity : record.entities) {
      for (const Mention& mention : entity.mentions) {
        ASSERT_LT(mention.span.begin, mention.span.end);
        ASSERT_LE(mention.span.end, record.text.size());
        EXPECT_TRUE(mention.span.contains(mention.head.value_or(mention.span)));
        EXPECT_TRUE(mention.span.contains(mention.name.value_or(mention.span)));
      }
    }
  });
}

}  // namespace
}  // namespace dateline
