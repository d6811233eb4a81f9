// SPDX-License-Identifier: Apache-2.0
#include "reading/events/own.h"

#include "reading/furniture.h"

namespace dateline::reading::events {

namespace {

using Phrase = knowledge::OwnEvents::Phrase;

/// "doorstep" of "doorstepped", which the lemmatizer takes for a form of "doorsteppe" as it does
/// not know the word; empty where no consonant is doubled before the ending.
std::string_view undoubled(std::string_view word) {
  for (const std::string_view ending : {"ed", "ing"}) {
    if (!word.ends_with(ending)) continue;
    word.remove_suffix(ending.size());
    const bool doubled = word.size() > 3 && word.back() == word[word.size() - 2] &&
                         std::string_view("bdfgklmnprtvz").find(word.back()) != word.npos;
    return doubled ? word.substr(0, word.size() - 1) : std::string_view();
  }
  return {};
}

/// Whether the phrase stands at this token, all of it in one sentence.
bool stands_at(const Scene& scene, std::uint32_t first, const Phrase& phrase) {
  if (phrase.pieces.size() > scene.size() - first) return false;
  for (std::uint32_t k = 0; k < phrase.pieces.size(); ++k) {
    const language::Token& token = scene[first + k];
    const std::string& piece = phrase.pieces[k];
    const bool same =
        token.lemma == piece || token.lower == piece || undoubled(token.lower) == piece;
    if (!same || token.sentence != scene[first].sentence) return false;
  }
  return true;
}

}  // namespace

std::vector<OwnWords> find_own_words(const Scene& scene, const knowledge::OwnEvents& own,
                                     language::TokenRange among) {
  std::vector<OwnWords> found;
  if (own.rows().empty()) return found;
  for (std::uint32_t i = among.begin; i < among.end;) {
    const Phrase* longest = nullptr;
    for (const std::string_view word :
         {scene[i].lemma, scene[i].lower, undoubled(scene[i].lower)}) {
      for (const Phrase& phrase : own.beginning_with(word)) {
        if (longest && phrase.pieces.size() <= longest->pieces.size()) break;
        if (stands_at(scene, i, phrase)) longest = &phrase;
      }
    }
    if (!longest || is_furniture(scene.record, scene[i].span.begin)) {
      ++i;
      continue;
    }
    const language::TokenRange tokens{i, i + static_cast<std::uint32_t>(longest->pieces.size())};
    found.push_back({tokens, scene.tree.head_of(tokens), &own.rows()[longest->row]});
    i = tokens.end;
  }
  return found;
}

}  // namespace dateline::reading::events
