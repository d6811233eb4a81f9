// What goes in comes out: reports, their events, where they were found, and why some are not in.
// SPDX-License-Identifier: Apache-2.0
#include "dateline/chronicle.h"

#include <gmock/gmock.h>

#include "chronicle/sample.h"

namespace dateline::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Chronicle, GivesAnEventWithAllItsWords) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  EXPECT_EQ(put(chronicle, attack()), Ingested::kAdded);
  const auto all = events(chronicle);
  ASSERT_EQ(all.size(), 2u);
  const TimelineEvent& stormed = all[0];
  EXPECT_EQ(stormed.handle, "r1.v1");
  EXPECT_EQ(stormed.incident, "r1.i1");
  EXPECT_EQ(stormed.type, "ASSAULT");
  EXPECT_THAT(stormed.contexts, ElementsAre("military"));
  EXPECT_EQ(stormed.begin, "2026-03-07");
  EXPECT_EQ(stormed.end, "2026-03-07");
  ASSERT_EQ(stormed.actors.size(), 1u);
  EXPECT_EQ(stormed.actors[0].name, "Karst Front");
  EXPECT_EQ(stormed.actors[0].words, "Fighters of the Karst Front");
  EXPECT_EQ(stormed.actors[0].country, "KRS");
  ASSERT_EQ(stormed.recipients.size(), 1u);
  EXPECT_EQ(stormed.recipients[0].name, "the K\u00f6rm\u00e1r barracks");
  ASSERT_TRUE(stormed.place);
  EXPECT_EQ(stormed.place->name, "K\u00f6rm\u00e1r");
  EXPECT_FALSE(stormed.place->lat);
  ASSERT_EQ(stormed.quantities.size(), 1u);
  EXPECT_EQ(stormed.quantities[0].words, "at least 12 soldiers");
  EXPECT_EQ(stormed.quantities[0].value, 12);
  EXPECT_THAT(stormed.according_to, IsEmpty());
  EXPECT_EQ(stormed.confidence, 0.75);
  EXPECT_EQ(stormed.words,
            "Fighters of the Karst Front stormed the K\u00f6rm\u00e1r barracks on "
            "Saturday, killing at least 12 soldiers.");
  EXPECT_EQ(stormed.report.outlet, "lantern.example");
  EXPECT_EQ(stormed.report.title, "Barracks stormed");

  const TimelineEvent& died = all[1];
  EXPECT_EQ(died.begin, "");
  ASSERT_EQ(died.according_to.size(), 1u);
  EXPECT_EQ(died.according_to[0].name, "army of Velia");
  EXPECT_EQ(died.according_to[0].words, "The army");
  EXPECT_THAT(died.according_to[0].via, ElementsAre("a spokesman"));
}

TEST(Chronicle, TheSameAgainChangesNothing) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const Sample sample = attack();
  EXPECT_EQ(*chronicle.knows(sample.print(), {}), Known::kNo);
  EXPECT_EQ(put(chronicle, sample), Ingested::kAdded);
  EXPECT_EQ(put(chronicle, sample), Ingested::kSkipped);
  EXPECT_EQ(*chronicle.knows(sample.print(), sample.input()), Known::kYes);
  EXPECT_EQ(chronicle.totals()->reports, 1u);
  EXPECT_EQ(chronicle.totals()->events, 2u);
}

TEST(Chronicle, TheSameBytesOfAnotherDateAreAnotherReport) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  Sample sample = attack();
  put(chronicle, sample);
  sample.record.published->value = "2026-03-09";
  EXPECT_EQ(put(chronicle, sample), Ingested::kAdded);
}

