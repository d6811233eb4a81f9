// SPDX-License-Identifier: Apache-2.0
#include "reading/times/happenings.h"

#include <algorithm>

#include "reading/tree.h"

namespace dateline::reading {

using language::Token;

namespace {

constexpr int kMostSteps = 8;  ///< Up the tree, from a time to what it is told of.

bool is_noun(const Token& token) { return token.tag.starts_with("NN"); }
bool is_verb(const Token& token) { return token.tag.starts_with("VB"); }

/// A killing or a murder may be a shooting; a bombing is none, nor is an abduction.
bool agree(const knowledge::EventWord& one, const knowledge::EventWord& other) {
  const auto open = [](const std::string& mode) { return mode.empty() || mode == "targeted"; };
  const auto captive = [](const std::string& mode) {
    return is_any_of(mode, {"abduct", "torture", "sexual"});
  };
  if (captive(one.mode) || captive(other.mode)) return one.mode == other.mode;
  return one.mode == other.mode || open(one.mode) || open(other.mode);
}

std::uint32_t child_of(const language::Document& document, std::uint32_t word,
                       std::initializer_list<std::string_view> labels) {
  for (const std::uint32_t child : few_children(document, word)) {
    if (is_any_of(document.tokens[child].dep, labels)) return child;
  }
  return kNone;
}

}  // namespace

Happenings::Happenings(const language::Document& document, const knowledge::TimeRules& rules,
                       const knowledge::Words& words)
    : document_(document),
      rules_(rules),
      words_(words),
      occurs_(rules.class_id("OCCURS")),
      brings_(rules.class_id("BRINGS")) {}

bool Happenings::is_of(std::uint32_t token, std::uint8_t class_id) const {
  const auto* word = rules_.find(document_.tokens[token].lemma);
  return word && std::any_of(word->senses.begin(), word->senses.end(),
                             [&](const auto& sense) { return sense.class_id == class_id; });
}

/// What verbs.tsv says of a word where it says it of the word alone.
const knowledge::EventWord* Happenings::event_word(std::uint32_t token) const {
  const Token& t = document_.tokens[token];
  const auto* rows = knowledge::find(is_verb(t) ? words_.event_verbs : words_.event_nouns, t.lemma);
  if (!rows) return nullptr;
  const auto alone =
      std::find_if(rows->begin(), rows->end(), [](const auto& row) { return row.with.empty(); });
  return alone == rows->end() ? nullptr : &*alone;
}

void Happenings::tell_word(std::uint32_t word, const Happening& happening) {
  const Told told{happening, event_word(word)};
  const std::string_view lemma = document_.tokens[word].lemma;
  first_by_lemma_.try_emplace(lemma, told);
  last_by_lemma_[lemma] = told;
  if (!told.event) return;
  first_by_type_.try_emplace(told.event->type, told);
  last_by_type_[told.event->type] = told;
}

void Happenings::tell_verb(std::uint32_t verb, const Happening& happening) {
  if (child_of(document_, verb, {"neg"}) != kNone) return;
  const bool event = event_word(verb) != nullptr;
  if (event) tell_word(verb, happening);
  const std::uint32_t subject = child_of(document_, verb, {"nsubj"});
  const std::uint32_t patient = child_of(document_, verb, {"nsubjpass"});
  const std::uint32_t object = child_of(document_, verb, {"dobj"});
  const auto tell = [&](std::uint32_t noun) {
    if (noun != kNone && is_noun(document_.tokens[noun])) tell_word(noun, happening);
  };
  // "the blast killed nine on Monday"
  if (subject != kNone && (is_of(verb, occurs_) || (event && event_word(subject)))) tell(subject);
  if (is_of(verb, brings_)) {
    tell(patient);
    tell(object);
  }
}

void Happenings::tell(language::TokenRange time, const Happening& happening) {
  std::uint32_t at = time.end - 1;
  for (int step = 0; step < kMostSteps; ++step) {
    const std::uint32_t head = document_.tokens[at].head;
    if (head == at) return;
    at = head;
    if (at >= time.begin && at < time.end) continue;
    const Token& t = document_.tokens[at];
    if (is_noun(t)) return tell_word(at, happening);
    if (is_verb(t)) return tell_verb(at, happening);
  }
}

std::uint32_t Happenings::verb_of(language::TokenRange time) const {
  std::uint32_t at = time.end - 1;
  for (int step = 0; step < kMostSteps; ++step) {
    const std::uint32_t head = document_.tokens[at].head;
    if (head == at) return kNone;
    at = head;
    if (is_verb(document_.tokens[at])) return at;
    if (event_word(at)) return kNone;  // "spoke of a raid on Monday"
  }
  return kNone;
}

language::TokenRange Happenings::behind(std::uint32_t preposition) const {
  if (preposition >= document_.tokens.size()) return {};
  std::uint32_t at = preposition;
  const std::uint32_t to = child_of(document_, at, {"prep"});
  if (document_.tokens[at].lower == "prior" && to == at + 1) at = to;
  std::uint32_t word = child_of(document_, at, {"pobj", "pcomp"});
  if (word == kNone && document_.tokens[at].dep == "mark") word = document_.tokens[at].head;
  if (word == kNone || word <= at) return {};
  const Token& t = document_.tokens[word];
  const bool near = t.sentence == document_.tokens[at].sentence;
  if (!near || !(is_noun(t) || is_verb(t))) return {};
  return {at + 1, word + 1};
}

const Happening* Happenings::last(std::uint32_t word) const {
  return find(word, last_by_lemma_, last_by_type_);
}

const Happening* Happenings::first(std::uint32_t word) const {
  return find(word, first_by_lemma_, first_by_type_);
}

const Happening* Happenings::find(std::uint32_t word, const Index& by_lemma,
                                  const Index& by_type) const {
  const auto named = by_lemma.find(document_.tokens[word].lemma);
  if (named != by_lemma.end()) return &named->second.happening;
  const auto* event = event_word(word);
  if (!event) return nullptr;
  const auto typed = by_type.find(event->type);
  if (typed == by_type.end()) return nullptr;
  return agree(*typed->second.event, *event) ? &typed->second.happening : nullptr;
}

}  // namespace dateline::reading
