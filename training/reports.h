// Reports as the programs that make examples are given them: JSON Lines with "id", "text" and what
// is known of each. What goes wrong ends the program, with its message.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/document.h>

#include <cstdio>
#include <cstdlib>
#include <istream>
#include <string>
#include <utility>

#include "article/article.h"
#include "dateline/reader.h"
#include "dateline/record.h"
#include "dateline/result.h"
#include "language/pipeline.h"

namespace dateline::training {

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

/// Calls use(record, document, json) for each report, with its sentences in both.
template <class Use>
void for_each_report(std::istream& in, const article::Tables& tables,
                     const language::Pipeline& pipeline, const Use& use) {
  auto scratch = pipeline.make_scratch();
  language::Document document;
  for (std::string line; std::getline(in, line);) {
    rapidjson::Document json;
    json.Parse(line.data(), line.size());
    const auto field = [&](const char* name) {
      const auto at = json.FindMember(name);
      if (at == json.MemberEnd() || !at->value.IsString()) return std::string();
      return std::string(at->value.GetString(), at->value.GetStringLength());
    };
    Input input;
    input.id = field("id");
    input.bytes = field("text");
    input.verbatim = true;
    input.date = field("date");
    input.title = field("title");
    input.uri = field("url");
    Record record = must(article::read(input, tables, line.size() + 1, false));
    pipeline.annotate(record.text, scratch, document);
    for (const auto sentence : document.sentences) {
      record.sentences.push_back(document.span(sentence));
    }
    use(record, document, json);
  }
}

}  // namespace dateline::training