TEST(Chronicle, ACopyFoundElsewhereIsOneReportFoundTwice) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const Sample sample = attack();
  put(chronicle, sample);
  Input elsewhere = sample.input();
  elsewhere.id = "wire-9";
  elsewhere.uri = "https://courier.example/9";
  EXPECT_EQ(*chronicle.knows(sample.print(), elsewhere), Known::kElsewhere);
  EXPECT_EQ(*chronicle.knows(sample.print(), elsewhere), Known::kYes);
  const auto report = chronicle.show("wire-9");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->ref.handle, "r1");
  EXPECT_THAT(report->found_at,
              ElementsAre("https://www.lantern.example/world/attack", "https://courier.example/9"));
  EXPECT_EQ(events(chronicle, {.source = "courier"}).size(), 2u);
}

TEST(Chronicle, AnotherReadingTakesThePlaceOfTheOneBefore) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, Sample("first", "Nothing else.", "2026-03-01"));
  put(chronicle, attack());
  Sample again = attack();
  again.record.read_by.pipeline = "en_test-2";
  again.record.events.pop_back();
  again.record.text += " It rained zebras.";
  Fingerprint print = attack().print();
  EXPECT_NE(print.reading, again.print().reading);
  print.reading = again.print().reading;
  EXPECT_EQ(*chronicle.ingest(again.record, print), Ingested::kReplaced);
  EXPECT_EQ(chronicle.totals()->reports, 2u);
  const auto all = events(chronicle);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].handle, "r2.v1");
  EXPECT_EQ(chronicle.show("r2")->record.read_by.pipeline, "en_test-2");
  EXPECT_EQ(chronicle.search("zebras", {})->size(), 1u);
}

TEST(Chronicle, AnotherAssumedDayIsAnotherReading) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  Sample sample("a", "Rebels stormed the barracks on Friday.", "");
  const auto known = [&](const std::string& day) {
    Input input = sample.input();
    input.date.clear();
    input.assumed_date = day;
    return *chronicle.knows(fingerprint(input, kReader), input);
  };
  Input input = sample.input();
  const Fingerprint print = fingerprint(input, kReader);
  const auto assume = [&](const std::string& day) {
    sample.record.published = Published{day, "assumed", {}};
    return *chronicle.ingest(sample.record, print);
  };
  EXPECT_EQ(*chronicle.ingest(sample.record, print), Ingested::kAdded);
  EXPECT_EQ(known(""), Known::kYes);
  EXPECT_EQ(known("2026-03-09"), Known::kNo);
  EXPECT_EQ(assume("2026-03-09"), Ingested::kReplaced);
  EXPECT_EQ(known("2026-03-09"), Known::kYes);
  EXPECT_EQ(known(""), Known::kYes);  // What was assumed stays where nobody says otherwise.
  EXPECT_EQ(known("2026-03-10"), Known::kNo);
  EXPECT_EQ(assume("2026-03-10"), Ingested::kReplaced);
  EXPECT_EQ(assume("2026-03-10"), Ingested::kSkipped);
  EXPECT_EQ(chronicle.totals()->reports, 1u);
  // A day of its own is what counts.
  sample.record.published = Published{"2026-03-02", "text", {}};
  EXPECT_EQ(*chronicle.ingest(sample.record, {print.content, std::string(64, 'd')}),
            Ingested::kReplaced);
  input.date.clear();
  input.assumed_date = "2026-04-01";
  EXPECT_EQ(*chronicle.knows({print.content, std::string(64, 'd')}, input), Known::kYes);
}

TEST(Chronicle, WhatIsSaidFromBesideIsAnotherReading) {
  Input input;
  input.bytes = "Rebels stormed the barracks on Friday.";
  const Fingerprint plain = fingerprint(input, kReader);
  input.file = "a.txt";
  input.assumed_date = "2026-03-09";
  EXPECT_EQ(fingerprint(input, kReader).reading, plain.reading);
  for (std::string* said : {&input.beside.date, &input.beside.title, &input.beside.uri,
                            &input.beside.publisher, &input.beside.licence}) {
    *said = "2026-03-09";
    const Fingerprint told = fingerprint(input, kReader);
    EXPECT_EQ(told.content, plain.content);
    EXPECT_NE(told.reading, plain.reading);
    said->clear();
  }
}

