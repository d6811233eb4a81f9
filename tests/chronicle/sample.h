// Reports for the chronicle's tests, built by naming words of a text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "dateline/chronicle.h"

namespace dateline::test {

inline const ReadBy kReader{"0.1.0", "en_test-1", "sha256:k1", "sha256:c1", "exact", ""};

/// A record that grows by words of its text.
class Sample {
 public:
  Sample(std::string id, std::string text, std::string date, std::string uri = "",
         std::string title = "") {
    record.id = std::move(id);
    record.text = std::move(text);
    record.title = std::move(title);
    record.source.uri = std::move(uri);
    record.read_by = kReader;
    if (!date.empty()) record.published = Published{date, "given", {}};
    std::size_t begin = 0;
    while (begin < record.text.size()) {
      const std::size_t end = std::min(record.text.find(". ", begin), record.text.size() - 1) + 1;
      record.sentences.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
      begin = end + 1;
    }
  }

  Input input() const {
    Input input;
    input.id = record.id;
    input.bytes = record.text;
    input.uri = record.source.uri;
    input.title = record.title;
    if (record.published) input.date = record.published->value;
    return input;
  }

  Fingerprint print() const { return fingerprint(input(), record.read_by); }

  Span span(const std::string& words) const {
    const std::size_t at = record.text.find(words);
    if (at == std::string::npos) throw std::logic_error("no words '" + words + "'");
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  }

  std::string entity(const std::string& name, const std::string& words, std::string country = "") {
    Entity& entity = record.entities.emplace_back();
    entity.id = "e" + std::to_string(record.entities.size());
    entity.kind = "group";
    entity.name = name;
    entity.mentions.push_back({span(words), "name", {}, {}});
    if (!country.empty()) entity.actor = ActorCode{country, "MIL", "agents"};
    return entity.id;
  }

  std::string place(const std::string& words, const std::string& country) {
    Place& place = record.places.emplace_back();
    place.id = "p" + std::to_string(record.places.size());
    place.span = span(words);
    place.name = words;
    place.country = country;
    place.precision = "town";
    return place.id;
  }

  std::string quantity(const std::string& words, double value, std::string counts) {
    Quantity& quantity = record.quantities.emplace_back();
    quantity.id = "q" + std::to_string(record.quantities.size());
    quantity.span = span(words);
    quantity.value = value;
    quantity.counts = std::move(counts);
    return quantity.id;
  }

  std::string said(const std::string& source, std::string entity, std::string inside = "") {
    Attribution& said = record.attributions.emplace_back();
    said.id = "a" + std::to_string(record.attributions.size());
    if (!source.empty()) said.source.spans = {span(source)};
    said.source.entity = std::move(entity);
    said.stance = "asserts";
    said.inside = std::move(inside);
    return said.id;
  }

  Event& event(std::string type, const std::string& trigger, std::string day = "") {
    Event& event = record.events.emplace_back();
    event.id = "v" + std::to_string(record.events.size());
    event.incident = "i1";
    event.type = std::move(type);
    event.trigger = span(trigger);
    for (std::size_t i = 0; i < record.sentences.size(); ++i) {
      if (record.sentences[i].contains(event.trigger)) event.sentence = static_cast<unsigned>(i);
    }
    event.polarity = "affirmed";
    event.status = "actual";
    if (!day.empty()) event.date = EventDate{day, day, "", "text"};
    return event;
  }

  Record record;
};

/// A report with everything in it.
inline Sample attack() {
  Sample sample(
      "attack-1",
      "Fighters of the Karst Front stormed the K\u00f6rm\u00e1r barracks on Saturday, killing at "
      "least 12 soldiers. The army said only three died. \u201cWe hold the town,\u201d a "
      "spokesman claimed.",
      "2026-03-08", "https://www.lantern.example/world/attack", "Barracks stormed");
  const std::string front = sample.entity("Karst Front", "Karst Front", "KRS");
  sample.record.entities[0].aliases.push_back({"KF", {}});
  const std::string army = sample.entity("army of Velia", "The army", "VEL");
  const std::string place = sample.place("K\u00f6rm\u00e1r", "VEL");
  const std::string twelve = sample.quantity("at least 12 soldiers", 12, "dead");
  const std::string three = sample.quantity("three", 3, "dead");
  const std::string outer = sample.said("a spokesman", "");
  const std::string inner = sample.said("The army", army, outer);
  Event& stormed = sample.event("ASSAULT", "stormed", "2026-03-07");
  stormed.contexts = {"military"};
  stormed.actors = {{front, sample.span("Fighters of the Karst Front")}};
  stormed.recipients = {{"", sample.span("the K\u00f6rm\u00e1r barracks")}};
  stormed.place = place;
  stormed.quantities = {twelve};
  stormed.confidence = 0.75;
  Event& died = sample.event("ASSAULT", "died");
  died.recipients = {{army, sample.span("The army")}};
  died.quantities = {three};
  died.according_to = {inner};
  return sample;
}

/// A directory of the test's own, gone with it.
class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "dateline-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = path;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Chronicle writable(const std::string& path, ChronicleOptions options = {}) {
  options.access = Access::kWrite;
  auto chronicle = Chronicle::open(path, options);
  if (!chronicle) throw std::runtime_error(chronicle.error().message);
  return std::move(*chronicle);
}

inline Ingested put(Chronicle& chronicle, const Sample& sample) {
  const auto outcome = chronicle.ingest(sample.record, sample.print());
  if (!outcome) throw std::runtime_error(outcome.error().message);
  return *outcome;
}

inline std::vector<TimelineEvent> events(const Chronicle& chronicle, const Filter& filter = {}) {
  std::vector<TimelineEvent> all;
  const auto given = chronicle.timeline(filter, [&](const TimelineEvent& event) {
    all.push_back(event);
    return true;
  });
  if (!given) throw std::runtime_error(given.error().message);
  if (*given != all.size()) throw std::runtime_error("timeline miscounts");
  return all;
}

}  // namespace dateline::test
