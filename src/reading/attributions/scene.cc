// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/scene.h"

#include <algorithm>

#include "language/hash.h"

namespace dateline::reading {

using language::TokenRange;

Key key(std::string_view text) { return language::hash_string(text); }

Scene::Scene(const language::Document& of, std::string_view report)
    : document(of),
      text(report),
      tree(of),
      tokens(of.tokens),
      quotes(find_quotes(report)),
      paragraphs(tree.paragraphs()) {
  words.reserve(tokens.size());
  for (const language::Token& token : tokens) {
    Word word;
    word.lower = key(token.lower);
    word.lemma = key(token.lemma);
    word.tag = key(token.tag);
    word.dep = key(token.dep);
    word.kind = token.pos == "PRON" ? word.lower : word.tag;
    words.push_back(word);
  }
  for (const language::Name& name : document.names) {
    const Key label = key(name.label);
    for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) words[i].kind = label;
  }
  for (std::uint32_t q = 0; q < quotes.size(); ++q) {
    const TokenRange range = tree.tokens_of(quotes[q].span);
    for (std::uint32_t i = range.begin; i < range.end; ++i) words[i].quote = q;
    quote_tokens.push_back(range);
  }
}

TokenRange Scene::sentence(std::uint32_t i) const {
  TokenRange range = document.sentences[tokens[i].sentence];
  range.begin = std::max(range.begin, i - std::min(i, kFar));
  range.end = std::min(range.end, i + kFar);
  return range;
}

bool Scene::breaks_line(std::uint32_t i) const {
  return tokens[i].pos == "SPACE" && tokens[i].text.find('\n') != std::string_view::npos;
}

}  // namespace dateline::reading