TEST(Chronicle, OtherComponentsAreAnotherReading) {
  Sample again = attack();
  again.record.read_by.components = "sha256:2";
  EXPECT_NE(attack().print().reading, again.print().reading);
}

TEST(Chronicle, KeepsThePageThatAReportWasReadFrom) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  const std::string page = "<p>Caf\xe9\0 " + std::string(100'000, 'x') + std::string(3, '\0');
  {
    auto chronicle = writable(path);
    ASSERT_TRUE(chronicle.ingest(attack().record, attack().print(), page));
    put(chronicle, Sample("plain", "Nothing else.", "2026-03-01"));
  }
  const auto chronicle = Chronicle::open(path);
  const auto kept = chronicle->page("r1.v2");
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->bytes, page);
  EXPECT_EQ(kept->report.event->handle, "r1.v2");
  EXPECT_EQ(chronicle->page("attack-1")->bytes, page);
  EXPECT_EQ(chronicle->page("plain").error().code, 4014);
  EXPECT_EQ(chronicle->page("r9").error().code, 4010);
}

TEST(Chronicle, TwoReportsOfOneIdAreBothKept) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  EXPECT_EQ(put(chronicle, Sample("7", "Rain fell.", "2026-03-01")), Ingested::kAdded);
  EXPECT_EQ(put(chronicle, Sample("7", "Snow fell.", "2026-03-01")), Ingested::kAdded);
  const auto both = chronicle.show("7");
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, 4011);
  EXPECT_THAT(both.error().message, HasSubstr("r1 ("));
  EXPECT_THAT(both.error().message, HasSubstr("r2 ("));
  EXPECT_EQ(chronicle.show("r2")->record.text, "Snow fell.");
}

TEST(Chronicle, ARecordOfTwoThingsOfOneNameIsLeftOutWhole) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  Sample sample = attack();
  sample.record.events[1].id = "v1";
  const auto outcome = chronicle.ingest(sample.record, sample.print());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, 4009);
  EXPECT_EQ(chronicle.totals()->reports, 0u);
  EXPECT_EQ(put(chronicle, attack()), Ingested::kAdded);
}

TEST(Chronicle, ARecordThatPointsNowhereIsStillKept) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  Sample sample = attack();
  Event& event = sample.record.events[1];
  event.place = "p9", event.quantities = {"q9"}, event.according_to = {"a9", "a2"};
  event.sentence = 99;
  event.recipients[0].span = {5, 1'000'000};
  sample.record.attributions[0].inside = "a2";  // In a circle.
  put(chronicle, sample);
  const TimelineEvent died = events(chronicle)[1];
  EXPECT_FALSE(died.place);
  EXPECT_THAT(died.quantities, IsEmpty());
  ASSERT_EQ(died.according_to.size(), 2u);
  EXPECT_EQ(died.according_to[0].name, "");
  EXPECT_EQ(died.words, "died");
}

