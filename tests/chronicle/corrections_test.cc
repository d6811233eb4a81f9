// What people correct: it wins over what was read, outlives other readings, and can be taken back.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <set>
#include <thread>

#include "chronicle/attacks.h"
#include "export/json_lines.h"
#include "knowledge/table.h"

namespace dateline::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Runs SQL with nothing of ours between; gives what went wrong.
std::string written_behind(const std::string& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  sqlite3_open(path.c_str(), &handle);
  char* message = nullptr;
  sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
  const std::string wrong = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(handle);
  return wrong;
}

std::vector<CorrectedValue> values_in(std::string_view given) {
  std::vector<CorrectedValue> values;
  while (!given.empty()) {
    const std::string_view one = given.substr(0, given.find('|'));
    given.remove_prefix(std::min(one.size() + 1, given.size()));
    const std::size_t equals = one.find('=');
    values.push_back({std::string(one.substr(0, equals)), std::string(one.substr(equals + 1))});
  }
  return values;
}

CorrectionRequest change(std::string name, std::string_view values, std::string who = "Ada") {
  return {.act = Act::kChange,
          .name = std::move(name),
          .values = values_in(values),
          .who = std::move(who)};
}

CorrectionRequest request(Act act, std::string name, std::string with = "") {
  return {.act = act, .name = std::move(name), .with = std::move(with), .who = "Ada"};
}

CorrectionRequest addition(std::string report, std::string words, std::string_view values) {
  return {.act = Act::kAdd,
          .name = std::move(report),
          .values = values_in(values),
          .words = std::move(words),
          .who = "Ada"};
}

class Corrections : public ::testing::Test {
 protected:
  std::int64_t done(const CorrectionRequest& wanted) {
    const auto made = chronicle_.correct(wanted);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? made->number : 0;
  }

  void undo(std::int64_t number) { EXPECT_TRUE(chronicle_.undo(number, "Ada")); }

  int refused(const CorrectionRequest& wanted, std::string_view words) {
    const std::size_t before = log().size();
    const auto made = chronicle_.correct(wanted);
    EXPECT_EQ(log().size(), before);
    if (made) return 0;
    EXPECT_THAT(made.error().message, HasSubstr(words));
    EXPECT_EQ(made.error().message.find('\n'), std::string::npos);
    return made.error().code;
  }

  std::vector<Correction> log(std::string_view name = "") const {
    std::vector<Correction> rows;
    EXPECT_TRUE(chronicle_.corrections(name, [&](const Correction& row) {
      rows.push_back(row);
      return true;
    })) << name;
    return rows;
  }

  /// The same content as another engine reads it.
  void read_anew(const Sample& was, const Record& record) {
    const Fingerprint print{was.print().content, "reading " + std::to_string(++readings_)};
    EXPECT_EQ(chronicle_.ingest(record, print).value(), Ingested::kReplaced);
  }

  TimelineEvent first() const { return events(chronicle_).at(0); }

  std::vector<std::string> unattached() const {
    std::vector<std::string> reasons;
    const auto all = chronicle_.attention();
    EXPECT_TRUE(all) << (all ? "" : all.error().message);
    for (const Attention& one : all.value_or(std::vector<Attention>())) {
      if (one.kind == "correction") reasons.push_back(one.reason);
    }
    return reasons;
  }

  void match() { EXPECT_TRUE(chronicle_.match(Matcher::open().value())); }

  const Folder folder_;
  const std::string path_ = folder_.file("a.db");
  Chronicle chronicle_ = writable(path_);
  int readings_ = 0;
};

TEST_F(Corrections, ValuesOfTheTable) {
  const auto table = knowledge::Table::load(DATELINE_SOURCE_DIR "/tests/chronicle/corrections.tsv",
                                            {"given", "code", "shown"});
  ASSERT_TRUE(table) << table.error().message;
  put(chronicle_, attack());
  const std::string before = [&] {
    std::string line;
    exporting::append_json_line(first(), line);
    return line;
  }();
  for (const auto& row : table->rows()) {
    const auto made = chronicle_.correct(change("r1.v1", row.cells[0]));
    if (!row.cells[1].empty()) {
      ASSERT_FALSE(made) << row.cells[0];
      EXPECT_EQ(std::to_string(made.error().code), row.cells[1]) << row.cells[0];
      EXPECT_THAT(made.error().message, HasSubstr(row.cells[2]));
      continue;
    }
    ASSERT_TRUE(made) << row.cells[0] << ": " << made.error().message;
    std::string line;
    exporting::append_json_line(first(), line);
    EXPECT_THAT(line, HasSubstr(row.cells[2])) << row.cells[0];
    EXPECT_EQ(first().state, "person-corrected");
    undo(made->number);
    line.clear();
    exporting::append_json_line(first(), line);
    EXPECT_EQ(line, before) << row.cells[0];
  }
}

