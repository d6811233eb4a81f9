// SPDX-License-Identifier: Apache-2.0
#include "reading/attributions/spans.h"

#include <algorithm>

namespace dateline::reading {

using language::Token;
using language::TokenRange;

namespace {

constexpr std::uint32_t kClimb = 4;         ///< Steps of a path up either side.
constexpr std::uint32_t kMostSources = 12;  ///< Nouns that are looked at as sources.
constexpr std::uint32_t kMostNodes = 14;    ///< Words whose subtrees are looked at as contents.

bool is_name_or_noun(const Token& token) {
  return is_any_of(token.pos, {"NOUN", "PROPN", "PRON"}) ||
         is_any_of(token.tag, {"WP", "WDT", "CD"});
}

Key step_of(std::uint32_t n) { return n < 4 ? n : n < 8 ? 4 : n < 16 ? 5 : n < 32 ? 6 : 7; }

/// Labels on the way through the tree, at most kClimb up and kClimb down.
Key path(const Scene& scene, std::uint32_t from, std::uint32_t to) {
  std::uint32_t up[kClimb + 1], down[kClimb + 1];
  const auto climb = [&](std::uint32_t i, std::uint32_t* chain) {
    std::uint32_t n = 0;
    chain[n++] = i;
    while (n <= kClimb && scene[i].head != i) chain[n++] = i = scene[i].head;
    return n;
  };
  const std::uint32_t ups = climb(from, up), downs = climb(to, down);
  for (std::uint32_t u = 0; u < ups; ++u) {
    for (std::uint32_t d = 0; d < downs; ++d) {
      if (up[u] != down[d]) continue;
      Key found = 11;
      for (std::uint32_t k = 0; k < u; ++k) found = join(found, scene.words[up[k]].dep);
      found = join(found, 12);
      for (std::uint32_t k = d; k-- > 0;) found = join(found, scene.words[down[k]].dep);
      return found;
    }
  }
  return 13;
}

/// The range without loose ends: white space, commas, colons, dashes.
TokenRange tidy(const Scene& scene, TokenRange range) {
  const auto loose = [&](std::uint32_t i) {
    return scene[i].pos == "SPACE" ||
           is_any_of(scene[i].text, {",", ":", ";", "—", "–", "-", "--", "."});
  };
  while (range.begin < range.end && loose(range.begin)) ++range.begin;
  while (range.end > range.begin && loose(range.end - 1)) --range.end;
  return range;
}

bool has_words(const Scene& scene, TokenRange range) {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (scene[i].pos != "PUNCT" && scene[i].pos != "SPACE") return true;
  }
  return false;
}

/// Adds what is left of the range once the holes are taken out.
void add_without(const Scene& scene, TokenRange range, const Pieces& holes, Pieces& pieces) {
  std::uint32_t at = range.begin;
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    if (begin >= end) return;
    const TokenRange piece = tidy(scene, {begin, end});
    if (piece.begin < piece.end && has_words(scene, piece)) pieces.push_back(piece);
  };
  for (const TokenRange hole : holes) {
    if (hole.end <= at || hole.begin >= range.end) continue;
    add(at, std::min(hole.begin, range.end));
    at = std::max(at, hole.end);
  }
  add(at, range.end);
}

TokenRange bounded(TokenRange range, std::uint32_t around) {
  range.begin = std::max(range.begin, around - std::min(around, kFar));
  range.end = std::min(range.end, around + kFar);
  return range;
}

/// A stretch does not run over a line break, but for one behind the colon of its announcement.
TokenRange within_line(const Scene& scene, TokenRange range, std::uint32_t cue) {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (!scene.breaks_line(i) || (i > cue && scene[i - 1].text == ":")) continue;
    if (i < cue) {
      range.begin = i + 1;
    } else {
      range.end = i;
    }
  }
  return range;
}

bool same(const Pieces& a, const Pieces& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](TokenRange x, TokenRange y) {
    return x.begin == y.begin && x.end == y.end;
  });
}

void add(std::vector<Candidate>& list, Candidate candidate) {
  if (candidate.pieces.empty()) return;
  for (const Candidate& known : list) {
    if (same(known.pieces, candidate.pieces)) return;
  }
  list.push_back(std::move(candidate));
}

