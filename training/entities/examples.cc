// What the trees over pairs of mentions learn from: the rows that the engine weighs, report by
// report.
//
//   entities_examples PIPELINE KNOWLEDGE GAZETTEER names|TREES < reports.jsonl > rows.jsonl
//
// A report: {"id", "text"}. Written for each with `names`: {"id", "names": [{"spans", "row"}]}, one
// of each way of writing a name; with the folder of the trees that tell kinds: {"id", "mentions":
// [{"span", "head", "form", "describes"}], "pairs": [[earlier, later, features ...]]}. Spans count
// code points; "describes" is the mention of which one only says what it is, -1 of most.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <string>

#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/entities/draft.h"
#include "reading/entities/kinds.h"
#include "reading/entities/pairs.h"
#include "record/offsets.h"
#include "reports.h"

namespace dateline {
namespace {

void write_names(const reading::entities::Draft& draft, const knowledge::Gazetteer& gazetteer) {
  using namespace reading::entities;
  std::map<std::string, std::vector<std::uint32_t>> forms;
  const record::CodePoints points(draft.record.text);
  for (std::uint32_t m = 0; m < draft.mentions.size(); ++m) {
    const auto& mention = draft.mentions[m];
    if (mention.form == Form::kName) forms[name_key(draft, mention.name)].push_back(m);
  }
  std::vector<NameUse> uses;
  for (const auto& [key, mentions] : forms) uses.push_back({mentions});
  const auto rows = kind_rows(draft, &gazetteer, uses);
  std::string names;
  for (std::size_t n = 0; n < uses.size(); ++n) {
    std::string spans;
    for (const std::uint32_t m : uses[n].mentions) {
      const Span span = draft.tree.span(draft.mentions[m].name);
      spans += fmt::format("{}[{},{}]", spans.empty() ? "" : ",", points.at(span.begin),
                           points.at(span.end));
    }
    names += fmt::format("{}{{\"spans\":[{}],\"row\":[{:.4g}]}}", n > 0 ? "," : "", spans,
                         fmt::join(rows[n], ","));
  }
  std::cout << fmt::format("{{\"id\":\"{}\",\"names\":[{}]}}\n", draft.record.id, names);
}

void write(const knowledge::Tables& tables, const knowledge::Gazetteer& gazetteer,
           const reading::entities::KindTrees* kinds, const language::Document& document,
           const Record& record) {
  using namespace reading;
  const Tree tree(document);
  const Context context{document, tables};
  entities::Draft draft{context, record, tree, kinds, &gazetteer};
  entities::find_mentions(draft);
  entities::join_names(draft);
  if (!kinds) return write_names(draft, gazetteer);
  entities::read_roles(draft);
  entities::resolve(draft);
  const record::CodePoints points(record.text);
  const auto span = [&](Span s) {
    return fmt::format("[{},{}]", points.at(s.begin), points.at(s.end));
  };
  std::string mentions, pairs;
  entities::Pairs rows(draft);
  for (std::uint32_t m = 0; m < draft.mentions.size(); ++m) {
    const entities::Mention& mention = draft.mentions[m];
    mentions += fmt::format("{}{{\"span\":{},\"head\":{},\"form\":\"{}\",\"describes\":{}}}",
                            m > 0 ? "," : "", span(tree.span(mention.tokens)),
                            span(tree[mention.head].span), to_string(mention.form),
                            mention.describes == kNone ? -1 : static_cast<int>(mention.describes));
    for (const auto& candidate : rows.candidates(m)) {
      pairs += fmt::format("{}[{},{},{:.4g}]", pairs.empty() ? "" : ",", candidate.mention, m,
                           fmt::join(candidate.row, ","));
    }
  }
  std::cout << fmt::format("{{\"id\":\"{}\",\"mentions\":[{}],\"pairs\":[{}]}}\n", record.id,
                           mentions, pairs);
}

}  // namespace
}  // namespace dateline

int main(int count, char** arguments) {
  using namespace dateline;
  if (count != 5) {
    std::fprintf(
        stderr,
        "usage: entities_examples PIPELINE KNOWLEDGE GAZETTEER names|TREES < reports.jsonl\n");
    return 2;
  }
  const auto pipeline = training::must(language::Pipeline::load(arguments[1]));
  const std::filesystem::path knowledge = arguments[2];
  const auto tables = training::must(knowledge::Tables::load(knowledge));
  const auto article_tables = training::must(article::Tables::load(knowledge));
  const auto gazetteer = training::must(knowledge::Gazetteer::open(arguments[3]));
  std::optional<reading::entities::KindTrees> kinds;
  if (std::string_view(arguments[4]) != "names") {
    kinds = training::must(reading::entities::KindTrees::load(arguments[4]));
  }
  std::ios::sync_with_stdio(false);
  training::for_each_report(
      std::cin, article_tables, pipeline,
      [&](const Record& record, const language::Document& document, const auto&) {
        write(tables, gazetteer, kinds ? &*kinds : nullptr, document, record);
      });
  return 0;
}