TEST_F(Corrections, TheLogSaysWhoWhenWhyWhatAndByWhichWords) {
  const Sample sample = attack();
  put(chronicle_, sample);
  CorrectionRequest wanted = change("r1.v1", "day=2026-03-06|dead=14");
  wanted.why = "a later count";
  wanted.words = "on saturday";
  const auto number = done(wanted);
  const auto rows = log("r1.v1");
  ASSERT_EQ(rows.size(), 1u);
  const Correction& row = rows[0];
  EXPECT_EQ(row.number, number);
  EXPECT_EQ(row.who, "Ada");
  EXPECT_EQ(row.why, "a later count");
  EXPECT_THAT(row.at, ::testing::MatchesRegex("....-..-..T..:..:..Z"));
  ASSERT_EQ(row.values.size(), 2u);
  EXPECT_EQ(row.values[0].was, "2026-03-07");
  EXPECT_EQ(row.values[1].was, "12");
  ASSERT_EQ(row.words.size(), 2u);
  EXPECT_EQ(row.words[0].words, "stormed");
  EXPECT_EQ(row.words[0].before, "Fighters of the Karst Front ");
  EXPECT_EQ(row.words[0].report, "r1");
  EXPECT_EQ(row.words[0].content, sample.print().content);
  EXPECT_EQ(row.words[1].words, "on Saturday");
  EXPECT_EQ(row.words[1].span.begin, 56u);  // Code points.
  EXPECT_EQ(first().day_words, "on Saturday");
  EXPECT_THAT(written_behind(path_, "DELETE FROM corrections"), HasSubstr("never deleted"));
  EXPECT_THAT(written_behind(path_, "UPDATE corrections SET who = 'Bob'"),
              HasSubstr("never changed"));
}

TEST_F(Corrections, TheLaterWinsAndBothAreKept) {
  put(chronicle_, attack());
  const auto hers = done(change("r1.v1", "day=2026-03-06", "Ada"));
  const auto his = done(change("r1.v1", "day=2026-03-05", "Bob"));
  EXPECT_EQ(first().begin, "2026-03-05");
  EXPECT_EQ(first().corrected.at(0).correction, his);
  EXPECT_EQ(log().at(1).values.at(0).was, "2026-03-06");
  undo(his);
  EXPECT_EQ(first().begin, "2026-03-06");
  undo(hers);
  EXPECT_EQ(first().begin, "2026-03-07");
  EXPECT_EQ(first().state, "machine-read");
  EXPECT_EQ(log().size(), 4u);
  EXPECT_EQ(log().at(0).undone_by, 4);
  EXPECT_EQ(log("r1.v1").size(), 4u);
}

TEST_F(Corrections, RowsOrderAndClocksDoNot) {
  const Sample sample = attack();
  put(chronicle_, sample);
  const auto number = std::to_string(done(change("r1.v1", "day=2026-03-06")));
  // One written by a machine whose clock is far behind.
  ASSERT_EQ(written_behind(
                path_,
                "INSERT INTO corrections VALUES (9, '1999-01-01T00:00:00Z', 'Bob', NULL, 'change', "
                "NULL); INSERT INTO corrected_values VALUES (9, 0, 'day', '2026-03-05', NULL); "
                "INSERT INTO corrected_words SELECT 9, n, part, content, span_begin, span_end, "
                "words, before, after, event, type FROM corrected_words WHERE correction = " +
                    number),
            "");
  read_anew(sample, sample.record);
  EXPECT_EQ(first().begin, "2026-03-05");
}