/// A quotation that a piece shares words with is part of it whole, over all its sentences.
void take_whole_quotes(const Scene& scene, std::uint32_t cue, Pieces& pieces) {
  Pieces wider;
  for (TokenRange piece : pieces) {
    for (const std::uint32_t end : {piece.begin, piece.end - 1}) {
      const std::uint32_t q = scene.words[end].quote;
      if (q == kNone || q == scene.words[cue].quote) continue;
      piece.begin = std::min(piece.begin, scene.quote_tokens[q].begin);
      piece.end = std::max(piece.end, scene.quote_tokens[q].end);
    }
    // Marks about a piece that is one quotation are no part of what is said.
    const std::uint32_t q = scene.words[std::min(piece.begin + 1, piece.end - 1)].quote;
    if (q != kNone && scene.quote_tokens[q].begin == piece.begin + 1 &&
        piece.end <= scene.quote_tokens[q].end + 1) {
      piece = scene.quote_tokens[q];
    }
    if (!wider.empty() && piece.begin <= wider.back().end) {
      wider.back().end = std::max(wider.back().end, piece.end);
    } else {
      wider.push_back(piece);
    }
  }
  pieces = std::move(wider);
}

Key lower_at(const Scene& scene, std::int64_t i) {
  return i < 0 || i >= scene.size() ? 0 : scene.words[static_cast<std::size_t>(i)].lower;
}

Key quote_state(const Scene& scene, std::uint32_t i, std::uint32_t cue) {
  const std::uint32_t a = scene.words[i].quote, b = scene.words[cue].quote;
  return a == kNone ? (b == kNone ? 1 : 2) : a == b ? 3 : b == kNone ? 4 : 5;
}

enum Shape : std::uint32_t {
  kNothing,
  kWhole,   ///< The subtree.
  kBare,    ///< Without the clauses and additions behind its head.
  kSide,    ///< What of the subtree stands on its side of the cue.
  kBoth,    ///< On both sides.
  kToEnd,   ///< From the subtree's beginning to the sentence's end.
  kBefore,  ///< All of the sentence before the cue and the source,
  kAfter,   ///< behind them,
  kAround,  ///< and both.
  kLine,    ///< The rest of the line, or the next one.
  kQuoteBefore,
  kQuoteAfter,
  kQuotesAround,
};

}  // namespace

std::vector<Candidate> source_candidates(const Scene& scene, std::uint32_t cue) {
  std::vector<Candidate> list(1);
  const TokenRange sentence = scene.sentence(cue);
  const TokenRange own = cue_tokens(scene, cue);
  const auto take = [&](std::uint32_t h) {
    TokenRange range = bounded(scene.tree.subtree(h), h);
    // The cue may hang on its source: "the man who said", "a report saying".
    if (range.begin <= cue && cue < range.end) {
      range = h < cue ? TokenRange{range.begin, own.begin} : TokenRange{own.end, range.end};
      if (h < range.begin || h >= range.end) range = {h, h + 1};
    }
    range = tidy(scene, within_line(scene, range, h));
    if (range.begin >= range.end) return;
    TokenRange bare = range;
    for (const std::uint32_t child : scene.tree.children(h)) {
      if (child > h && is_any_of(scene[child].dep, {"relcl", "acl", "appos", "advcl"})) {
        bare.end = std::min(bare.end, std::max(h + 1, scene.tree.subtree(child).begin));
      }
    }
    bare = tidy(scene, bare);
    if (h < cue && bare.end > own.begin) bare.end = std::max(h + 1, own.begin);
    add(list, {{range}, h, kWhole});
    if (bare.begin < bare.end) add(list, {{bare}, h, kBare});
  };
  std::uint32_t found = 0;
  for (std::uint32_t step = 1; step < 60 && found < kMostSources; ++step) {
    for (const bool left : {true, false}) {
      if (left ? cue < sentence.begin + step : cue + step >= sentence.end) continue;
      const std::uint32_t h = left ? cue - step : cue + step;
      const Token& token = scene[h];
      if (!is_name_or_noun(token)) continue;
      if (is_any_of(token.dep, {"compound", "nmod", "flat", "npadvmod"})) continue;
      ++found;
      take(h);
    }
  }
  return list;
}