TEST(Chronicle, KeepsWhyAReportIsNotIn) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const Sample sample = attack();
  const Rejection rejection{"x", "in.jsonl", 3, sample.print().content, 1005, "too large"};
  EXPECT_EQ(*chronicle.keep_rejected(rejection), Ingested::kAdded);
  EXPECT_EQ(*chronicle.keep_rejected(rejection), Ingested::kSkipped);
  chronicle.keep_rejected({"", "in.jsonl", 4, "", 1002, "not JSON at byte 7"});
  const auto all = chronicle.rejected();
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ(all->at(0).line, 3u);
  EXPECT_EQ(all->at(0).reason, "too large");
  EXPECT_EQ(all->at(1).code, 1002);
  EXPECT_EQ(chronicle.totals()->rejected, 2u);
  // Another reading of it may fare better.
  Rejection by_reading = rejection;
  by_reading.code = 4016, by_reading.reading = sample.print().reading;
  EXPECT_FALSE(*chronicle.has_rejected(sample.print(), 4016));
  EXPECT_EQ(*chronicle.keep_rejected(by_reading), Ingested::kAdded);
  EXPECT_EQ(*chronicle.keep_rejected(by_reading), Ingested::kSkipped);
  EXPECT_TRUE(*chronicle.has_rejected(sample.print(), 4016));
  EXPECT_FALSE(*chronicle.has_rejected(sample.print(), 1005));
  EXPECT_FALSE(*chronicle.has_rejected({sample.print().content, "another"}, 4016));
  EXPECT_EQ(chronicle.totals()->rejected, 2u);
  // Read after all, with a greater limit, say: no longer rejected.
  put(chronicle, sample);
  EXPECT_EQ(chronicle.totals()->rejected, 1u);
  EXPECT_FALSE(*chronicle.has_rejected(sample.print(), 4016));
}

TEST(Chronicle, ShowsAReportOrAnEventByAnyOfItsNames) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const Sample sample = attack();
  put(chronicle, sample);
  std::string json;
  append_json(sample.record, json);
  for (const std::string& name : {std::string("r1"), sample.record.id, sample.record.source.uri,
                                  sample.print().content, sample.print().content.substr(0, 8)}) {
    const auto report = chronicle.show(name);
    ASSERT_TRUE(report) << name;
    EXPECT_FALSE(report->event);
    std::string again;
    append_json(report->record, again);
    EXPECT_EQ(again, json);
    EXPECT_EQ(report->content, sample.print().content);
  }
  EXPECT_EQ(chronicle.show("r1.v2")->event->handle, "r1.v2");
  EXPECT_EQ(chronicle.show("attack-1.v2")->event->handle, "r1.v2");
  for (const char* name : {"r2", "r1.v9", "", ".", "r", "r1.", "ffffffff", "'; DROP TABLE reports",
                           "r99999999999999999999999"}) {
    const auto nothing = chronicle.show(name);
    ASSERT_FALSE(nothing) << name;
    EXPECT_EQ(nothing.error().code, 4010) << name;
  }
}

TEST(Chronicle, EventsStandInTheOrderOfTheirOwnDates) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const auto add = [&](const std::string& id, const std::string& published,
                       const std::string& day) {
    Sample sample(id, "They marched in " + id + ".", published);
    sample.event("PROTEST", "marched", day);
    put(chronicle, sample);
  };
  add("late", "2026-03-01", "2026-03-20");
  add("nowhen", "", "");
  add("published", "2026-03-10T08:00:00Z", "");
  add("same-day", "2026-03-30", "2026-03-10");
  add("early", "2026-03-30", "2025-12-31");
  std::vector<std::string> order;
  for (const TimelineEvent& event : events(chronicle)) order.push_back(event.report.id);
  EXPECT_THAT(order, ElementsAre("early", "same-day", "published", "late", "nowhen"));
  EXPECT_EQ(events(chronicle, {.limit = 2}).size(), 2u);
  int seen = 0;
  chronicle.timeline({}, [&](const TimelineEvent&) { return ++seen < 3; });
  EXPECT_EQ(seen, 3);
}