TEST_F(Corrections, OutliveAnotherReading) {
  Sample sample = attack();
  put(chronicle_, sample);
  CorrectionRequest wanted = change("r1.v1", "type=COERCE|place=the town|dead=14");
  wanted.words = "at least 12 soldiers";
  done(wanted);
  done(request(Act::kConfirm, "r1.v2"));
  const TimelineEvent before = first();
  // The text as it was, read otherwise: another event comes first.
  Sample other = attack();
  other.record.events.insert(other.record.events.begin(), Event(other.record.events[1]));
  other.record.events[0].trigger = other.span("hold");
  for (std::size_t n = 0; n < 3; ++n) other.record.events[n].id = "v" + std::to_string(n + 1);
  read_anew(sample, other.record);
  const auto moved = events(chronicle_);
  const auto corrected = std::ranges::find(moved, "r1.v2", &TimelineEvent::handle);
  ASSERT_NE(corrected, moved.end());
  EXPECT_EQ(corrected->type, "COERCE");
  EXPECT_EQ(corrected->place->words, before.place->words);
  EXPECT_EQ(corrected->quantities.at(0).words, "at least 12 soldiers");
  EXPECT_THAT(unattached(), IsEmpty());
}

TEST_F(Corrections, AreFoundAgainByTheirWordsOrReported) {
  const Sample sample = attack();
  const std::string& text = sample.record.text;
  std::string lines = text;
  for (std::size_t at = 0; (at = lines.find(' ', at)) != std::string::npos; at += 4) {
    lines.replace(at, 1, "\n   ");
  }
  struct Case {
    std::string text;
    int which;           ///< Which "stormed" of the text an event is read from; -1: none.
    std::string reason;  ///< Empty: attached.
  };
  const Case cases[] = {
      {text, 0, ""},
      {"A line that was cut off before. " + text, 0, ""},
      {"Fighters had stormed another town. " + text, 1, ""},
      {lines, 0, ""},
      {"They stormed the K\u00f6rm\u00e1r barracks on Saturday, killing at least 12 soldiers.", 0,
       ""},
      {"Fighters stormed in.", 0, "among others"},
      {"Rain fell on Kolvar.", -1, "not in the report's text"},
      {"A line. " + text, -1, "no event"},
      {"Again: " + text + " " + text, 0, "several times"},
  };
  put(chronicle_, sample);
  done(change("r1.v1", "day=2026-03-06"));
  for (const Case& one : cases) {
    Sample other("attack-1", one.text, "2026-03-08");
    if (one.which >= 0) {
      std::size_t at = one.text.find("stormed");
      for (int n = 0; n < one.which; ++n) at = one.text.find("stormed", at + 1);
      other.event("ASSAULT", "stormed", "2026-03-07").trigger = {
          static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 7)};
    }
    read_anew(sample, other.record);
    if (one.reason.empty()) {
      EXPECT_EQ(first().begin, "2026-03-06") << one.text;
      EXPECT_THAT(unattached(), IsEmpty()) << one.text;
    } else {
      EXPECT_THAT(unattached(), ElementsAre(HasSubstr(one.reason))) << one.text;
      EXPECT_THAT(log().at(0).words.at(0).unattached, HasSubstr(one.reason));
    }
  }
  read_anew(sample, sample.record);  // As before: it holds again.
  EXPECT_EQ(first().begin, "2026-03-06");
  EXPECT_THAT(unattached(), IsEmpty());
}

TEST_F(Corrections, WhatIsRejectedIsNoHappening) {
  const Sample sample = attack();
  put(chronicle_, sample);
  match();
  const auto one = done(request(Act::kReject, "r1.v1"));
  EXPECT_EQ(chronicle_.totals()->events, 1u);
  EXPECT_EQ(chronicle_.show("r1.v1").error().code, 4010);
  EXPECT_THAT(chronicle_.show("r1.v1").error().message, HasSubstr("--undo 1"));
  EXPECT_EQ(chronicle_.show("r1")->record.events.size(), 1u);
  match();
  // The other mention tells of the same incident; a happening is rejected with all its mentions.
  const std::string id = chronicle_.accounts("r1.v2")->id;
  const auto all = done(request(Act::kReject, id));
  match();
  EXPECT_EQ(chronicle_.totals()->happenings, 0u);
  read_anew(sample, sample.record);
  match();
  EXPECT_EQ(chronicle_.totals()->events, 0u);
  Record without = sample.record;
  without.events.clear();
  read_anew(sample, without);
  EXPECT_THAT(unattached(), IsEmpty());  // There is nothing left to reject.
  read_anew(sample, sample.record);
  undo(all);
  undo(one);
  match();
  EXPECT_EQ(chronicle_.totals()->events, 2u);
  EXPECT_EQ(chronicle_.totals()->happenings, 1u);
}

