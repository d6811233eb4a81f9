// A Filter as SQL: conditions over the names e (events), p (the event's place) and r (reports).
//
// What users type is only ever a value, never part of a statement.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

/// The attributions a: on whose source's word the event e rests.
inline constexpr char kVoicesOfEvent[] =
    "according_to c JOIN attributions a ON c.report = e.report AND c.event = e.id AND a.report = "
    "c.report AND a.id = c.attribution";

class Conditions {
 public:
  /// Keeps a value and gives its place in a statement: "?3".
  std::string value(std::string text);

  /// Joins a condition with AND.
  void require(std::string_view condition);

  /// Reports from this outlet or address. With `voice`, a query over attributions a: or told by
  /// a voice of this name there.
  void require_source(const std::string& source, std::string_view voices);

  /// The event e at p: with the filter's actor, place and types.
  void require_event(const Filter& filter);

  /// Reports with an event of that kind; any report where the filter names none.
  void require_some_event(const Filter& filter);

  /// Happenings h: with an account that has such an event, from or by such a source.
  void require_account(const Filter& filter);

  /// " LIMIT ..." or nothing: what goes behind the order.
  std::string limit(const Filter& filter);

  /// " WHERE ..." or nothing.
  std::string where() const;
  std::vector<Value> values() const;

 private:
  std::string event(const Filter& filter);
  std::string source(const std::string& source, std::string_view voices);

  std::deque<std::string> texts_;
  std::string all_;
};

/// First and last day of the filter, as ISO days; empty where open.
struct Days {
  std::string first, last;
};

/// Fails where the filter asks for what cannot be: days that are none, or types.
Result<Days> days_of(const Filter& filter);

}  // namespace dateline::chronicle
