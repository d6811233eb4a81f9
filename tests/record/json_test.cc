// Records go out as JSON and come back the same; what is no record is refused with its place.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "dateline/record.h"

namespace dateline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string json_of(const Record& record) {
  std::string out;
  append_json(record, out);
  return out;
}

/// Records at random, with texts of one to four bytes a character.
class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  Record next() {
    Record record;
    record.text = words(below(40));
    begins_ = {0};
    for (std::size_t i = 1; i <= record.text.size(); ++i) {
      if (i == record.text.size() || (record.text[i] & 0xC0) != 0x80) {
        begins_.push_back(static_cast<std::uint32_t>(i));
      }
    }
    record.id = words(2);
    record.source = {words(1), word(), word(), word(), word(), word(), word()};
    record.title = words(below(4));
    record.authors = several<std::string>([&] { return words(2); });
    record.language = word();
    if (coin()) record.published = Published{"2026-03-09", "given", real()};
    record.modified = word();
    record.read_by = {"0.1.0", word(), word(), word(), word(), word()};
    record.sections = several<Section>([&] { return Section{word(), span()}; });
    if (coin()) {
      record.source_map =
          several<SourceSpan>([&] { return SourceSpan{span(), below(9), below(99)}; });
    }
    if (coin()) {
      record.page_map = several<PageSpan>(
          [&] { return PageSpan{span(), below(5000), 72, 122.1, below(600) / 10.0, 132.3}; });
    }
    if (coin()) {
      record.time_map = several<TimeSpan>([&] { return TimeSpan{span(), below(9), 36'000'000}; });
    }
    record.sentences = several<Span>([&] { return span(); });
    if (coin()) {
      record.tokens = several<TokenInfo>(
          [&] { return TokenInfo{span(), word(), word(), word(), word(), below(9)}; });
      record.names = several<NameInfo>([&] { return NameInfo{span(), word()}; });
    }
    record.entities = several<Entity>([&] {
      Entity entity{word(), word(), words(2), {}, {}, {}, {}};
      entity.aliases = several<Alias>([&] { return Alias{word(), maybe_span()}; });
      entity.mentions =
          several<Mention>([&] { return Mention{span(), word(), maybe_span(), maybe_span()}; });
      entity.roles = several<Role>([&] { return Role{word(), word(), span()}; });
      if (coin()) entity.actor = ActorCode{word(), word(), word()};
      return entity;
    });
    record.times = several<Time>([&] {
      return Time{word(), span(), word(), word(), word(), word(),
                  word(), word(), word(), word(), word(), maybe_span()};
    });
    record.places = several<Place>([&] {
      Place place{word(), span(), word(), word(), {}, real(), real(), word(), word(), {}, {}, {}};
      if (coin()) place.geonameid = below(1u << 30);
      place.confidence = real();
      return place;
    });
    record.quantities = several<Quantity>(
        [&] { return Quantity{word(), span(), real(), real(), real(), word(), word(), word()}; });
    record.attributions = several<Attribution>([&] {
      const auto spans = [&] { return several<Span>([&] { return span(); }); };
      return Attribution{
          word(), {spans(), word()}, {spans(), word()}, spans(), word(), word(), word(), 0.75};
    });
    record.events = several<Event>([&] {
      Event event;
      event.id = word(), event.incident = word(), event.type = word(), event.mode = word();
      const auto strings = [&] { return several<std::string>([&] { return word(); }); };
      const auto who = [&] { return Participant{word(), span()}; };
      event.contexts = strings();
      event.trigger = span();
      event.sentence = below(100);
      event.actors = several<Participant>(who), event.recipients = several<Participant>(who);
      if (coin()) event.date = EventDate{word(), word(), word(), word()};
      event.place = word();
      event.quantities = strings(), event.within = strings(), event.according_to = strings();
      event.polarity = word(), event.status = word(), event.confidence = real();
      return event;
    });
    record.gaps = several<Gap>([&] { return Gap{word(), {span(), span()}, words(2)}; });
    record.warnings = several<std::string>([&] { return words(3); });
    return record;
  }

 private:
  unsigned below(unsigned n) { return n == 0 ? 0 : static_cast<unsigned>(random_() % n); }
  bool coin() { return below(2) == 0; }

  std::string word() {
    static const std::vector<std::string> kWords = {
        "a",          "Lagos",        "e\u0301",
        "na\u00efve", "\u4e1c\u4eac", "\U0001F3F3\uFE0F\u200D\U0001F308",
        "\"",         "\\",           "\n\t",
        "\u2028",     "\U0001D54F",   std::string("\0x", 2),
        "/",          "\x7f",         "don\u2019t"};
    return kWords[below(static_cast<unsigned>(kWords.size()))];
  }
  std::string words(unsigned count) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) out += word() + (coin() ? " " : "");
    return out;
  }
  std::optional<double> real() {
    switch (below(5)) {
      case 0:
        return std::nullopt;
      case 1:
        return below(1000);
      case 2:
        return -static_cast<double>(below(1000)) / 7;
      case 3:
        return std::ldexp(static_cast<double>(random_()), -static_cast<int>(below(900)));
      default:
        return 9007199254740992.0 * below(100000);
    }
  }
  Span span() {
    std::uint32_t a = begins_[below(static_cast<unsigned>(begins_.size()))];
    std::uint32_t b = begins_[below(static_cast<unsigned>(begins_.size()))];
    return {std::min(a, b), std::max(a, b)};
  }
  std::optional<Span> maybe_span() { return coin() ? std::optional(span()) : std::nullopt; }
  template <typename Item, typename Make>
  std::vector<Item> several(Make make) {
    std::vector<Item> items;
    for (unsigned left = below(4); left > 0; --left) items.push_back(make());
    return items;
  }

  std::mt19937 random_;
  std::vector<std::uint32_t> begins_;
};

