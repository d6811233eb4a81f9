// SPDX-License-Identifier: Apache-2.0
#include "reading/times/tense.h"

#include <algorithm>
#include <string_view>

#include "reading/tree.h"

namespace dateline::reading {

namespace {

using language::Document;

/// Whether a token's lemma is of a class of time_words.tsv.
bool is_of(const knowledge::TimeRules& rules, const language::Token& token, std::uint8_t id) {
  const auto* word = rules.find(token.lemma);
  return word && std::any_of(word->senses.begin(), word->senses.end(),
                             [id](const auto& sense) { return sense.class_id == id; });
}

bool has_child(const Document& document, std::uint32_t verb, std::string_view dep,
               std::string_view lower) {
  const auto children = few_children(document, verb);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    const language::Token& c = document.tokens[child];
    return c.dep == dep && c.lower == lower;
  });
}

/// What was looked ahead to once: "had been due (scheduled) to expire on Friday" says nothing of
/// where Friday lies. Of what somebody "had planned" for Friday it is a plan still.
Tense looked_ahead(const Document& document, std::uint32_t at) {
  const language::Token& t = document.tokens[at];
  const bool once = t.tag == "JJ" ? has_child(document, t.head, "aux", "had")
                                  : has_child(document, at, "aux", "had") &&
                                        has_child(document, at, "auxpass", "been");
  return once ? Tense::kUnknown : Tense::kFuture;
}

/// "takes effect", "comes into force": whether a verb brings a word of a class.
bool brings(const Document& document, const knowledge::TimeRules& rules, std::uint32_t verb,
            std::uint8_t id) {
  for (const std::uint32_t child : few_children(document, verb)) {
    const language::Token& c = document.tokens[child];
    if (c.dep == "dobj" && is_of(rules, c, id)) return true;
    if (c.dep != "prep") continue;
    for (const std::uint32_t below : few_children(document, child)) {
      if (document.tokens[below].dep == "pobj" && is_of(rules, document.tokens[below], id)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Tense tense_above(const Document& document, const knowledge::TimeRules& rules,
                  std::uint32_t token) {
  constexpr int kLongestWay = 24;
  // Words that look ahead: what they govern has yet to come ("plans to leave on Friday",
  // "payable"), of arrangements whatever their own tense ("scheduled a vote for Friday").
  const std::uint8_t ahead_class = rules.class_id("AHEAD"), arrange = rules.class_id("ARRANGE"),
                     timetable = rules.class_id("TIMETABLE"), force = rules.class_id("FORCE"),
                     grant = rules.class_id("GRANT");
  std::uint32_t at = token;
  bool infinitive = false, subject = false, limit = false;
  // Whose it is does not say when it was: "will appeal Friday's ruling".
  if (document.tokens[token].dep == "poss") return Tense::kUnknown;
  for (int step = 0; step < kLongestWay; ++step) {
    const language::Token& t = document.tokens[at];
    if (t.lower == "since" && t.dep == "prep") return Tense::kPast;
    // What was made to last "through January" or "until January" may do so still.
    limit = limit || (t.dep == "prep" && (t.lower == "through" || t.lower == "until"));
    const bool verb = t.tag.starts_with("VB") || t.tag == "MD";
    const bool ahead = is_of(rules, t, ahead_class) || t.lemma == "be";  // "is to resume"
    if ((infinitive || !verb) && ahead) return looked_ahead(document, at);
    if (verb && !subject && is_of(rules, t, arrange)) return looked_ahead(document, at);
    // "gave them until Monday", "extended the truce through Friday"
    if (verb && !subject && limit && is_of(rules, t, grant)) return looked_ahead(document, at);
    if (t.tag == "VBD") return limit ? Tense::kUnknown : Tense::kPast;
    if (verb) {
      bool past = false, present = false, to = false;
      // "may have met on Friday" is past; "will have left by Friday" is not.
      const bool perfect = has_child(document, at, "aux", "have");
      for (const std::uint32_t child : few_children(document, at)) {
        const language::Token& c = document.tokens[child];
        if (c.dep != "aux" && c.dep != "auxpass") continue;
        const bool will = c.lemma == "will" || c.lemma == "shall" || c.lower == "'ll";
        const bool may = c.lemma == "may" || c.lower == "can" || c.lower == "would" ||
                         c.lower == "should" || c.lower == "must";
        if (c.tag == "MD" && (will || (may && !perfect))) {
          // What the subject tells has its own time: "the attack on Friday will be remembered".
          return subject ? Tense::kUnknown : Tense::kFuture;
        }
        to = to || c.tag == "TO";
        past = past || c.tag == "VBD" || c.lower == "have" || c.lower == "has";
        present = present || c.tag == "VBZ" || c.tag == "VBP";
      }
      if (past) return limit ? Tense::kUnknown : Tense::kPast;
      if (t.tag == "VBN" && !present && !to) return Tense::kPast;
      if (t.tag == "VBZ" || t.tag == "VBP") {
        // "The talks open on Monday": the present of timetables.
        const bool fixed = is_of(rules, t, timetable) || brings(document, rules, at, force);
        return !subject && fixed ? Tense::kFuture : Tense::kPresent;
      }
      if (present) return Tense::kPresent;
      infinitive = to;
    }
    if (t.head == at) break;
    subject = t.dep == "nsubj" || t.dep == "nsubjpass";
    // "the first (men) to join on Friday were", not "is to join"
    if (subject || t.tag.starts_with("NN")) infinitive = false;
    at = t.head;
  }
  return Tense::kUnknown;
}

bool told_aside(const Document& document, std::uint32_t token) {
  constexpr int kLongestWay = 24;
  std::uint32_t at = token;
  for (int step = 0; step < kLongestWay; ++step) {
    const language::Token& t = document.tokens[at];
    if (t.dep == "relcl" || t.dep == "acl" || t.dep == "appos") return true;
    if (t.dep == "prep" && (t.lower == "until" || t.lower == "since")) return true;
    if (t.tag == "VBN" && has_child(document, at, "aux", "had")) return true;
    if (t.head == at) break;
    at = t.head;
  }
  return false;
}

}  // namespace dateline::reading
