// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/cues.h"

#include <algorithm>

namespace dateline::reading {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kNear = 12;  ///< Children further off say little of a word.

bool is_verb(const Token& token) { return token.pos == "VERB" || token.pos == "AUX"; }

/// Children whose absence or presence makes no other meaning of a verb.
bool is_loose(std::string_view dep) {
  return is_any_of(dep, {"punct", "aux", "auxpass", "neg", "advmod", "cc", "conj", "dep", ""});
}

Key at(const std::vector<Scene::Word>& words, Key Scene::Word::* part, std::int64_t i) {
  return i < 0 || i >= static_cast<std::int64_t>(words.size())
             ? 0
             : words[static_cast<std::size_t>(i)].*part;
}

/// The subject of the word, or of the verb it is joined to.
std::uint32_t subject_of(const Scene& scene, std::uint32_t i, bool& own) {
  own = true;
  for (std::uint32_t steps = 0; steps < 4; ++steps) {
    const std::uint32_t subject = scene.tree.child(i, {"nsubj", "nsubjpass", "csubj", "expl"});
    if (subject != kNone) return subject;
    if (scene[i].head == i || !is_any_of(scene[i].dep, {"conj", "xcomp", "advcl", "acl"})) {
      return kNone;
    }
    own = false;
    i = scene[i].head;
  }
  return kNone;
}

}  // namespace

bool may_be_cue(const Scene& scene, std::uint32_t i) {
  const Token& token = scene[i];
  if (token.pos == "VERB") return true;
  if (token.pos == "AUX") return !is_any_of(token.dep, {"aux", "auxpass"});
  if (token.text == ":") return true;
  if (token.lower == "according" || token.lower == "per") return true;
  if (is_any_of(token.pos, {"NOUN", "ADJ", "PROPN"})) {
    for (const std::uint32_t child : scene.tree.children(i)) {
      const std::string_view dep = scene[child].dep;
      if (is_any_of(dep, {"ccomp", "xcomp", "acl", "nsubj", "dobj"})) return true;
      if (token.pos == "NOUN" && is_any_of(dep, {"poss", "prep", "relcl"})) return true;
      if (token.pos == "ADJ" && dep == "prep") return true;
    }
    return token.pos == "NOUN" && is_any_of(token.dep, {"ROOT"});
  }
  return false;
}

Key frame_of(const Scene& scene, std::uint32_t i) {
  Key frame = 1;
  bool passed = false;
  for (const std::uint32_t child : scene.tree.children(i)) {
    if (child > i && !passed) {
      frame = join(frame, 7);
      passed = true;
    }
    if (is_loose(scene[child].dep)) continue;
    frame = join(frame, scene.words[child].dep);
  }
  return passed ? frame : join(frame, 7);
}

TokenRange cue_tokens(const Scene& scene, std::uint32_t i) {
  TokenRange range{i, i + 1};
  if (scene[i].lower == "according" && i + 1 < scene.size() && scene[i + 1].lower == "to") {
    ++range.end;
  }
  if (!is_verb(scene[i])) return range;
  for (const std::uint32_t child : scene.tree.children(i)) {
    const bool part = is_any_of(scene[child].dep, {"aux", "auxpass", "neg"});
    if (part && child < i && i - child <= 5) range.begin = std::min(range.begin, child);
    if (scene[child].dep == "prt" && child == i + 1) range.end = child + 1;
  }
  // A subject between auxiliary and verb ("did she say") ends the run.
  for (std::uint32_t k = i; k-- > range.begin;) {
    if (is_any_of(scene[k].dep, {"nsubj", "nsubjpass"})) {
      range.begin = k + 1;
      break;
    }
  }
  return range;
}

Look<kCueWords> cue_look(const Scene& scene, std::uint32_t i) {
  return {{i, scene[i].head}, scene.words[i].quote == kNone ? 0u : 1u};
}

