// What the event heads learn from: reports as the engine itself sees them, with what may fill each
// slot of the triggers asked for. So what is trained is what will be read.
//
//   trunk_examples PIPELINE KNOWLEDGE < reports.jsonl > examples.jsonl
//
// A report: {"id", "text", "date"?, "triggers": [code point offsets]}. Written for each: its tokens
// and sentences, and for each trigger the fillers around it with their numbers (events/scene.h).
// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "installation.h"
#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/components.h"
#include "reading/events/table.h"
#include "reading/reading.h"
#include "reports.h"

namespace dateline {
namespace {

using reading::kNone;
using reading::events::Filler;
using reading::events::QuickVectors;
using reading::events::Scene;
using reading::events::Slot;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Numbers>
void put_numbers(Writer& writer, const Numbers& numbers) {
  writer.StartArray();
  for (const auto number : numbers) writer.Uint(number);
  writer.EndArray();
}

/// Every name that a filler goes by, its own words first.
void put_names(Writer& writer, const Scene& scene, Slot slot, const Filler& filler) {
  const Record& record = scene.record;
  const auto entity = [&](std::string_view id) {
    for (const Entity& e : record.entities) {
      if (e.id != id) continue;
      if (!e.name.empty()) put(writer, e.name);
      for (const Alias& alias : e.aliases) put(writer, alias.name);
    }
  };
  writer.StartArray();
  if (slot == Slot::kVoice) {
    const Attribution& said = record.attributions[filler.item];
    std::string words;
    for (const Span span : said.source.spans) {
      if (!words.empty()) words += ' ';
      words += span.of(record.text);
    }
    put(writer, words);
    entity(said.source.entity);
  } else {
    put(writer, scene.tree.span(filler.words).of(record.text));
    if (slot == Slot::kParty && filler.item != kNone) entity(record.entities[filler.item].id);
    if (slot == Slot::kPlace) put(writer, record.places[filler.item].name);
  }
  writer.EndArray();
}

void put_value(Writer& writer, const Scene& scene, Slot slot, const Filler& filler) {
  const Record& record = scene.record;
  if (slot == Slot::kTime) {
    const Time& time = record.times[filler.item];
    writer.StartArray();
    put(writer, time.begin);
    put(writer, time.end);
    writer.EndArray();
  } else if (slot == Slot::kQuantity) {
    const Quantity& quantity = record.quantities[filler.item];
    writer.StartArray();
    put(writer, quantity.counts);
    writer.Double(quantity.min.value_or(quantity.value.value_or(-1)));
    writer.Double(quantity.max.value_or(quantity.value.value_or(-1)));
    writer.EndArray();
  } else if (slot == Slot::kPlace) {
    put(writer, record.places[filler.item].country);
  } else {
    writer.Uint(filler.item == kNone ? 0 : filler.item + 1);
  }
}

void put_report(Writer& writer, const knowledge::Tables& tables, const Scene& scene,
                std::string_view id, const std::vector<std::uint32_t>& triggers) {
  constexpr const char* kNames[] = {"parties", "places", "times", "quantities", "voices"};
  writer.StartObject();
  writer.Key("id");
  put(writer, id);
  writer.Key("tokens");
  writer.StartArray();
  for (const language::Token& token : scene.tokens) put(writer, token.text);
  writer.EndArray();
  writer.Key("may");
  writer.StartArray();
  for (const language::Token& token : scene.tokens) {
    writer.Uint(reading::events::may_trigger(token));
  }
  writer.EndArray();
  writer.Key("where");
  writer.StartArray();
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    writer.Uint(reading::events::where_in_report(scene, i));
  }
  writer.EndArray();
  writer.Key("words");
  writer.StartArray();
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    put_numbers(writer, reading::events::word_features(tables.words, scene, i));
  }
  writer.EndArray();
  const auto keys = QuickVectors::keys_of(scene);
  // Rows of quick_vectors.h: its own, then in the mean of sentence and report.
  writer.Key("quick");
  writer.StartArray();
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    std::vector<std::uint16_t> rows;
    for (const auto row : QuickVectors::features(scene, keys, tables.words, i)) rows.push_back(row);
    rows.push_back(QuickVectors::topic(scene, keys, i, QuickVectors::kSentence));
    rows.push_back(QuickVectors::topic(scene, keys, i, QuickVectors::kReport));
    put_numbers(writer, rows);
  }
  writer.EndArray();
  writer.Key("sentences");
  writer.StartArray();
  for (const auto& sentence : scene.document.sentences) {
    put_numbers(writer, std::array{sentence.begin, sentence.end});
  }
  writer.EndArray();
  for (std::size_t s = 0; s < reading::events::kSlots; ++s) {
    writer.Key(kNames[s]);
    writer.StartArray();
    for (const Filler& filler : scene.fillers(static_cast<Slot>(s))) {
      writer.StartObject();
      writer.Key("head");
      writer.Uint(filler.head);
      writer.Key("names");
      put_names(writer, scene, static_cast<Slot>(s), filler);
      writer.Key("value");
      put_value(writer, scene, static_cast<Slot>(s), filler);
      writer.EndObject();
    }
    writer.EndArray();
  }
  std::vector<reading::events::View> before;
  writer.Key("triggers");
  writer.StartArray();
  for (const std::uint32_t trigger : triggers) {
    const auto view = reading::events::view_of(scene, tables.words, trigger);
    writer.StartObject();
    writer.Key("token");
    writer.Uint(trigger);
    for (std::size_t s = 0; s < reading::events::kSlots; ++s) {
      const Slot slot = static_cast<Slot>(s);
      writer.Key(kNames[s]);
      writer.StartArray();
      const Filler* const first = scene.fillers(slot).data();
      for (const Filler* filler : scene.around(slot, trigger)) {
        writer.StartArray();
        writer.Uint(static_cast<std::uint32_t>(filler - first));
        put_numbers(writer, pair_features(scene, slot, view, *filler));
        writer.EndArray();
      }
      writer.EndArray();
    }
    writer.Key("links");  // To each trigger before it.
    writer.StartArray();
    for (const auto& earlier : before) put_numbers(writer, link_features(scene, earlier, view));
    writer.EndArray();
    writer.EndObject();
    before.push_back(view);
  }
  writer.EndArray();
  writer.EndObject();
}

}  // namespace
}  // namespace dateline

