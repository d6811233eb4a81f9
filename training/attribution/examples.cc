// What the attribution models learn from: the features that the engine itself sees, with the gold's
// answer for each. So what is trained is what will be read.
//
//   attribution_examples PIPELINE TRUNK OUTPUT < articles.jsonl
//
// Writes, for each of the models cue, source and content, OUTPUT/NAME.keys (64-bit keys, one row
// after the other) and OUTPUT/NAME.tsv (article, group, answer of each row; a group is one cue);
// for the heads cue and content OUTPUT/NAME.look (32-bit numbers: the words that it looks at,
// counted over all articles, and how the candidate was cut) and OUTPUT/vectors, those of all words
// (32-bit floats).
// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/document.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "language/pipeline.h"
#include "language/trunk.h"
#include "reading/attributions/spans.h"
#include "record/offsets.h"
#include "reports.h"

namespace dateline {
namespace {

using language::TokenRange;
using reading::Candidate;
using reading::kNone;
using reading::Scene;

/// Words of the articles before this one, and of this one.
struct Words {
  std::uint32_t before = 0, count = 0;
};

template <class Number>
void put_all(std::ofstream& to, const std::vector<Number>& numbers) {
  to.write(reinterpret_cast<const char*>(numbers.data()),
           static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
}

struct Examples {
  Examples(const std::string& folder, const std::string& name)
      : keys(folder + "/" + name + ".keys", std::ios::binary),
        rows(folder + "/" + name + ".tsv"),
        looks(folder + "/" + name + ".look", std::ios::binary) {}

  void take(std::size_t article, std::uint64_t group, double answer,
            std::vector<reading::Key>& row) {
    put_all(keys, row);
    rows << article << '\t' << group << '\t' << answer << '\n';
    row.clear();
  }

  template <std::size_t kCount>
  void take(const reading::Look<kCount>& look, const Words& words) {
    std::vector<std::uint32_t> seen;
    for (const std::uint32_t word : look.words) {
      seen.push_back(word < words.count ? words.before + word : kNone);
    }
    seen.push_back(look.cut);
    put_all(looks, seen);
  }

  std::ofstream keys, rows, looks;
};

/// Marks the tokens that a list of spans covers.
std::vector<std::uint32_t> tokens_of(const Scene& scene, const std::vector<Span>& spans) {
  std::vector<std::uint32_t> found;
  for (const Span span : spans) {
    const auto [first, last] = scene.tree.tokens_of(span);
    for (std::uint32_t i = first; i < last; ++i) {
      if (scene[i].pos != "PUNCT" && scene[i].pos != "SPACE") found.push_back(i);
    }
  }
  return found;
}

double likeness(const Scene& scene, const reading::Pieces& pieces,
                const std::vector<std::uint32_t>& gold) {
  std::size_t mine = 0, shared = 0;
  for (const TokenRange piece : pieces) {
    for (std::uint32_t i = piece.begin; i < piece.end; ++i) {
      if (scene[i].pos == "PUNCT" || scene[i].pos == "SPACE") continue;
      ++mine;
      shared += std::binary_search(gold.begin(), gold.end(), i);
    }
  }
  const std::size_t all = mine + gold.size() - shared;
  return all == 0 ? 1.0 : static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace
}  // namespace dateline

int main(int count, char** arguments) {
  using namespace dateline;
  if (count != 4) {
    std::fprintf(stderr, "usage: attribution_examples PIPELINE TRUNK OUTPUT < articles.jsonl\n");
    return 2;
  }
  const auto pipeline = training::must(language::Pipeline::load(arguments[1]));
  const auto trunk = training::must(language::Trunk::load(arguments[2]));
  const std::string folder = arguments[3];
  std::ofstream vectors_file(folder + "/vectors", std::ios::binary);
  language::Trunk::Scratch trunk_scratch(trunk);
  std::vector<float> vectors;
  Words in;
  Examples cues(folder, "cue"), sources(folder, "source"), contents(folder, "content");
  auto scratch = pipeline.make_scratch();
  language::Document document;
  std::vector<reading::Key> row;
  std::size_t article = 0, golds = 0, with_token = 0, candidates = 0;
  double best_sources = 0, best_contents = 0;
  std::uint64_t group = 0;
  for (std::string line; std::getline(std::cin, line); ++article) {
    rapidjson::Document json;
    json.Parse(line.data(), line.size());
    const std::string text(json["text"].GetString(), json["text"].GetStringLength());
    pipeline.annotate(text, scratch, document);
    const Scene scene(document, text);
    in = {in.before + in.count, scene.size()};
    trunk.encode(document, trunk_scratch, vectors);
    put_all(vectors_file, vectors);
    std::vector<std::uint32_t> byte_of;  // Of each code point.
    for (std::uint32_t b = 0; b <= text.size(); ++b) {
      if (b == text.size() || (static_cast<unsigned char>(text[b]) & 0xC0) != 0x80)
        byte_of.push_back(b);
    }
    const auto spans = [&](const rapidjson::Value& list) {
      std::vector<Span> found;
      for (const auto& span : list.GetArray()) {
        found.push_back({byte_of[span[0].GetUint()], byte_of[span[1].GetUint()]});
      }
      return found;
    };
    std::vector<std::uint8_t> answer(scene.size(), 0);  // 0 none, 1 cue, 2 within a content or cue
    struct Gold {
      std::uint32_t cue;
      std::vector<std::uint32_t> source, content;
    };
    std::vector<Gold> list;
    for (const auto& given : json["attributions"].GetArray()) {
      Gold gold{kNone, tokens_of(scene, spans(given["source"])),
                tokens_of(scene, spans(given["content"]))};
      for (const std::uint32_t i : gold.content) answer[i] = 2;
      ++golds;
      std::vector<Span> cue = spans(given["cue"]);
      int best = -1;
      for (const Span span : cue) {
        const auto [first, last] = scene.tree.tokens_of(span);
        for (std::uint32_t i = first; i < last; ++i) {
          if (!may_be_cue(scene, i)) continue;
          const Span head = scene[scene[i].head].span;
          const bool top = scene[i].head == i || !span.contains(head);
          const int worth =
              (top ? 4 : 0) + (scene[i].pos == "VERB" ? 2 : 0) + (scene[i].text != ":" ? 1 : 0);
          if (worth > best) best = worth, gold.cue = i;
        }
      }
      if (gold.cue == kNone) continue;
      ++with_token;
      list.push_back(std::move(gold));
    }
    for (const auto& given : json["attributions"].GetArray()) {
      for (const std::uint32_t i : tokens_of(scene, spans(given["cue"]))) answer[i] = 2;
    }
    for (const Gold& gold : list) answer[gold.cue] = 1;
    for (std::uint32_t i = 0; i < scene.size(); ++i) {
      if (!may_be_cue(scene, i)) continue;
      ++candidates;
      cue_features(scene, i, row);
      cues.take(article, i, answer[i], row);
      cues.take(cue_look(scene, i), in);
    }
    for (Gold& gold : list) {
      ++group;
      std::sort(gold.source.begin(), gold.source.end());
      std::sort(gold.content.begin(), gold.content.end());
      const auto score = [&](const std::vector<Candidate>& of,
                             const std::vector<std::uint32_t>& words) {
        std::vector<double> like;
        for (const Candidate& candidate : of)
          like.push_back(likeness(scene, candidate.pieces, words));
        return like;
      };
      const auto who = source_candidates(scene, gold.cue);
      const auto who_like = score(who, gold.source);
      const auto speaker = static_cast<std::size_t>(
          std::max_element(who_like.begin(), who_like.end()) - who_like.begin());
      best_sources += who_like[speaker] >= 0.5;
      for (std::size_t c = 0; c < who.size(); ++c) {
        source_features(scene, gold.cue, who[c], row);
        sources.take(article, group, who_like[c], row);
      }
      const auto what = content_candidates(scene, gold.cue, who[speaker]);
      const auto what_like = score(what, gold.content);
      best_contents +=
          !what.empty() && *std::max_element(what_like.begin(), what_like.end()) >= 0.5;
      for (std::size_t c = 0; c < what.size(); ++c) {
        content_features(scene, gold.cue, who[speaker], what[c], row);
        contents.take(article, group, what_like[c], row);
        contents.take(content_look(gold.cue, what[c]), in);
      }
    }
  }
  std::fprintf(stderr,
               "%zu articles, %zu words that may be cues; of %zu attributions %zu have one, %.0f a "
               "source and %.0f a content among the candidates\n",
               article, candidates, golds, with_token, best_sources, best_contents);
  return 0;
}
