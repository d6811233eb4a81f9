// What the trees of places learn from: the features that the engine itself sees.
//
//   places_examples PIPELINE KNOWLEDGE GAZETTEER < reports.jsonl
//
// Writes a line a report: {"id", "names": [{"span", "x"}], "choices": [{"spans", "places":
// [{"geonameid", "kind", "lat", "lon", "country"}], "x": [a row a place]}]}. names are all
// stretches that may name a place; choices are those of the names that the trees of KNOWLEDGE
// found. SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/places/finder.h"
#include "record/offsets.h"

namespace dateline {
namespace {

template <typename T>
T must(Result<T> made) {
  if (!made) {
    std::fprintf(stderr, "places_examples: %s\n", made.error().message.c_str());
    std::exit(2);
  }
  return std::move(*made);
}

std::string text_of(const rapidjson::Document& line, const char* name) {
  const auto found = line.FindMember(name);
  if (found == line.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

void write(const reading::Context& context, const reading::PlaceFinder& finder,
           const std::string& id, const std::string& address) {
  const auto& gazetteer = finder.gazetteer();
  const record::CodePoints offsets(context.document.text);
  const auto span = [&](Span s) {
    return fmt::format("[{},{}]", offsets.at(s.begin), offsets.at(s.end));
  };
  std::string names, choices;
  const auto found = reading::find_toponyms(context, gazetteer);
  const auto rows = reading::toponym_rows(context, gazetteer, found);
  for (std::size_t n = 0; n < found.size(); ++n) {
    names += fmt::format("{}{{\"span\":{},\"x\":[{:.5g}]}}", n ? "," : "", span(found[n].span),
                         fmt::join(rows[n], ","));
  }
  const auto toponyms = finder.toponyms(context);
  auto named = reading::find_choices(context, gazetteer, toponyms);
  const auto choice_rows = reading::choice_rows(context, gazetteer, address, toponyms, named);
  auto row = choice_rows.begin();
  for (const reading::Named& one : named) {
    std::string spans, places, x;
    for (const std::uint32_t mention : one.mentions) {
      spans += (spans.empty() ? "" : ",") + span(toponyms[mention].span);
    }
    for (const reading::Choice& c : one.choices) {
      places += fmt::format(
          "{}{{\"geonameid\":{},\"kind\":\"{}\",\"lat\":{},\"lon\":{},\"country\":\"{}\"}}",
          places.empty() ? "" : ",",
          c.entry == reading::Choice::kNone ? 0 : gazetteer[c.entry].geonameid, c.kind,
          c.point ? c.point->lat : 0, c.point ? c.point->lon : 0,
          c.country == reading::Choice::kNone ? "" : gazetteer.code(c.country));
      x += fmt::format("{}[{:.5g}]", x.empty() ? "" : ",", fmt::join(*row++, ","));
    }
    choices += fmt::format("{}{{\"spans\":[{}],\"places\":[{}],\"x\":[{}]}}",
                           choices.empty() ? "" : ",", spans, places, x);
  }
  std::cout << fmt::format("{{\"id\":\"{}\",\"names\":[{}],\"choices\":[{}]}}\n", id, names,
                           choices);
}

}  // namespace
}  // namespace dateline

int main(int count, char** arguments) {
  using namespace dateline;
  if (count != 4) {
    std::fprintf(stderr, "usage: places_examples PIPELINE KNOWLEDGE GAZETTEER < reports.jsonl\n");
    return 2;
  }
  const auto pipeline = must(language::Pipeline::load(arguments[1]));
  const auto tables = must(knowledge::Tables::load(arguments[2]));
  const auto finder = must(reading::PlaceFinder::load(arguments[3], arguments[2]));
  auto scratch = pipeline.make_scratch();
  language::Document document;
  for (std::string line; std::getline(std::cin, line);) {
    rapidjson::Document report;
    report.Parse(line.c_str());
    if (report.HasParseError() || !report.IsObject()) continue;
    const std::string text = text_of(report, "text");
    pipeline.annotate(text, scratch, document);
    write({document, tables}, finder, text_of(report, "id"), text_of(report, "url"));
  }
}