TEST_F(Corrections, WhatWasMissedIsAdded) {
  const Sample sample = attack();
  put(chronicle_, sample);
  match();
  const auto number =
      done(addition("r1", "We hold the town", "type=MOBILIZE|day=2026-03-08|actors=Karst Front"));
  match();
  const std::string handle = "r1.c" + std::to_string(number);
  EXPECT_EQ(chronicle_.show(handle)->event->state, "person-added");
  EXPECT_EQ(chronicle_.accounts(handle)->type, "MOBILIZE");
  EXPECT_EQ(events(chronicle_, {.actor = "karst", .types = {"mobilize"}}).size(), 1u);
  done(change(handle, "place=the town"));
  read_anew(sample, sample.record);
  match();
  EXPECT_EQ(chronicle_.show(handle)->event->place->words, "the town");
  EXPECT_EQ(chronicle_.show(handle)->event->words,
            "\u201cWe hold the town,\u201d a spokesman claimed.");
  // An engine that finds it by itself does not make two of it.
  Sample better = attack();
  better.event("MOBILIZE", "hold").incident = "i9";
  read_anew(sample, better.record);
  EXPECT_EQ(events(chronicle_, {.types = {"MOBILIZE"}}).size(), 1u);
  EXPECT_EQ(chronicle_.show("r1.v3")->event->place->words, "the town");
  EXPECT_EQ(chronicle_.show("r1.v3")->event->begin, "2026-03-08");
  EXPECT_THAT(unattached(), IsEmpty());
  read_anew(sample, sample.record);
  undo(number);
  EXPECT_EQ(events(chronicle_).size(), 2u);
  EXPECT_EQ(unattached().size(), 1u);  // That of its place.
}

TEST_F(Corrections, MistakesAreOneLineAndChangeNothing) {
  put(chronicle_, attack());
  put(chronicle_, Sample("other", "Rain fell on Kolvar. Rain fell on Orvela.", "2026-03-08"));
  match();
  const std::string id = chronicle_.accounts("r1.v1")->id;
  EXPECT_EQ(refused(change("r1.v9", "dead=1"), "no event 'v9'"), 4010);
  EXPECT_EQ(refused(change("r9.v1", "dead=1"), "no report and no event"), 4010);
  EXPECT_EQ(refused(change("h000000000000", "dead=1"), "h000000000000"), 4010);
  EXPECT_EQ(refused(change("r1", "dead=1"), "no event"), 4010);
  EXPECT_EQ(refused(change("", "dead=1"), ""), 4010);
  EXPECT_EQ(refused(change("r1.v1", "dead=1", ""), "who"), 4030);
  EXPECT_EQ(refused(change("r1.v1", "actors=\xff"), "UTF-8"), 4030);
  EXPECT_EQ(refused(change("r1.v1", "dead=1", "A\xc3"), "UTF-8"), 4030);
  EXPECT_EQ(refused(request(Act::kUndo, "r1.v1"), "number"), 4034);
  EXPECT_EQ(refused(request(Act::kMerge, "r1.v1", "r1.v1"), "one happening already"), 4033);
  EXPECT_EQ(refused(request(Act::kMerge, id, "r1.v2"), "one happening already"), 4033);
  EXPECT_EQ(refused(request(Act::kMerge, id, "r7.v2"), "r7"), 4010);
  EXPECT_EQ(refused(request(Act::kSplit, "r1.v1"), "only account"), 4033);
  EXPECT_EQ(refused(request(Act::kSplit, id), "which account"), 4033);
  EXPECT_EQ(refused(addition("r2", "Rain", "type=DISASTER"), "0-4 ("), 4032);
  EXPECT_EQ(refused(addition("r2", "Rain", "type=DISASTER"), "21-25 ("), 4032);
  EXPECT_EQ(refused(addition("r2", "Snow", "type=DISASTER"), "no words 'Snow'"), 4031);
  EXPECT_EQ(refused(addition("r2", "ain fell", "type=DISASTER"), "no words"), 4031);
  EXPECT_EQ(refused(addition("r2", "", "type=DISASTER"), "Mark them"), 4031);
  EXPECT_EQ(refused(addition("r2", "Kolvar", "day=2026-03-09"), "type"), 4030);
  EXPECT_EQ(refused(addition("r2", "Kolvar", "type=DISASTRE"), "did you mean DISASTER?"), 4017);
  EXPECT_EQ(refused(addition("r1", "stormed", "type=ASSAULT"), "r1.v1 already"), 4033);
  EXPECT_EQ(refused(addition("r1.v1", "stormed", "type=ASSAULT"), "an event already"), 4030);
  CorrectionRequest outside = addition("r2", "", "type=DISASTER");
  for (const CodePointSpan span :
       {CodePointSpan{5, 5}, CodePointSpan{9, 5}, CodePointSpan{30, 42}, CodePointSpan{1, ~0u}}) {
    outside.span = span;
    EXPECT_EQ(refused(outside, "41 characters"), 4031);
  }
  EXPECT_EQ(chronicle_.undo(1, "Ada").error().code, 4034);
  const auto number = done(request(Act::kConfirm, "r1.v1"));
  EXPECT_EQ(chronicle_.undo(number, "").error().code, 4030);
  undo(number);
  EXPECT_EQ(chronicle_.undo(number, "Ada").error().code, 4034);
  EXPECT_EQ(chronicle_.undo(number + 1, "Ada").error().code, 4034);
  EXPECT_FALSE(chronicle_.corrections("r9", [](const auto&) { return true; }));
}