void source_features(const Scene& scene, std::uint32_t cue, const Candidate& candidate,
                     std::vector<Key>& keys) {
  const auto& words = scene.words;
  const Scene::Word& word = words[cue];
  const std::size_t begin = keys.size();
  const Key frame = frame_of(scene, cue);
  const Key shape = candidate.shape;
  if (candidate.pieces.empty()) {
    bool subject = scene.tree.child(cue, {"nsubj"}) != kNone;
    bool passive = scene.tree.child(cue, {"nsubjpass", "auxpass"}) != kNone;
    for (const Key k : {Key{1},
                        join(1, word.lemma),
                        join(word.tag, word.dep),
                        Key{1},
                        Key{1},
                        Key{1},
                        shape,
                        word.lemma,
                        join(1, join(word.tag, word.dep)),
                        Key{1},
                        Key{1},
                        Key{1},
                        Key{subject   ? 4u
                            : passive ? 5u
                                      : 6u},
                        Key{1},
                        Key{1},
                        frame,
                        Key{passive ? 2u : 1u},
                        join(word.tag, passive ? 2u : 1u),
                        Key{1},
                        join(1, frame),
                        Key{1},
                        join(word.lower, passive ? 2u : 1u)}) {
      keys.push_back(k);
    }
    return;
  }
  const std::uint32_t h = candidate.head;
  const TokenRange range = candidate.pieces.front();
  const bool left = h < cue;
  const Key side = left ? 1 : 2;
  const std::uint32_t distance = left ? cue - h : h - cue;
  const Key way = path(scene, cue, h);
  std::uint32_t nouns = 0;
  Key between = 15;
  bool comma = false, verb = false, mark = false;
  for (std::uint32_t i = std::min(cue, h) + 1; i < std::max(cue, h) && i < cue + 60; ++i) {
    nouns += is_name_or_noun(scene[i]);
    comma = comma || scene[i].text == ",";
    verb = verb || scene[i].pos == "VERB";
    mark = mark || is_quote_mark(scene[i].text);
  }
  between = join(between, (comma ? 1u : 0u) + (verb ? 2u : 0u) + (mark ? 4u : 0u));
  const bool passive = scene.tree.child(cue, {"nsubjpass", "auxpass"}) != kNone;
  for (const Key k : {
           way,
           join(way, word.lemma),
           join(words[h].tag, words[h].dep),
           words[h].lemma,
           words[h].kind,
           join(side, step_of(distance)),
           join(shape, way),
           word.lemma,
           join(way, join(word.tag, word.dep)),
           lower_at(scene, static_cast<std::int64_t>(range.begin) - 1),
           lower_at(scene, range.end),
           words[range.begin].lower,
           join(between, side),
           quote_state(scene, h, cue),
           join(side, step_of(nouns)),
           frame,
           join(shape, step_of(range.end - range.begin)),
           join(way, passive ? 2 : 1),
           join(way, words[h].kind),
           join(way, frame),
           join(words[h].lemma, word.lemma),
           join(words[scene[h].head].lemma, words[h].dep),
       }) {
    keys.push_back(k);
  }
  static_cast<void>(begin);
}

