// The events in the order of their own dates, each put together again from the tables.
//
// One query gives the events in order; what each is made of is looked up beside it, so that memory
// does not grow with the chronicle.
// SPDX-License-Identifier: Apache-2.0
#include "chronicle/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "chronicle/conditions.h"
#include "chronicle/impl.h"
#include "chronicle/listing.h"
#include "chronicle/schema.h"
#include "chronicle/states.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::Rows;
using chronicle::Snapshot;

namespace chronicle {

namespace {

constexpr char kEvents[] =
    "SELECT e.report, e.id, e.incident, e.type, e.mode, e.day_begin, e.day_end, e.polarity, "
    "e.status, e.confidence, e.sentence, r.id, r.title, r.outlet, r.uri, r.published, "
    "p.id IS NOT NULL, coalesce(p.name, p.words), p.words, p.country, p.precision, p.lat, p.lon, "
    "t.words, t.value_from, (SELECT nullif(f.uri, r.uri) FROM found f WHERE f.report = r.key AND "
    "f.n = 0), e.trigger_words, e.trigger_begin, e.trigger_end, e.sentence_begin, e.sentence_end, "
    "t.span_begin, t.span_end, p.span_begin, p.span_end, p.admin1, p.geonameid, ";

constexpr char kFrom[] =
    " FROM events e JOIN reports r ON r.key = e.report "
    "LEFT JOIN places p ON p.report = e.report AND p.id = e.place "
    "LEFT JOIN times t ON t.report = e.report AND t.id = e.time";

CodePointSpan span_in(const Rows& rows, int column) {
  return {static_cast<std::uint32_t>(rows.number(column)),
          static_cast<std::uint32_t>(rows.number(column + 1))};
}

/// What people did to the event's account: "3 change day;3 change type;5 confirm ".
constexpr char kCorrected[] =
    "(SELECT group_concat(c.n || ' ' || c.act || ' ' || coalesce(v.field, ''), ';') FROM corrected "
    "k JOIN corrections c ON c.n = k.correction LEFT JOIN corrected_values v ON v.correction = c.n "
    "WHERE k.report = e.report AND k.incident = coalesce(e.incident, e.id) AND k.reason IS NULL "
    "AND (c.act <> 'split' OR k.n = 0))";

/// A store of an older version does not say what a day was taken from, and has no corrections.
std::string events(int version) {
  return fmt::format("{}{}, {}{}", kEvents, version >= kWarningsSince ? "e.day_from" : "NULL",
                     version >= kCorrectionsSince ? kCorrected : "NULL", kFrom);
}

void add_corrections(std::string_view rows, TimelineEvent& event) {
  while (!rows.empty()) {
    const std::string_view row = rows.substr(0, rows.find(';'));
    rows.remove_prefix(std::min(row.size() + 1, rows.size()));
    const std::size_t first = row.find(' '), second = row.find(' ', first + 1);
    std::int64_t number = 0;
    std::from_chars(row.data(), row.data() + first, number);
    if (number > event.correction) {
      event.correction = number;
      event.state = state_after(row.substr(first + 1, second - first - 1));
    }
    const std::string field(row.substr(second + 1));
    if (field.empty()) continue;
    const auto found = std::ranges::find(event.corrected, field, &ValueOfPerson::field);
    if (found == event.corrected.end()) {
      event.corrected.push_back({field, number});
    } else {
      found->correction = std::max(found->correction, number);
    }
  }
}

void add_contexts(Database& database, std::int64_t report, const std::string& id,
                  TimelineEvent& event) {
  auto rows = database.select(
      "SELECT context FROM event_contexts WHERE report = ? AND event = ? ORDER BY n", {report, id});
  while (rows.next()) event.contexts.push_back(rows.text(0));
}

void add_participants(Database& database, std::int64_t report, const std::string& id,
                      TimelineEvent& event) {
  auto rows = database.select(
      "SELECT x.role = 'actor', coalesce(n.name, x.words), x.words, n.country, n.sector, "
      "x.span_begin, x.span_end "
      "FROM participants x LEFT JOIN entities n ON n.report = x.report AND n.id = x.entity "
      "WHERE x.report = ? AND x.event = ? ORDER BY x.role, x.n",
      {report, id});
  while (rows.next()) {
    (rows.number(0) != 0 ? event.actors : event.recipients)
        .push_back({rows.text(1), rows.text(2), rows.text(3), rows.text(4), span_in(rows, 5)});
  }
}

void add_quantities(Database& database, std::int64_t report, const std::string& id,
                    TimelineEvent& event) {
  auto rows = database.select(
      "SELECT q.words, q.value, q.min, q.max, q.qualifier, q.unit, q.counts, "
      "q.span_begin, q.span_end "
      "FROM event_quantities c JOIN quantities q ON q.report = c.report AND q.id = c.quantity "
      "WHERE c.report = ? AND c.event = ? ORDER BY c.n",
      {report, id});
  while (rows.next()) {
    event.quantities.push_back({rows.text(0), rows.real(1), rows.real(2), rows.real(3),
                                rows.text(4), rows.text(5), rows.text(6), span_in(rows, 7)});
  }
}

constexpr char kVoice[] =
    "SELECT coalesce(s.name, a.source_words), a.source_words, a.stance, a.inside, s.sector "
    "FROM attributions a LEFT JOIN entities s ON s.report = a.report AND s.id = a.source_entity "
    "WHERE a.report = ? AND a.id = ?";

void add_voices(Database& database, std::int64_t report, const std::string& id,
                TimelineEvent& event) {
  std::vector<std::string> attributions;
  {
    auto rows = database.select(
        "SELECT attribution FROM according_to WHERE report = ? AND event = ? ORDER BY n",
        {report, id});
    while (rows.next()) attributions.push_back(rows.text(0));
  }
  constexpr int kDeepest = 8;  // A record of an older version may lead round in a circle.
  for (std::string attribution : attributions) {
    Voice voice;
    for (int depth = 0; depth < kDeepest && !attribution.empty(); ++depth) {
      auto rows = database.select(kVoice, {report, attribution});
      if (!rows.next()) break;
      if (depth == 0) {
        voice = {rows.text(0), rows.text(1), rows.text(2), {}, rows.text(4)};
      } else {
        voice.via.push_back(rows.text(0));
      }
      attribution = rows.text(3);
    }
    event.according_to.push_back(std::move(voice));
  }
}

TimelineEvent event_of(Database& database, const Rows& rows) {
  const std::int64_t report = rows.number(0);
  const std::string id = rows.text(1);
  TimelineEvent event;
  event.report = {fmt::format("r{}", report),
                  rows.text(11),
                  rows.text(12),
                  rows.text(13),
                  rows.text(14),
                  rows.text(15),
                  rows.text(25)};
  event.handle = fmt::format("r{}.{}", report, id);
  if (const std::string incident = rows.text(2); !incident.empty()) {
    event.incident = fmt::format("r{}.{}", report, incident);
  }
  event.type = rows.text(3);
  event.mode = rows.text(4);
  event.begin = rows.text(5);
  event.end = rows.text(6);
  event.polarity = rows.text(7);
  event.status = rows.text(8);
  event.confidence = rows.real(9);
  event.words = rows.text(10);
  if (rows.number(16) != 0) {
    event.place = Where{rows.text(17),    rows.text(18), rows.text(19), rows.text(20),
                        rows.real(21),    rows.real(22), rows.text(35), {},
                        span_in(rows, 33)};
    if (!rows.text(36).empty()) event.place->geonameid = rows.number(36);
  }
  event.day_words = rows.text(23);
  event.counted_from = rows.text(24);
  event.trigger = rows.text(26);
  event.trigger_at = span_in(rows, 27);
  event.sentence_at = span_in(rows, 29);
  event.day_at = span_in(rows, 31);
  event.day_from = rows.text(37);
  add_corrections(rows.text(38), event);
  add_contexts(database, report, id, event);
  add_participants(database, report, id, event);
  add_quantities(database, report, id, event);
  add_voices(database, report, id, event);
  return event;
}

}  // namespace

std::optional<TimelineEvent> find_event(Database& database, int version, std::int64_t report,
                                        std::string_view id) {
  auto rows = database.select(events(version) + " WHERE e.report = ? AND e.id = ?", {report, id});
  if (!rows.next()) return std::nullopt;
  return event_of(database, rows);
}

}  // namespace chronicle

Result<std::size_t> Chronicle::timeline(
    const Filter& filter, const std::function<bool(const TimelineEvent&)>& visit) const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::size_t given = 0;
  {
    const Snapshot snapshot(database);
    const auto asked = chronicle::understood(database, impl_->version, filter);
    if (!asked) return tl::unexpected(asked.error());
    Conditions conditions(database, impl_->version);
    conditions.require_event(*asked);
    chronicle::in_order(database, impl_->version, chronicle::kEventsListed, std::move(conditions),
                        *asked,
                        [&](std::int64_t report, const std::string& id, const auto& position) {
                          auto event = chronicle::find_event(database, impl_->version, report, id);
                          if (!event) return true;
                          event->cursor = chronicle::written(position);
                          ++given;
                          return visit(*event);
                        });
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
