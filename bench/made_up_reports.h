// Made-up records of reports, for stores of any size: the same for every run.
//
// Happenings follow each other over ten years, some hundred events a day at a million; each is told
// by one to twelve outlets within three days, in words of their own and partly in each other's.
// Names, towns and filler words are made of syllables, as rare as in the news: few are frequent.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "dateline/chronicle.h"
#include "dateline/event_types.h"

namespace dateline::bench {

inline std::string day_text(int days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

class MadeUpReports {
 public:
  static constexpr int kFirstDay = 16436, kDays = 3652;  // 2015 to 2024
  static constexpr std::size_t kTowns = 3000, kGroups = 1500, kOutlets = 400, kFiller = 20000;

  /// Of so many events in all, spread over the ten years.
  explicit MadeUpReports(std::size_t events)
      : happenings_a_day_(events / kEventsOfHappening / kDays) {
    for (std::size_t n = 0; n < kTowns; ++n) {
      towns_.push_back({name(2 + n % 2), kCountries[n * n % kCountries.size()],
                        -35 + 0.025 * static_cast<double>(draw(2800)),
                        -100 + 0.05 * static_cast<double>(draw(4600))});
    }
    for (std::size_t n = 0; n < kGroups; ++n) {
      groups_.push_back({name(2 + n % 2) + std::string(kKinds[n % kKinds.size()]),
                         kCountries[n % kCountries.size()]});
    }
    for (std::size_t n = 0; n < kOutlets; ++n)
      outlets_.push_back(name(2) + " " + std::string(kPapers[n % kPapers.size()]));
    for (std::size_t n = 0; n < kFiller; ++n) filler_.push_back(syllables(1 + n % 3 + n / 7000));
  }

  /// The next report, in the order of publication.
  Record next() {
    while (open_.size() < kAhead) add_happening();
    std::ranges::pop_heap(open_, later);
    const Telling telling = open_.back();
    open_.pop_back();
    return report(telling);
  }

 private:
  static constexpr double kEventsOfHappening = 6.2;
  static constexpr std::size_t kAhead = 4000;
  static constexpr std::array<const char*, 24> kCountries = {
      "SDN", "NGA", "MLI", "UKR", "COL", "MMR", "SYR", "YEM", "ETH", "KEN", "IND", "PAK",
      "AFG", "IRQ", "MEX", "BRA", "PHL", "THA", "SOM", "COD", "NER", "TCD", "HTI", "VEN"};
  static constexpr std::array<const char*, 6> kKinds = {" Front",    " Army",  " police",
                                                        " Movement", " Union", " Council"};
  static constexpr std::array<const char*, 5> kPapers = {"Times", "Post", "Herald", "Wire",
                                                         "Daily"};

  struct Town {
    std::string name, country;
    double lat, lon;
  };
  struct Group {
    std::string name, country;
  };
  struct Story {
    int day;
    std::size_t town, actor, recipient, type;
    unsigned dead;
    std::uint64_t words;  ///< What its agency text is drawn from.
  };
  struct Telling {
    double published;
    std::uint64_t number;
    Story story;
    std::size_t outlet;
    bool copy;
  };
  static bool later(const Telling& x, const Telling& y) {
    return std::tie(x.published, x.number) > std::tie(y.published, y.number);
  }

  std::uint64_t draw(std::uint64_t below) { return draw_() % below; }

  /// Few of many are frequent.
  std::size_t skewed(std::size_t size, std::mt19937_64& from) {
    if (from() % 2 == 0) return from() % size;
    const double u = static_cast<double>(from() % 1'000'000) / 1e6;
    return std::min(size - 1, static_cast<std::size_t>(std::pow(static_cast<double>(size), u)) - 1 +
                                  from() % (1 + size / 50));
  }

  std::string syllables(std::size_t count) {
    static constexpr std::array<const char*, 40> kSyllables = {
        "ka",   "ro", "mi",  "ten", "sul", "da",  "ve",  "lor", "an", "bi",
        "shar", "gu", "ne",  "po",  "tra", "el",  "os",  "hin", "ma", "ri",
        "zu",   "ke", "lam", "dor", "fe",  "ul",  "ya",  "cor", "ti", "ga",
        "ber",  "no", "sa",  "qui", "jo",  "wen", "ard", "is",  "om", "pra"};
    std::string word;
    for (std::size_t n = 0; n < count + 1; ++n) word += kSyllables[draw(kSyllables.size())];
    return word;
  }

  std::string name(std::size_t count) {
    std::string word = syllables(count);
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }

  void add_happening() {
    waited_ += 1 / std::max(happenings_a_day_, 1e-9);
    Story story{kFirstDay + static_cast<int>(waited_) % kDays,
                skewed(kTowns, draw_),
                skewed(kGroups, draw_),
                skewed(kGroups, draw_),
                draw(kEventTypes.size()),
                static_cast<unsigned>(1 + draw(40)),
                draw_()};
    if (draw(3) == 0) story.type = 15;  // ASSAULT
    const std::size_t several = draw(3) == 0 ? 1 + draw(12) : 1 + draw(2);
    for (std::size_t n = 0; n < several; ++n) {
      open_.push_back({story.day + static_cast<double>(draw(3000)) / 1000, number_++, story,
                       skewed(kOutlets, draw_), n > 0 && draw(4) == 0});
      std::ranges::push_heap(open_, later);
    }
  }

  std::string sentence_of_filler(std::mt19937_64& from) {
    std::string text;
    for (int n = 0; n < 14; ++n) {
      if (n > 0) text += ' ';
      text += filler_[skewed(kFiller, from)];
    }
    text[0] = static_cast<char>(text[0] >= 'a' ? text[0] - 'a' + 'A' : text[0]);
    return text + ".";
  }

  Record report(const Telling& telling) {
    const Story& story = telling.story;
    const Town& town = towns_[story.town];
    const Group &actor = groups_[story.actor], &recipient = groups_[story.recipient];
    Record record;
    const int published = static_cast<int>(telling.published);
    record.id = fmt::format("made-{}", telling.number);
    record.source.publisher = outlets_[telling.outlet];
    record.source.uri = fmt::format("https://outlet{}.example/{}/{}", telling.outlet,
                                    day_text(published), telling.number);
    record.published = Published{day_text(published), "given", {}};
    record.title = fmt::format("{} hit {} in {}", actor.name, recipient.name, town.name);
    record.language = "en";
    record.read_by = {"bench", "made-up", "", "", "exact", ""};
    const auto add = [&](std::string_view text) {
      const auto begin = static_cast<std::uint32_t>(record.text.size());
      record.text += text;
      return Span{begin, static_cast<std::uint32_t>(record.text.size())};
    };
    std::mt19937_64 agency(story.words);
    std::mt19937_64& own = draw_;
    Entity attacker{
        "e1", "group", actor.name, {}, {}, {}, ActorCode{actor.country, "REB", "agents"}};
    Entity victim{"e2",
                  "organization",
                  recipient.name,
                  {},
                  {},
                  {},
                  ActorCode{recipient.country, "MIL", "agents"}};
    Event attack;
    attack.id = "v1";
    attack.incident = "i1";
    attack.type = kEventTypes[story.type].name;
    if (attack.type == "ASSAULT") attack.mode = story.words % 2 ? "explosives" : "firearms";
    const Span who = add(actor.name);
    add(" ");
    attack.trigger = add(kVerbs[story.words / 64 % kVerbs.size()]);
    add(" ");
    const Span whom = add(recipient.name);
    add(" near ");
    const Span where = add(town.name);
    add(fmt::format(" on {}, ", kDaysOfWeek[static_cast<std::size_t>(story.day) % 7]));
    add(sentence_of_filler(agency) + " It left ");
    const Span dead = add(std::to_string(story.dead + telling.number % 3));
    add(" dead, ");
    const Span voice = add(kVoices[telling.number % kVoices.size()]);
    add(" said.");
    record.sentences.push_back({0, static_cast<std::uint32_t>(record.text.size())});
    for (int n = 0; n < 6; ++n) {
      add(" ");
      record.sentences.push_back(add(sentence_of_filler(telling.copy || n == 0 ? agency : own)));
    }
    attacker.mentions.push_back({who, "name", {}, {}});
    victim.mentions.push_back({whom, "name", {}, {}});
    record.entities = {attacker, victim};
    Place place;
    place.id = "p1";
    place.span = where;
    place.name = town.name;
    place.geonameid = static_cast<std::int64_t>(story.town) + 1;
    place.lat = town.lat;
    place.lon = town.lon;
    place.country = town.country;
    place.precision = "town";
    record.places.push_back(place);
    Quantity counted;
    counted.id = "q1";
    counted.span = dead;
    counted.value = story.dead + telling.number % 3;
    counted.counts = "dead";
    record.quantities.push_back(counted);
    Attribution said;
    said.id = "a1";
    said.source.spans = {voice};
    said.stance = "asserts";
    record.attributions.push_back(said);
    attack.actors = {{"e1", who}};
    attack.recipients = {{"e2", whom}};
    attack.place = "p1";
    attack.quantities = {"q1"};
    attack.date = EventDate{day_text(story.day), day_text(story.day), "", "text"};
    attack.polarity = "affirmed";
    attack.status = "actual";
    attack.according_to = {"a1"};
    attack.main = true;
    attack.confidence = 0.5 + 0.01 * static_cast<double>(story.words % 50);
    record.events.push_back(attack);
    add_background(record, story);
    return record;
  }

  /// What else the report mentions: a meeting of days ago.
  void add_background(Record& record, const Story& story) {
    const Group& other = groups_[skewed(kGroups, draw_)];
    const auto begin = static_cast<std::uint32_t>(record.text.size()) + 1;
    record.text += " " + other.name + " ";
    Event met;
    met.id = "v2";
    met.incident = "i2";
    met.type = kEventTypes[draw(kEventTypes.size())].name;
    met.trigger = {static_cast<std::uint32_t>(record.text.size()),
                   static_cast<std::uint32_t>(record.text.size() + 3)};
    const std::string around = sentence_of_filler(draw_);
    record.text += "met " + around;
    met.sentence = static_cast<std::uint32_t>(record.sentences.size());
    record.sentences.push_back({begin, static_cast<std::uint32_t>(record.text.size())});
    Entity entity{"e3", "group", other.name, {}, {}, {}, ActorCode{other.country, "GOV", "agents"}};
    const Span who{begin, begin + static_cast<std::uint32_t>(other.name.size())};
    entity.mentions.push_back({who, "name", {}, {}});
    record.entities.push_back(entity);
    met.actors = {{"e3", who}};
    const std::string day = day_text(story.day - 1 - static_cast<int>(draw(30)));
    met.date = EventDate{day, day, "", "context"};
    met.polarity = "affirmed";
    met.status = "actual";
    met.main = false;
    met.confidence = 0.6;
    record.events.push_back(met);
  }

  static constexpr std::array<const char*, 12> kVerbs = {
      "attacked", "stormed", "shelled", "raided",   "ambushed", "bombed",
      "besieged", "warned",  "accused", "expelled", "blocked",  "seized"};
  static constexpr std::array<const char*, 6> kVoices = {"police",     "the army",    "witnesses",
                                                         "a hospital", "a spokesman", "residents"};
  static constexpr std::array<const char*, 7> kDaysOfWeek = {
      "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"};

  std::mt19937_64 draw_{7};
  const double happenings_a_day_;
  double waited_ = 0;
  std::uint64_t number_ = 0;
  std::vector<Town> towns_;
  std::vector<Group> groups_;
  std::vector<std::string> outlets_, filler_;
  std::vector<Telling> open_;  ///< A heap: the next to be published first.
};

}  // namespace dateline::bench
