// The happenings that a report has given days: what "two days after the attack" counts from.
//
// A day is told of the noun it hangs on ("the raid on Monday", "Monday's raid"), and of the verb
// above it: where that tells of an event itself ("rebels attacked on Monday"), and of what it says
// has come about ("the talks began on Monday", "held an election on Monday"). The word counted from
// names what was so told with the same lemma, else with a type and mode of verbs.tsv that agree.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "knowledge/time_rules.h"
#include "knowledge/words.h"
#include "language/document.h"
#include "reading/times/calendar.h"

namespace dateline::reading {

struct Happening {
  Day begin{}, end{};
  std::string id;  ///< Of the time that tells its day.
};

class Happenings {
 public:
  Happenings(const language::Document& document, const knowledge::TimeRules& rules,
             const knowledge::Words& words);

  /// A time, by its tokens, has been read to mean these days.
  void tell(language::TokenRange time, const Happening& happening);

  /// The verb that a time hangs on, by its tokens; kNone where it hangs on none.
  std::uint32_t verb_of(language::TokenRange time) const;
  /// The words behind "after" or "before", up to the noun or verb that stands for what is counted
  /// from; empty where there is none.
  language::TokenRange behind(std::uint32_t preposition) const;
  /// The happening it names: the last that was told, or the first where none had been told when
  /// the word was read. Null where none is dated.
  const Happening* last(std::uint32_t word) const;
  const Happening* first(std::uint32_t word) const;

 private:
  bool is_of(std::uint32_t token, std::uint8_t class_id) const;
  const knowledge::EventWord* event_word(std::uint32_t token) const;
  struct Told {
    Happening happening;
    const knowledge::EventWord* event = nullptr;  ///< What verbs.tsv says of the word told of.
  };
  using Index = std::unordered_map<std::string_view, Told>;
  const Happening* find(std::uint32_t word, const Index& by_lemma, const Index& by_type) const;
  void tell_word(std::uint32_t word, const Happening& happening);
  void tell_verb(std::uint32_t verb, const Happening& happening);

  const language::Document& document_;
  const knowledge::TimeRules& rules_;
  const knowledge::Words& words_;
  std::uint8_t occurs_, brings_;
  Index first_by_lemma_, last_by_lemma_, first_by_type_, last_by_type_;
};

}  // namespace dateline::reading