TEST(Chronicle, FiltersEvents) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  Sample march("march", "Students marched in Lagos.", "2026-04-02", "/news/daily/march.txt");
  Event& marched = march.event("PROTEST", "marched", "2026-04-01");
  marched.actors = {{"", march.span("Students")}};
  const std::string lagos = march.place("Lagos", "NGA");
  march.record.events[0].place = lagos;
  put(chronicle, march);

  const auto handles = [&](const Filter& filter) {
    std::vector<std::string> all;
    for (const TimelineEvent& event : events(chronicle, filter)) all.push_back(event.handle);
    return all;
  };
  EXPECT_THAT(handles({}), ElementsAre("r1.v1", "r1.v2", "r2.v1"));
  EXPECT_THAT(handles({.since = "2026-03-08"}), ElementsAre("r1.v2", "r2.v1"));
  EXPECT_THAT(handles({.until = "2026-03"}), ElementsAre("r1.v1", "r1.v2"));
  EXPECT_THAT(handles({.since = "2026", .until = "2026"}).size(), 3u);
  EXPECT_THAT(handles({.since = "2026-03-07", .until = "2026-03-07"}), ElementsAre("r1.v1"));
  EXPECT_THAT(handles({.actor = "karst front"}), ElementsAre("r1.v1"));
  EXPECT_THAT(handles({.actor = "kf"}), ElementsAre("r1.v1"));
  EXPECT_THAT(handles({.actor = "VEL"}), ElementsAre("r1.v2"));
  EXPECT_THAT(handles({.actor = "student"}), ElementsAre("r2.v1"));
  EXPECT_THAT(handles({.actor = "ront"}), IsEmpty());
  EXPECT_THAT(handles({.place = "kormar"}), ElementsAre("r1.v1"));
  EXPECT_THAT(handles({.place = "nga"}), ElementsAre("r2.v1"));
  EXPECT_THAT(handles({.types = {"protest"}}), ElementsAre("r2.v1"));
  EXPECT_THAT(handles({.types = {"PROTEST", "ASSAULT"}}).size(), 3u);
  EXPECT_THAT(handles({.source = "lantern"}), ElementsAre("r1.v1", "r1.v2"));
  EXPECT_THAT(handles({.source = "march.txt"}), ElementsAre("r2.v1"));
  EXPECT_THAT(handles({.source = "army"}), ElementsAre("r1.v2"));
  EXPECT_THAT(handles({.actor = "' OR 1=1 --"}), IsEmpty());
  for (const char* type : {"') OR 1=1 --", "ASSAULTS", ""}) {
    const auto refused = chronicle.timeline({.types = {type}}, [](const auto&) { return true; });
    ASSERT_FALSE(refused) << type;
    EXPECT_EQ(refused.error().code, 4017);
  }
  for (const char* date : {"yesterday", "2026-13", "2026-02-30", "2026-2-3", "202", "2026-03-0x",
                           "2026/03/01", "-001", "20260301"}) {
    const auto refused = chronicle.timeline({.since = date}, [](const auto&) { return true; });
    ASSERT_FALSE(refused) << date;
    EXPECT_EQ(refused.error().code, 4013);
    EXPECT_FALSE(chronicle.search("x", {.until = date}));
  }
}

TEST(Chronicle, FindsReportsByTheirWords) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  put(chronicle, Sample("rain", "Rain fell on the barracks. Nobody died.", "2026-04-01"));
  const auto found = chronicle.search("barracks", {});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(found->at(0).report.id, "attack-1");  // Its title has the word too.
  EXPECT_GT(found->at(0).score, found->at(1).score);
  const SearchHit& rain = found->at(1);
  ASSERT_EQ(rain.hits.size(), 1u);
  EXPECT_EQ(rain.hits[0].of(rain.snippet), "barracks");

  const auto count = [&](std::string_view words, const Filter& filter = {}) {
    const auto some = chronicle.search(words, filter);
    return some ? static_cast<int>(some->size()) : -some.error().code;
  };
  EXPECT_EQ(count("storming"), 1);  // By its stem.
  EXPECT_EQ(count("kormar"), 1);
  EXPECT_EQ(count("rain barracks"), 1);
  EXPECT_EQ(count("\"the barracks\""), 1);
  EXPECT_EQ(count("\"barracks the\""), 0);
  EXPECT_EQ(count("barracks", {.since = "2026-04"}), 1);
  EXPECT_EQ(count("barracks", {.actor = "karst"}), 1);
  EXPECT_EQ(count("barracks", {.place = "Lagos"}), 0);
  EXPECT_EQ(count("barracks", {.types = {"ASSAULT"}}), 1);
  EXPECT_EQ(count("barracks", {.source = "army"}), 1);
  EXPECT_EQ(count("barracks", {.limit = 1}), 1);
}