TEST_F(Corrections, AStoreThatMayNotBeWrittenStaysAsItIs) {
  put(chronicle_, attack());
  auto reader = Chronicle::open(path_).value();
  EXPECT_EQ(reader.correct(change("r1.v1", "dead=1")).error().code, 4004);
  EXPECT_TRUE(reader.corrections("", [](const auto&) { return true; }));
}

TEST_F(Corrections, TwoWritersTakeTurns) {
  put(chronicle_, attack());
  constexpr int kEach = 25;
  const auto write = [&](const char* who) {
    auto chronicle = writable(path_);
    for (int i = 0; i < kEach; ++i) {
      EXPECT_TRUE(chronicle.correct(change("r1.v1", "dead=" + std::to_string(i), who)));
    }
  };
  std::thread one(write, "Ada"), two(write, "Bob");
  one.join();
  two.join();
  const auto rows = log();
  ASSERT_EQ(rows.size(), 2u * kEach);
  std::string before = "12";
  for (const Correction& row : rows) {
    EXPECT_EQ(row.values.at(0).was, before);  // Each saw the one before it.
    before = row.values.at(0).value;
  }
  EXPECT_EQ(first().quantities.at(0).value, std::stod(before));
}

TEST_F(Corrections, OfAReportThatIsNotInAreKeptAndReported) {
  const Sample sample = attack();
  put(chronicle_, sample);
  const auto number = done(change("r1.v1", "dead=14"));
  ASSERT_EQ(
      written_behind(path_,
                     "DELETE FROM event_facts; DELETE FROM happening_facts; DELETE FROM reports; "
                     "DELETE FROM events; DELETE FROM profiles; DELETE FROM "
                     "tellings; DELETE FROM happenings; DELETE FROM entities; DELETE FROM "
                     "mentions; DELETE FROM aliases; DELETE FROM places; DELETE FROM quantities; "
                     "DELETE FROM participants; DELETE FROM attributions; DELETE FROM "
                     "attribution_spans; DELETE FROM event_quantities; DELETE FROM "
                     "event_contexts; DELETE FROM according_to; DELETE FROM corrected; DELETE "
                     "FROM found"),
      "");
  EXPECT_THAT(unattached(), ElementsAre(HasSubstr("not in this store")));
  EXPECT_THAT(log().at(0).words.at(0).unattached, HasSubstr("not in this store"));
  put(chronicle_, sample);  // It comes in again.
  EXPECT_EQ(first().quantities.at(0).value, 14);
  EXPECT_THAT(unattached(), IsEmpty());
  undo(number);
  EXPECT_EQ(first().quantities.at(0).value, 12);
}

class Told : public Corrections {
 protected:
  /// Which reports tell each happening of the attack.
  std::set<std::set<std::string>> groups() const {
    std::set<std::set<std::string>> all;
    EXPECT_TRUE(chronicle_.happenings({}, [&](const Happening& happening) {
      std::set<std::string> ids;
      for (const Account& account : happening.accounts) ids.insert(account.told.report.id);
      all.insert(ids);
      return true;
    }));
    return all;
  }