std::vector<Candidate> content_candidates(const Scene& scene, std::uint32_t cue,
                                          const Candidate& source) {
  std::vector<Candidate> list;
  const TokenRange sentence = within_line(scene, scene.sentence(cue), cue);
  const TokenRange own = cue_tokens(scene, cue);
  Pieces holes{own};
  std::uint32_t left = own.begin, right = own.end;
  for (const TokenRange range : source.pieces) {
    // A relative pronoun or a noun far away is no border of what is said.
    holes.push_back(range);
    if (range.end <= own.begin && own.begin - range.end <= 6) left = std::min(left, range.begin);
    if (range.begin >= own.end && range.begin - own.end <= 6) right = std::max(right, range.end);
  }
  std::sort(holes.begin(), holes.end(),
            [](TokenRange a, TokenRange b) { return a.begin < b.begin; });
  const auto keep = [&](Candidate candidate) {
    take_whole_quotes(scene, cue, candidate.pieces);
    add(list, std::move(candidate));
  };
  const auto put = [&](TokenRange range, std::uint32_t head, Shape shape) {
    Candidate candidate{{}, head, shape};
    add_without(scene, range, holes, candidate.pieces);
    keep(std::move(candidate));
  };

  std::uint32_t nodes = 0;
  const auto node = [&](std::uint32_t n) {
    if (n == cue || nodes >= kMostNodes ||
        is_any_of(scene[n].dep, {"aux", "auxpass", "punct", "det"})) {
      return;
    }
    if (n == source.head || (own.begin <= n && n < own.end)) return;
    ++nodes;
    const TokenRange whole = within_line(scene, bounded(scene.tree.subtree(n), cue), cue);
    TokenRange part = whole;
    if (n > cue) part.begin = std::max(part.begin, own.end);
    if (n < cue) part.end = std::min(part.end, own.begin);
    put(part, n, kSide);
    if (whole.begin < own.begin && whole.end > own.end) put(whole, n, kBoth);
    if (n > cue && part.begin < sentence.end) put({part.begin, sentence.end}, n, kToEnd);
    // "calls for action": what stands behind the preposition.
    if (is_any_of(scene[n].dep, {"prep", "mark", "dative"}) && n > cue && part.end > n + 1) {
      put({n + 1, part.end}, n, kBare);
    }
  };
  for (const std::uint32_t child : scene.tree.children(cue)) node(child);
  for (const std::uint32_t child : scene.tree.children(cue)) {
    if (is_any_of(scene[child].dep,
                  {"prep", "dobj", "attr", "acomp", "xcomp", "dative", "agent"})) {
      for (const std::uint32_t below : scene.tree.children(child)) {
        if (is_any_of(scene[below].dep,
                      {"pobj", "pcomp", "acl", "ccomp", "xcomp", "prep", "relcl", "appos"}))
          node(below);
      }
    }
  }
  for (std::uint32_t i = cue, steps = 0; steps < 3 && scene[i].head != i; ++steps) {
    i = scene[i].head;
    node(i);
    for (const std::uint32_t child : scene.tree.children(i)) {
      if (child != cue &&
          is_any_of(scene[child].dep, {"nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "acl",
                                       "advcl", "appos", "parataxis"})) {
        node(child);
      }
    }
  }
  put({sentence.begin, left}, kNone, kBefore);
  put({right, sentence.end}, kNone, kAfter);
  if (left > sentence.begin) {
    Candidate candidate{{}, kNone, kAround};
    add_without(scene, {sentence.begin, left}, holes, candidate.pieces);
    add_without(scene, {right, sentence.end}, holes, candidate.pieces);
    keep(std::move(candidate));
  }
  // The line, or after a colon at its end the next one.
  std::uint32_t end = right;
  while (end < scene.size() && end < right + kFar && !scene.breaks_line(end)) ++end;
  if (tidy(scene, {right, end}).begin >= tidy(scene, {right, end}).end && end < scene.size()) {
    const std::uint32_t from = end + 1;
    for (end = from; end < scene.size() && end < from + kFar && !scene.breaks_line(end);) ++end;
    put({from, end}, kNone, kLine);
  } else if (end > sentence.end || scene[cue].text == ":") {
    put({right, end}, kNone, kLine);
  }
  // The quotations beside.
  const std::uint32_t inside = scene.words[cue].quote;
  const auto after = static_cast<std::size_t>(
      std::partition_point(scene.quote_tokens.begin(), scene.quote_tokens.end(),
                           [&](TokenRange q) { return q.begin <= cue; }) -
      scene.quote_tokens.begin());
  Pieces pair;
  const auto same_line = [&](std::uint32_t from, std::uint32_t to) {
    // A line that ends in a colon or comma announces the next one.
    for (std::uint32_t i = from; i < to; ++i) {
      if (scene.breaks_line(i) && (i == 0 || !is_any_of(scene[i - 1].text, {":", ","})))
        return false;
    }
    return true;
  };
  if (after > 0) {
    const std::size_t q = after - 1;
    const TokenRange range = scene.quote_tokens[q];
    if (q != inside && range.end + 30 > cue && range.end <= cue && same_line(range.end, cue)) {
      put(range, kNone, kQuoteBefore);
      pair.push_back(range);
    }
  }
  if (after < scene.quote_tokens.size()) {
    const TokenRange range = scene.quote_tokens[after];
    if (range.begin < cue + 40 && same_line(cue, range.begin)) {
      put(range, kNone, kQuoteAfter);
      if (!pair.empty()) {
        Candidate candidate{{}, kNone, kQuotesAround};
        add_without(scene, pair.front(), {}, candidate.pieces);
        add_without(scene, range, {}, candidate.pieces);
        keep(std::move(candidate));
      }
    }
  }
  return list;
}

Look<kContentWords> content_look(std::uint32_t cue, const Candidate& candidate) {
  const TokenRange first = candidate.pieces.front(), last = candidate.pieces.back();
  const std::uint32_t side = first.begin > cue ? 1 : last.end <= cue ? 2 : 3;
  return {{cue, candidate.head, first.begin, last.end - 1,
           first.begin > 0 ? first.begin - 1 : kNone, last.end},
          16 * side + candidate.shape};
}

