// What one word says is counted: rows of count_nouns.tsv, count_verbs.tsv and count_states.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/quantities/passage.h"

namespace dateline::reading {

/// What is counted ("dead"), and the row that says so. Views point into tables and report.
struct Counted {
  std::string_view counts;  ///< Empty: nothing is known.
  const char* table = nullptr;
  std::string_view row = {};
  std::size_t line = 0;

  explicit operator bool() const { return !counts.empty(); }
};

/// What a noun says is counted: "12 deaths"; or a kind of thing, which is no count.
Counted noun_counts(const Passage& passage, std::uint32_t token);

/// Whether a noun is a row of this kind of count_nouns.tsv: "ailment", "animal".
bool is_kind(const Passage& passage, std::uint32_t token, std::string_view kind);

/// "14 animal deaths", "deaths among the monkeys": a toll of animals.
bool is_of_animals(const Passage& passage, std::uint32_t noun);

/// It is no person, so that what happens to it is no toll.
bool is_thing(const Counted& counted);

/// It counts people: "dead", "detained", but no incidents.
bool is_people(std::string_view counts);

/// "dead", "injured", "missing", "homeless" as a state.
Counted state_counts(const Passage& passage, std::uint32_t token);

/// Whose count a verb gives: of the one who does it, of whom it is done to, of the "six times".
enum class Role { kSubject, kObject, kTimes };

/// What a verb says of `who`, a noun or a number; kNone where it is told by its lives.
Counted verb_counts(const Passage& passage, std::uint32_t verb, Role role, std::uint32_t who);

/// "in custody", "with burns": the state of those in whom a preposition stands.
Counted prep_counts(const Passage& passage, std::uint32_t preposition);

/// The state that a verb puts people in, by its prepositions from token `from` on: "put behind
/// bars".
Counted put_counts(const Passage& passage, std::uint32_t verb, std::uint32_t from);

/// A participle whose tag went wrong, known by its form: "Eight Killed In Blast"; `who` is kNone in
/// a heading, which says of what asks for persons nothing.
Counted participle_counts(const Passage& passage, std::uint32_t token, std::uint32_t who);

}  // namespace dateline::reading