TEST(RecordJson, WhatWasWrittenReadsBackTheSame) {
  RandomRecords records(20260309);
  for (int i = 0; i < 2000; ++i) {
    const Record record = records.next();
    const std::string json = json_of(record);
    EXPECT_EQ(json.find('\n'), std::string::npos);
    const auto again = record_from_json(json);
    ASSERT_TRUE(again) << again.error().message << "\n" << json;
    ASSERT_EQ(json_of(*again), json);
    EXPECT_EQ(again->text, record.text);
    EXPECT_EQ(again->sentences, record.sentences);
    ASSERT_EQ(again->events.size(), record.events.size());
    for (std::size_t e = 0; e < record.events.size(); ++e) {
      EXPECT_EQ(again->events[e].trigger, record.events[e].trigger);
      EXPECT_EQ(again->events[e].confidence, record.events[e].confidence);
    }
  }
}

TEST(RecordJson, ABrokenLineNeverDoesMoreThanFail) {
  RandomRecords records(7);
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::string json = json_of(records.next());
    for (int changes = 0; changes < 10; ++changes) {
      json[random() % json.size()] = static_cast<char>(random());
      if (const auto record = record_from_json(json)) json_of(*record);
    }
    json.resize(random() % json.size());
    EXPECT_FALSE(record_from_json(json));
  }
}

TEST(RecordJson, SpansLeaveAsCodePoints) {
  Record record;
  record.text = "Caf\u00e9 \U0001F525 burnt";
  record.sentences = {{0, static_cast<std::uint32_t>(record.text.size())}};
  record.names = {{{0, 5}, "FAC"}, {{6, 10}, "FIRE"}, {{11, 16}, "VERB"}};
  EXPECT_THAT(json_of(record), HasSubstr(R"("sentences":[[0,12]],"names":[{"span":[0,4],)"
                                         R"("label":"FAC"},{"span":[5,6],"label":"FIRE"},)"
                                         R"({"span":[7,12],"label":"VERB"}])"));
}

TEST(RecordJson, UnknownLeavesNoTraceButTheListsOfAReportAreAlwaysThere) {
  EXPECT_EQ(json_of(Record{}),
            R"({"schema":"dateline/1","id":"","read_by":{},"text":"","sections":[],"sentences":[],)"
            R"("entities":[],"times":[],"places":[],"quantities":[],"attributions":[],"events":[],)"
            R"("gaps":[],"warnings":[]})");
}

TEST(RecordJson, NumbersAreAsShortAsTheyCanBe) {
  Record record;
  const auto quantity = [](std::optional<double> value) {
    return Quantity{"q", {}, value, {}, {}, "", "", ""};
  };
  record.quantities = {quantity(280),  quantity(-3),     quantity(0.1),
                       quantity(1e21), quantity(2.5e-7), quantity(std::nullopt)};
  const std::string json = json_of(record);
  for (const char* expected : {R"("value":280})", R"("value":-3})", R"("value":0.1})",
                               R"("value":1e+21})", R"("value":2.5e-07})", R"("value":null})"}) {
    EXPECT_THAT(json, HasSubstr(expected));
  }
}

TEST(RecordJson, BytesThatAreNotUtf8NeverLeave) {
  Record record;
  record.source.uri = "report\xff.txt";
  EXPECT_THAT(json_of(record), HasSubstr("\"report\uFFFD.txt\""));
}

TEST(RecordJson, FieldsItDoesNotKnowArePassedOver) {
  const auto record = record_from_json(
      R"({"later":[{"x":[[]]}],"schema":"dateline/1","text":"abc","title":null,"id":"r"})");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->id, "r");
}

TEST(RecordJson, DepthCostsNoStack) {
  const std::string deep(2'000'000, '[');
  EXPECT_FALSE(record_from_json(deep));
  EXPECT_TRUE(record_from_json(R"({"schema":"dateline/1","text":"","x":)" + deep +
                               std::string(deep.size(), ']') + "}"));
}

TEST(RecordJson, NumbersBeyondMeasureAreUnknown) {
  const auto record =
      record_from_json(R"({"schema":"dateline/1","text":"","quantities":[{"id":"q1","span":[0,0],)"
                       R"("value":0.00000000000000000000000000000000000000000001e-2147483639}]})");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_FALSE(record->quantities[0].value);
}

TEST(RecordJson, WhatIsNoRecordIsRefusedWithItsPlace) {
  std::ifstream file(DATELINE_SOURCE_DIR "/tests/record/broken.tsv");
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string code, offset, json;
    std::getline(fields, code, '\t');
    std::getline(fields, offset, '\t');
    std::getline(fields, json);
    const auto record = record_from_json(json);
    ASSERT_FALSE(record) << line;
    EXPECT_EQ(std::to_string(record.error().code), code) << line;
    EXPECT_EQ(record.error().offset ? std::to_string(*record.error().offset) : "-", offset)
        << line << "\n"
        << record.error().message;
    ++cases;
  }
  EXPECT_GT(cases, 25);
}

}  // namespace
}  // namespace dateline