void content_features(const Scene& scene, std::uint32_t cue, const Candidate& source,
                      const Candidate& candidate, std::vector<Key>& keys) {
  const auto& words = scene.words;
  const Scene::Word& word = words[cue];
  const TokenRange first = candidate.pieces.front(), last = candidate.pieces.back();
  const std::uint32_t n = candidate.head;
  const Key shape = candidate.shape;
  const bool right = first.begin > cue;
  const Key side = join(right ? 1 : last.end <= cue ? 2 : 3, shape);
  const Key way = n == kNone ? 17 : path(scene, cue, n);
  const Key node = n == kNone ? 0 : join(words[n].tag, words[n].dep);
  const Key frame = frame_of(scene, cue);
  const TokenRange sentence = scene.sentence(cue);
  std::uint32_t length = 0, verbs = 0;
  for (const TokenRange piece : candidate.pieces) {
    length += piece.end - piece.begin;
    for (std::uint32_t i = piece.begin; i < piece.end && i < piece.begin + 60; ++i) {
      verbs += scene[i].pos == "VERB" || scene[i].pos == "AUX";
    }
  }
  const std::uint32_t gap = right ? first.begin - cue : last.end <= cue ? cue - last.end : 0;
  Key between = 19;
  if (gap > 0 && gap < 12) {
    const std::uint32_t from = right ? cue + 1 : last.end;
    const std::uint32_t to = right ? first.begin : cue;
    for (std::uint32_t i = from; i < to; ++i) between = join(between, words[i].dep);
  }
  Key speaker = 21;
  if (!source.pieces.empty()) {
    const TokenRange s = source.pieces.front();
    speaker = s.end <= first.begin ? 22 : s.begin >= last.end ? 23 : 24;
    speaker = join(speaker, s.end <= cue ? 1 : 2);
  }
  const auto marked = [&](std::uint32_t i) {
    return i < scene.size() && is_quote_mark(scene[i].text);
  };
  const Key quoted =
      (marked(first.begin) || (first.begin > 0 && marked(first.begin - 1)) ? 1u : 0u) +
      (marked(last.end - 1) || marked(last.end) ? 2u : 0u) +
      (words[first.begin].quote != kNone ? 4u : 0u) +
      (words[last.end - 1].quote != kNone ? 8u : 0u) + (words[cue].quote != kNone ? 16u : 0u);
  const Key marker = n == kNone ? 0 : [&] {
    const std::uint32_t m = scene.tree.child(n, {"mark", "aux", "prep"});
    return m == kNone ? Key{0} : join(words[m].lower, m < n ? 1 : 2);
  }();
  const bool to_end = last.end + 2 >= sentence.end;
  const bool from_begin = first.begin <= sentence.begin + 1;
  const Key reach = join((to_end ? 1u : 0u) + (from_begin ? 2u : 0u), side);
  const Key clause = scene.tree.child(cue, {"ccomp"}) != kNone   ? 1u
                     : scene.tree.child(cue, {"xcomp"}) != kNone ? 2u
                     : scene.tree.child(cue, {"dobj"}) != kNone  ? 3u
                     : scene.tree.child(cue, {"prep"}) != kNone  ? 4u
                                                                 : 5u;
  for (const Key k : {
           side,
           way,
           join(way, shape),
           join(way, word.lemma),
           node,
           n == kNone ? 0 : words[n].lemma,
           join(side, word.lemma),
           word.lemma,
           join(word.tag, word.dep),
           words[first.begin].lower,
           lower_at(scene, static_cast<std::int64_t>(first.begin) - 1),
           words[last.end - 1].lower,
           lower_at(scene, last.end),
           join(quoted, side),
           join(side, step_of(length)),
           join(side, step_of(gap)),
           join(words[first.begin].tag, words[last.end - 1].tag),
           marker,
           reach,
           join(frame, way),
           join(words[first.begin].tag, word.lemma),
           join(speaker, shape),
           join(between, shape),
           join(clause, join(way, shape)),
           join(clause, side),
           join(step_of(verbs), candidate.pieces.size()),
           join(words[first.begin].dep, join(words[first.begin].tag, way)),
           join(reach, join(node, clause)),
       }) {
    keys.push_back(k);
  }
}

}  // namespace dateline::reading
