// The word tables of the entity, attribution and event readers, typed.
//
// Each is a file of knowledge/ whose head says what its columns mean. Words are looked up by their
// lower-cased text or their lemma; several words of one entry are joined by single spaces.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/own_events.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

/// A noun that stands for an actor or a place: "president", "group", "camp" (nouns.tsv).
struct Noun {
  std::string kind;      ///< An entity's kind.
  char gender = '-';     ///< m | f | -
  bool role = false;     ///< What a person is to an organisation: "president of".
  bool generic = false;  ///< Said of any of its kind: "the group".
};

/// A form of address before a person's name (titles.tsv).
struct Title {
  std::string role;  ///< Empty where it is none, as with "Mr.".
  char gender = '-';
};

/// What somebody does who uses a word of saying (cues.tsv).
struct Stance {
  std::string plain;
  std::string to_do;  ///< The same where an infinitive follows: "told them to leave".
};

struct Words {
  StringMap<Noun> nouns;
  StringMap<Title> titles;
  StringMap<char> given_names;  ///< m | f
  StringMap<Stance> stances;
  StringMap<std::vector<EventWord>> event_verbs;  ///< Both are verbs.tsv.
  StringMap<std::vector<EventWord>> event_nouns;
  OwnEvents own_events;

  /// Stance of the word with this lemma; what no table names asserts.
  std::string_view stance_of(std::string_view lemma, bool infinitive) const;

  static Result<Words> load(const Directory& directory);
};

}  // namespace dateline::knowledge
