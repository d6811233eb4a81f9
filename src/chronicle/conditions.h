// A Filter as SQL: conditions over the names e (events), p (the event's place) and r (reports), and
// a query of the index (facts.h) that finds all that may meet them.
//
// The conditions say what is meant; the index only finds it soon. What users type is only ever a
// value, never part of a statement.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "chronicle/database.h"
#include "chronicle/facts.h"
#include "chronicle/position.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

/// First and last day of a filter, as ISO days; empty where open.
struct Days {
  std::string first, last;
};

/// A filter as this store understands it.
struct Asked {
  Filter filter;  ///< `around` has its centre.
  Days days;
  std::string text;  ///< Query for the reports' words; empty: any.
  /// Reports that have these words, where they are few enough to be looked up one by one.
  std::optional<std::vector<std::int64_t>> with_text;
  bool text_is_common = false;      ///< So many have them that it is quicker to ask each.
  std::optional<Position> after{};  ///< Only what stands behind it in a listing.
};

/// Fails where the filter asks for what cannot be: days, types, modes, areas, places.
Result<Asked> understood(Database& database, int version, const Filter& filter);

class Conditions {
 public:
  Conditions(Database& database, int version);

  /// Keeps a value and gives its place in a statement: "?3".
  std::string value(std::string text);

  /// Joins a condition with AND.
  void require(std::string_view condition);

  /// Demands a word of the index.
  void require_fact(std::string query);

  /// Happenings h that some report is about.
  void require_main();

  /// Events e that are what is asked for, told by such a source.
  void require_event(const Asked& asked);

  /// Reports r that have such an event, and are of such a source or have a voice of this name.
  void require_some_event(const Asked& asked);

  /// Happenings h: with an account that is such an event.
  void require_account(const Asked& asked);

  /// " LIMIT ..." or nothing: what goes behind the order.
  std::string limit(const Filter& filter);

  /// " WHERE ..." or nothing.
  std::string where() const;
  /// What the index is asked for.
  std::string index_query() const;
  std::vector<Value> values() const;

 private:
  /// A store of before facts has no use for it.
  std::string query_for(facts::Kind kind, const std::string& folded_name);
  std::string event(const Asked& asked);
  /// That this state, in SQL, is one of those asked for.
  std::string state(const Filter& filter, const std::string& state);
  std::string source(const std::string& source, std::string_view voices);

  Database& database_;
  int version_;
  std::deque<std::string> texts_;
  std::string all_, facts_;
};

/// The first of these that is no type of event.
std::optional<Error> mistake_in(const std::vector<std::string>& types);

/// First and last day of a filter. Fails where they are none, or in the wrong order.
Result<Days> days_of(const Filter& filter);

}  // namespace dateline::chronicle
