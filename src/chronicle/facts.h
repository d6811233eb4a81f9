// What events and happenings are found by: words, each with a letter for what it tells, in a
// full-text index whose rows stand in the order of the timeline.
//
// So the index gives what fits all that a filter asks for in the timeline's order, and stops at the
// first page. It may give too much ("Karst" and "Front" of two names): conditions.h says what is
// meant. An event's words are those of its row and of what it points to; a happening has the words
// of all its events.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chronicle/database.h"

namespace dateline::chronicle::facts {

/// What a word tells. A filter of another kind needs a letter here, words from facts.cc and a
/// condition in conditions.cc.
enum Kind : char {
  kBy = 'b',       ///< A name or country of one who acts.
  kAgainst = 'a',  ///< And of one who is acted on.
  kPlace = 'p',    ///< A name or country of where.
  kCountry = 'n',  ///< The country of where.
  kCell = 'g',     ///< A cell of the map (area.h).
  kType = 't',
  kMode = 'm',
  kSource = 's',      ///< A name of the outlet, its address or the voice.
  kConfidence = 'c',  ///< In tenths, rounded down.
  kReport = 'r',      ///< The report that tells it.
  kSpan = 'x',    ///< It lasts longer than a day: "week", "year" or "age", the shortest it fits.
  kWeight = 'w',  ///< "main" of a happening that some report is about.
  kAny = 'e',     ///< Everything.
};

/// Of the places where copies of a report were found, so many count; a text may lie in thousands.
inline constexpr int kMostFound = 100;

std::string word(Kind kind, std::string_view text);

int tenths_of(double confidence);

/// A query that finds nothing.
inline constexpr char kNothing[] = "\"-\"";

/// The runs of letters and digits of a folded text.
std::vector<std::string_view> runs_in(std::string_view folded);

/// A query of the index for all the words of a name, as speaks_of() would find them: its last may
/// go on, where the name ends with it.
std::string query_for(Database& database, Kind kind, std::string_view folded_name);

/// The words of a kind that begin so, `most` at most.
std::vector<std::string> words_from(Database& database, Kind kind, std::string_view beginning,
                                    std::int64_t most);

/// Where a day (ISO, or empty) begins in the order of the timeline; what has no day stands last.
std::int64_t place_of(std::string_view day);
inline constexpr int kDayShift = 40;

/// Days a span of this class lasts at most.
struct SpanClass {
  std::string_view name;
  int days;
};
inline constexpr SpanClass kSpans[] = {{"week", 7}, {"year", 366}, {"age", 4'000'000}};

/// Brings a report's events and the happenings that they are up to date.
void keep(Database& database, std::int64_t report);

/// Brings a happening up to date with its row and its events.
void keep_happening(Database& database, std::int64_t happening);

/// Of a store of before facts: all.
void fill(Database& database);

}  // namespace dateline::chronicle::facts