int main(int count, char** arguments) {
  using namespace dateline;
  if (count != 3) {
    std::fprintf(stderr, "usage: trunk_examples PIPELINE KNOWLEDGE < reports.jsonl\n");
    return 2;
  }
  const auto pipeline = training::must(language::Pipeline::load(arguments[1]));
  const std::filesystem::path knowledge = arguments[2];
  const auto tables = training::must(knowledge::Tables::load(knowledge));
  const auto article_tables = training::must(article::Tables::load(knowledge));
  // Without happenings, whose heads may be the very thing to be made.
  const reading::Components components{
      training::must(reading::AttributionLearner::load(
          training::must(find_components(knowledge)) / "attribution", 0)),
      training::must(
          reading::PlaceFinder::load(training::must(find_gazetteer(knowledge)), knowledge)),
      {}};
  std::ios::sync_with_stdio(false);
  training::for_each_report(
      std::cin, article_tables, pipeline,
      [&](Record& record, const language::Document& document, const rapidjson::Document& json) {
        reading::read_all({document, tables, nullptr, &components}, record);
        const Scene scene(document, record);
        std::vector<std::uint32_t> byte_of;  // Of each code point.
        for (std::uint32_t b = 0; b <= record.text.size(); ++b) {
          if (b == record.text.size() ||
              (static_cast<unsigned char>(record.text[b]) & 0xC0) != 0x80)
            byte_of.push_back(b);
        }
        std::vector<std::uint32_t> triggers;
        for (const auto& offset : json["triggers"].GetArray()) {
          const std::uint32_t byte = byte_of[offset.GetUint()];
          triggers.push_back(scene.tree.first_of({byte, byte + 1}));
        }
        std::sort(triggers.begin(), triggers.end());
        triggers.erase(std::unique(triggers.begin(), triggers.end()), triggers.end());
        rapidjson::StringBuffer buffer;
        Writer writer(buffer);
        put_report(writer, tables, scene, record.id, triggers);
        std::puts(buffer.GetString());
      });
  return 0;
}
