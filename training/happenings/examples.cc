// What the trees over happenings learn from: the rows that the engine asks them with, report by
// report.
//
//   happenings_examples PIPELINE KNOWLEDGE COMPONENTS GAZETTEER exact|fast < reports.jsonl >
//   rows.jsonl
//
// A report: {"id", "text", "date"?, "title"?, "url"?}. Written for each: {"id", "asked": [{"trees",
// "triggers": [code point at which each begins], "row"}]}.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/components.h"
#include "reading/reading.h"
#include "reading/trace.h"
#include "reports.h"

int main(int count, char** arguments) {
  using namespace dateline;
  if (count != 6) {
    std::fprintf(stderr,
                 "usage: happenings_examples PIPELINE KNOWLEDGE COMPONENTS GAZETTEER "
                 "exact|fast < reports.jsonl\n");
    return 2;
  }
  const auto pipeline = training::must(language::Pipeline::load(arguments[1]));
  const std::filesystem::path knowledge = arguments[2];
  const auto tables = training::must(knowledge::Tables::load(knowledge));
  const auto article_tables = training::must(article::Tables::load(knowledge));
  const Depth depth = std::string_view(arguments[5]) == "fast" ? Depth::kFast : Depth::kExact;
  const auto components =
      training::must(reading::Components::load(arguments[3], arguments[4], knowledge, depth));
  std::optional<language::Trunk::Scratch> trunk;
  if (components.events->trunk) trunk.emplace(*components.events->trunk);
  std::ios::sync_with_stdio(false);
  training::for_each_report(
      std::cin, article_tables, pipeline,
      [&](Record& record, const language::Document& document, const auto&) {
        reading::Trace trace;
        trace.asked.emplace();
        reading::read_all({document, tables, &trace, &components, trunk ? &*trunk : nullptr},
                          record);
        std::vector<std::uint32_t> point_of(record.text.size() + 1);  // Of each byte.
        std::uint32_t points = 0;
        for (std::size_t b = 0; b < record.text.size(); ++b) {
          point_of[b] = points;
          points += (static_cast<unsigned char>(record.text[b]) & 0xC0) != 0x80 ? 1 : 0;
        }
        // A continuation byte's place is never asked for: triggers begin where characters do.
        std::string out = fmt::format("{{\"id\":\"{}\",\"asked\":[", record.id);
        bool first = true;
        for (const reading::Asked& asked : *trace.asked) {
          std::vector<std::uint32_t> begins;
          for (const Span span : asked.triggers) begins.push_back(point_of[span.begin]);
          out += fmt::format("{}{{\"trees\":\"{}\",\"triggers\":[{}],\"row\":[{:.5g}]}}",
                             first ? "" : ",", asked.trees, fmt::join(begins, ","),
                             fmt::join(asked.row, ","));
          first = false;
        }
        std::puts((out + "]}").c_str());
      });
  return 0;
}