TEST(Chronicle, OneWordManyTimesIsOneWord) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  std::string many;
  for (int i = 0; i < 40'000; ++i) many += "bomb ";
  put(chronicle, Sample("many", many, "2026-03-01"));
  put(chronicle, Sample("late", many + " A vase broke. ", "2026-03-01"));
  std::string words;
  for (int i = 0; i < 250; ++i) words += "bomb BOMB b\u00f3mb ";
  const auto found = chronicle.search(words.substr(0, 4000), {});
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 2u);
  for (const SearchHit& hit : *found) {
    EXPECT_LT(hit.snippet.size(), 200u);
    EXPECT_EQ(hit.hits.at(0).of(hit.snippet), "bomb");
  }
  // The passage shows the most of what was searched for, wherever it stands.
  const auto vase = chronicle.search("vase broke", {});
  ASSERT_EQ(vase->size(), 1u);
  EXPECT_THAT(vase->at(0).snippet, HasSubstr("A vase broke"));
  EXPECT_THAT(vase->at(0).snippet, testing::StartsWith("\u2026bomb"));
  ASSERT_EQ(vase->at(0).hits.size(), 2u);
  EXPECT_EQ(vase->at(0).hits[0].of(vase->at(0).snippet), "vase");
  // So many different words are no search.
  words.clear();
  for (int i = 0; i < 33; ++i) words += "w" + std::to_string(i) + " ";
  const auto refused = chronicle.search(words, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, 4012);
}

TEST(Chronicle, APassageIsShortHoweverLongItsWords) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  const std::string wide = std::string(50'000, '-') + "\u00e9" + std::string(50'000, 'x');
  put(chronicle, Sample("wide", wide + " barracks " + wide + " the gate fell.", "2026-03-01"));
  const auto found = chronicle.search("barracks", {});
  ASSERT_EQ(found->size(), 1u);
  const SearchHit& hit = found->at(0);
  EXPECT_LT(hit.snippet.size(), 2'000u);
  ASSERT_EQ(hit.hits.size(), 1u);
  EXPECT_EQ(hit.hits[0].of(hit.snippet), "barracks");
  const auto gate = chronicle.search("\"the gate fell\"", {});
  ASSERT_EQ(gate->size(), 1u);
  ASSERT_EQ(gate->at(0).hits.size(), 1u);
  EXPECT_EQ(gate->at(0).hits[0].of(gate->at(0).snippet), "the gate fell");
}

TEST(Chronicle, NothingTypedIsAnOperator) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  put(chronicle, attack());
  for (const std::string& words :
       {std::string("army NEAR(x"), std::string("army AND"), std::string("title:army"),
        std::string("army*"), std::string("^army"), std::string("a\"b\"c\""),
        std::string("\"\" army"), std::string("-army"),
        std::string("army'); DROP TABLE reports; --"), std::string("{a b}:c"),
        std::string("army\0NOT", 8), std::string("\"army\0x\"", 8), std::string("\xff\xfe army"),
        std::string("!!! army ???"), std::string(4000, 'a')}) {
    EXPECT_TRUE(chronicle.search(words, {})) << words;
  }
  EXPECT_EQ(chronicle.search("army !!!", {})->size(), 1u);
  for (const std::string& words : {std::string(), std::string(" \t"), std::string("\"\""),
                                   std::string("* - !"), std::string(5000, 'a')}) {
    const auto nothing = chronicle.search(words, {});
    ASSERT_FALSE(nothing) << words;
    EXPECT_EQ(nothing.error().code, 4012);
  }
  EXPECT_EQ(chronicle.totals()->reports, 1u);
}

}  // namespace
}  // namespace dateline::test
