// Why values are what they are: the rows of knowledge/ that gave them, what a place was chosen
// from, and where what an event tells comes from.
//
// Readers fill a Trace where the Context carries one; reading itself never looks at it.
// `dateline explain` prints it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline::reading {

struct Reason {
  std::string item;   ///< Id of the time, quantity or event; none of a row that says there is none.
  Span span;          ///< The words the row was used for.
  std::string table;  ///< "time_rules.tsv"
  std::string row;    ///< First cell of the row, or one of the words listed in it.
  std::size_t line = 0;  ///< Of the row in its table.
};

/// One place that a name might have meant.
struct Considered {
  std::string item;   ///< Id of the place.
  std::string name;   ///< "Paris, Texas, USA"
  std::string kind;   ///< country | admin1 | admin2 | town | capital | ...
  double people = 0;  ///< Of a subdivision: those in its towns.
  double chance = 0;  ///< That it is the one meant.
};

/// What an event might have been, or what might have filled a slot of it.
struct Weighed {
  std::string item;  ///< Id of the event.
  std::string slot;  ///< type | actor | recipient | place | country | day | toll
  std::string what;  ///< "ASSAULT"; of a slot the words.
  double chance = 0;
};

/// Where what an event is, or what fills a slot of it, comes from.
struct Ground {
  std::string item;    ///< Id of the event.
  std::string slot;    ///< type | actor | recipient | place | days | toll
  std::string what;    ///< "ASSAULT"; of a slot the words.
  std::string from;    ///< row | clause | learned | counted | news
  double chance = 0;   ///< Of what was learned.
  Span mention{0, 0};  ///< The other mention of the happening that tells it; empty: this one does.
};

/// A mention that a later one was compared with.
struct Compared {
  Span later, earlier;
  double chance = 0;    ///< That both mean one.
  bool joined = false;  ///< For this one's sake the later is of its entity.
};

/// What trees were asked: of these triggers, with this row.
struct Asked {
  std::string_view trees;  ///< same | line
  std::vector<Span> triggers;
  std::vector<float> row;
};

struct Trace {
  std::vector<Weighed> weighed;             ///< Grouped by item and slot; the likeliest first.
  std::vector<Considered> considered;       ///< Grouped by item; the likeliest first.
  std::vector<Compared> compared;           ///< Grouped by the later mention; the likeliest first.
  std::vector<Reason> reasons;              ///< Grouped by item; the widest span first.
  std::vector<Ground> grounds;              ///< Grouped by item.
  std::optional<std::vector<Asked>> asked;  ///< Collected where it is set: training learns from it.
};

}  // namespace dateline::reading