  std::string attack_of(const Sample& sample) const {
    return chronicle_.show(sample.record.id)->ref.handle + ".v1";
  }
};

TEST_F(Told, APersonsValueIsTheHappenings) {
  const auto samples = five();
  for (const Sample& sample : samples) put(chronicle_, sample);
  match();
  const std::string id = chronicle_.accounts("r1.v1")->id;
  EXPECT_EQ(chronicle_.accounts(id)->state, "machine-merged");
  const auto number = done(change("r4.v1", "type=COERCE|day=2026-03-08|dead=8"));
  EXPECT_EQ(chronicle_.match(Matcher::open().value()).value(), 0u);  // Nothing is compared anew.
  for (int reading = 0; reading < 2; ++reading) {
    const Happening told = chronicle_.accounts(id).value();
    EXPECT_EQ(told.accounts.size(), 5u);
    EXPECT_EQ(told.type, "COERCE");
    EXPECT_EQ(told.begin, "2026-03-08");
    EXPECT_EQ(told.tolls.at(0).best, 8);
    EXPECT_EQ(told.accounts[told.fullest].told.handle, "r4.v1");
    EXPECT_EQ(told.state, "person-corrected");
    std::size_t on_the_day = 0;
    const HappeningFilter filter{.events = {.since = "2026-03-08", .until = "2026-03-08"}};
    EXPECT_TRUE(chronicle_.happenings(filter, [&](const auto&) { return ++on_the_day > 0; }));
    EXPECT_EQ(on_the_day, 1u);
    read_anew(samples[3], samples[3].record);
    match();
  }
  undo(number);
  done(request(Act::kConfirm, id));
  match();
  EXPECT_EQ(chronicle_.accounts(id)->state, "person-confirmed");
  EXPECT_EQ(chronicle_.accounts(id)->type, "ASSAULT");
  EXPECT_EQ(log(id).size(), 3u);
}

TEST_F(Told, WhatPeopleHoldTogetherOrApartStaysSoInAnyOrder) {
  auto samples = five();
  Sample apart("apart", "Crowds marched through Brimholt against the price of salt.", "2026-03-10");
  Event& march = apart.event("PROTEST", "marched", "2026-03-10");
  march.main = true;
  samples.push_back(apart);
  for (const Sample& sample : samples) put(chronicle_, sample);
  match();
  ASSERT_EQ(groups().size(), 2u);
  const auto split = done(request(Act::kSplit, attack_of(samples[2])));
  const auto merged = done(request(Act::kMerge, attack_of(samples[1]), attack_of(samples[5])));
  const auto expected = groups();
  match();
  EXPECT_EQ(groups(), expected);
  EXPECT_EQ(expected.size(), 2u);
  EXPECT_TRUE(expected.contains({samples[2].record.id}));
  // Read anew, in another order, each compared at once, and in a store of its own.
  std::ranges::reverse(samples);
  for (const Sample& sample : samples) {
    Record other = sample.record;
    other.events[0].confidence = .7;
    read_anew(sample, other);
    match();
    EXPECT_EQ(groups(), expected);
    read_anew(sample, sample.record);
    match();
    EXPECT_EQ(groups(), expected);
  }
  const Folder folder;
  const std::string copy = folder.file("b.db");
  for (int turn = 0; turn < 3; ++turn) {
    std::ranges::rotate(samples, samples.begin() + 2);
    std::filesystem::remove(copy);
    {
      auto empty = writable(copy);
    }
    ASSERT_EQ(written_behind(
                  copy, "ATTACH '" + path_ +
                            "' AS a; INSERT INTO corrections SELECT * FROM a.corrections; INSERT "
                            "INTO corrected_words SELECT * FROM a.corrected_words"),
              "");
    auto other = writable(copy);
    std::swap(chronicle_, other);
    for (const Sample& sample : samples) {
      put(chronicle_, sample);
      if (turn == 1) match();
    }
    match();
    EXPECT_EQ(groups(), expected) << turn;
    std::swap(chronicle_, other);
  }
  undo(split);
  undo(merged);
  match();
  EXPECT_EQ(groups().size(), 2u);
  EXPECT_TRUE(groups().contains({"apart"}));
}

}  // namespace
}  // namespace dateline::test