void cue_features(const Scene& scene, std::uint32_t i, std::vector<Key>& keys) {
  const auto& words = scene.words;
  const Scene::Word& word = words[i];
  const std::uint32_t head = scene[i].head;

  bool own = true;
  const std::uint32_t subject = subject_of(scene, i, own);
  std::uint32_t object = kNone, clause = kNone, infinitive = kNone, prep = kNone, agent = kNone,
                owner = kNone, acl = kNone, adverb = kNone, particle = kNone, determiner = kNone,
                relative = kNone;
  Key auxiliaries = 3;
  for (const std::uint32_t child : scene.tree.children(i)) {
    const std::string_view dep = scene[child].dep;
    if (dep == "dobj" && object == kNone) object = child;
    if (dep == "ccomp" && clause == kNone) clause = child;
    if (dep == "xcomp" && infinitive == kNone) infinitive = child;
    if (dep == "prep" && child > i && prep == kNone) prep = child;
    if (dep == "agent") agent = child;
    if (dep == "poss") owner = child;
    if (dep == "acl" && acl == kNone) acl = child;
    if (dep == "relcl") relative = child;
    if (dep == "advmod" && child + kNear > i) adverb = child;
    if (dep == "prt") particle = child;
    if (dep == "det") determiner = child;
    if (is_any_of(dep, {"aux", "auxpass", "neg"})) {
      auxiliaries = join(auxiliaries, dep == "aux" ? words[child].lower : words[child].dep);
    }
  }
  const auto lemma = [&](std::uint32_t t) { return t == kNone ? 0 : words[t].lemma; };
  const auto tag = [&](std::uint32_t t) { return t == kNone ? 0 : words[t].tag; };
  const auto kind = [&](std::uint32_t t) { return t == kNone ? 0 : words[t].kind; };
  const auto side = [&](std::uint32_t t) -> Key { return t == kNone ? 0 : t < i ? 1 : 2; };
  const auto marker = [&](std::uint32_t t) {
    return t == kNone ? 0 : lemma(scene.tree.child(t, {"mark", "aux", "advmod"}));
  };
  const auto near = [&](Key Scene::Word::* part, int offset) {
    return at(words, part, static_cast<std::int64_t>(i) + offset);
  };

  // Quotation marks about the word.
  const TokenRange sentence = scene.sentence(i);
  const auto quote_near = [&](int step, std::uint32_t limit) -> Key {
    std::int64_t t = i;
    for (std::uint32_t n = 0; n < limit; ++n) {
      t += step;
      if (t < 0 || t >= scene.size()) return 0;
      if (is_quote_mark(scene[static_cast<std::uint32_t>(t)].text))
        return n < 3 ? 1 : n < 8 ? 2 : 3;
    }
    return 0;
  };
  const Key inside = word.quote == kNone ? 1 : 2;
  const Key quoted = join(join(inside, quote_near(-1, 16)), quote_near(1, 16));

  // The clause above that holds this one, if it is somebody's: "he said [that they fear ...]".
  Key above = 5, above_link = 5;
  std::uint32_t at_token = i;
  Key chain = 9;
  for (std::uint32_t steps = 0; steps < 6 && scene[at_token].head != at_token; ++steps) {
    const Token& token = scene[at_token];
    if (steps < 3) chain = join(chain, words[at_token].dep);
    if (above == 5 && is_any_of(token.dep, {"ccomp", "xcomp", "pcomp", "acl", "parataxis"})) {
      above = words[token.head].lemma;
      above_link = join(words[at_token].dep, at_token < token.head ? 1 : 2);
    }
    at_token = token.head;
  }
  const std::uint32_t length = sentence.end - sentence.begin;
  const std::uint32_t place = i - sentence.begin;
  const auto step_of = [](std::uint32_t n) -> Key {
    return n < 4 ? n : n < 8 ? 4 : n < 16 ? 5 : n < 32 ? 6 : 7;
  };
  const Key frame = frame_of(scene, i);
  const std::uint32_t in_prep = prep == kNone ? kNone : scene.tree.child(prep, {"pobj", "pcomp"});

  for (const Key k : {
           word.lemma,
           word.lower,
           word.tag,
           word.dep,
           join(word.lemma, word.dep),
           head == i ? 0 : words[head].lemma,
           join(word.dep, head == i ? 0 : words[head].tag),
           lemma(subject),
           join(join(kind(subject), side(subject)), own ? 1 : 2),
           frame,
           join(frame, word.lemma),
           lemma(object),
           join(tag(object), side(object)),
           join(join(marker(clause), tag(clause)), side(clause)),
           lemma(clause),
           join(marker(infinitive), tag(infinitive)),
           lemma(infinitive),
           lemma(prep),
           join(word.lemma, lemma(prep)),
           lemma(in_prep),
           near(&Scene::Word::lower, -1),
           near(&Scene::Word::lower, 1),
           near(&Scene::Word::lower, -2),
           near(&Scene::Word::lower, 2),
           join(near(&Scene::Word::tag, -1), near(&Scene::Word::tag, 1)),
           join(near(&Scene::Word::tag, 1), near(&Scene::Word::tag, 2)),
           quoted,
           join(quoted, word.lemma),
           auxiliaries,
           chain,
           above,
           above_link,
           lemma(adverb),
           join(lemma(particle), lemma(agent)),
           join(join(kind(owner), tag(acl)), join(lemma(determiner), tag(relative))),
           marker(acl),
           join(step_of(place), step_of(length)),
           join(word.lemma, kind(subject)),
           join(word.lemma, join(tag(object), join(tag(clause), tag(infinitive)))),
           join(kind(object), word.tag),
       }) {
    keys.push_back(k);
  }
}

}  // namespace dateline::reading
