// SPDX-License-Identifier: Apache-2.0
#include "chronicle/conditions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>

#include "chronicle/area.h"
#include "chronicle/facts.h"
#include "chronicle/names.h"
#include "chronicle/schema.h"
#include "chronicle/states.h"
#include "chronicle/text_query.h"
#include "dateline/event_types.h"
#include "knowledge/name_key.h"

namespace dateline::chronicle {

namespace {

/// The first or last day of 2026, 2026-03 or 2026-03-09.
std::optional<std::string> day_of(std::string_view text, bool last) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const char* const end = text.data() + at + size;
    const auto got = std::from_chars(text.data() + at, end, value);
    return got.ec == std::errc() && got.ptr == end ? value : -1;
  };
  const bool has_month = text.size() == 7 || text.size() == 10, has_day = text.size() == 10;
  if (text.size() != 4 && !has_month) return std::nullopt;
  if ((has_month && text[4] != '-') || (has_day && text[7] != '-')) return std::nullopt;
  const int year = number(0, 4), month = has_month ? number(5, 2) : last ? 12 : 1;
  if (year < 0 || month < 1) return std::nullopt;
  namespace chrono = std::chrono;
  const chrono::year_month of{chrono::year(year), chrono::month(static_cast<unsigned>(month))};
  if (!of.ok()) return std::nullopt;
  const int day = has_day ? number(8, 2)
                  : last  ? static_cast<int>(static_cast<unsigned>((of / chrono::last).day()))
                          : 1;
  if (day < 1 || !(of / chrono::day(static_cast<unsigned>(day))).ok()) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

}  // namespace

std::optional<Error> mistake_in(const std::vector<std::string>& types) {
  for (const std::string& type : types) {
    std::vector<std::string_view> names;
    for (const EventType& known : kEventTypes) names.push_back(known.name);
    if (std::ranges::find(names, in_capitals(type)) != names.end()) continue;
    return Error{4017, no_such("type of event", type, names, in_capitals(type)), {}};
  }
  return std::nullopt;
}

Result<Days> days_of(const Filter& filter) {
  Days days;
  for (const auto& [given, day, last] : {std::tuple(&filter.since, &days.first, false),
                                         std::tuple(&filter.until, &days.last, true)}) {
    if (given->empty()) continue;
    const auto found = day_of(*given, last);
    if (!found) {
      return fail(4013, fmt::format("'{}' is no date: give 2026, 2026-03 or 2026-03-09", *given));
    }
    *day = *found;
  }
  if (!days.last.empty() && days.last < days.first) {
    return fail(4013, fmt::format("no day is from {} on and up to {}: the first is the later one",
                                  filter.since, filter.until));
  }
  return days;
}

namespace {

/// The modes of this store's events are those that there are: users' tables may bring others.
std::optional<Error> mistake_in_modes(Database& database, int version, const Filter& filter) {
  if (filter.modes.empty() || version < kFactsSince) return std::nullopt;
  constexpr std::int64_t kMost = 1000;
  std::vector<std::string> modes = facts::words_from(database, facts::kMode, "", kMost);
  for (std::string& mode : modes) mode.erase(0, 1);
  for (const std::string& mode : filter.modes) {
    const std::string meant = folded(mode);
    if (std::ranges::find(modes, meant) != modes.end()) continue;
    if (modes.empty()) return Error{4022, "no event here has a mode", {}};
    return Error{
        4022, no_such("mode among the events here", mode, {modes.begin(), modes.end()}, meant), {}};
  }
  return std::nullopt;
}

std::optional<Error> mistake_in_states(const Filter& filter) {
  for (const std::string& state : filter.states) {
    if (std::ranges::find(kStates, folded(state)) != kStates.end()) continue;
    return Error{
        4027, no_such("state", state, {kStates.begin(), kStates.end()}, folded(state)), {}};
  }
  return std::nullopt;
}

/// Where most events lie that are at a place of this name.
std::optional<Point> point_called(Database& database, const std::string& name) {
  constexpr std::int64_t kLookedAt = 1000;
  const std::string called = folded(name);
  const std::string query = facts::query_for(database, facts::kPlace, called);
  auto rows = database.select(
      "SELECT p.name, p.lat, p.lon, count(*) FROM (SELECT rowid AS place FROM event_index WHERE "
      "event_index MATCH ?1 LIMIT ?2) x JOIN event_facts f ON f.place = x.place JOIN events e ON "
      "e.report = f.report AND e.id = f.event JOIN places p ON p.report = e.report AND p.id = "
      "e.place WHERE p.lat IS NOT NULL AND p.lon IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, "
      "2, 3",
      {query, kLookedAt});
  while (rows.next()) {
    if (folded(rows.bytes(0)) == called) return Point{*rows.real(1), *rows.real(2)};
  }
  return std::nullopt;
}

void look_up_text(Database& database, Asked& asked) {
  constexpr std::size_t kFew = 1000, kMany = 10'000;
  std::vector<std::int64_t> reports;
  auto rows = database.select("SELECT rowid FROM report_words WHERE report_words MATCH ?1 LIMIT ?2",
                              {asked.text, std::int64_t{kMany}});
  while (rows.next()) reports.push_back(rows.number(0));
  asked.text_is_common = reports.size() == kMany;
  if (reports.size() <= kFew) asked.with_text = std::move(reports);
}

/// Any of these words of the index.
std::string any_of(facts::Kind kind, const auto& texts) {
  std::string query;
  for (const auto& text : texts) {
    query += fmt::format("{}\"{}\"", query.empty() ? "" : " OR ", facts::word(kind, text));
  }
  return query.empty() ? facts::kNothing : query;
}

std::vector<std::string> folded_all(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts) all.push_back(folded(text));
  return all;
}

/// Who goes by a name in some report, and by which names in all.
struct Called {
  std::vector<std::int64_t> actors;
  std::vector<std::string> names;  ///< Folded; the asked one first.
  bool all_names = true;           ///< Nobody has so many that some were left out.
};

Called called(Database& database, int version, const std::string& name) {
  constexpr std::size_t kMostActors = 50, kMostNames = 200;
  Called found{{}, {folded(name)}};
  if (version < kActorsSince) return found;
  const std::string key = knowledge::name_key(name);
  auto actors = database.select("SELECT DISTINCT actor FROM actor_names WHERE name_key = ? LIMIT ?",
                                {key, std::int64_t{kMostActors}});
  while (actors.next()) found.actors.push_back(actors.number(0));
  for (const std::int64_t actor : found.actors) {
    auto names = database.select(
        "SELECT DISTINCT f.value FROM personas p JOIN persona_facts f ON f.persona = p.key WHERE "
        "p.actor = ? AND f.what IN ('name', 'alias')",
        {actor});
    while (names.next() && found.all_names) {
      found.names.push_back(folded(names.bytes(0)));
      found.all_names = found.names.size() < kMostNames;
    }
  }
  return found;
}

/// The attributions a: on whose source's word the event e rests.
constexpr char kVoicesOfEvent[] =
    "according_to c JOIN attributions a ON c.report = e.report AND c.event = e.id AND a.report = "
    "c.report AND a.id = c.attribution";
constexpr char kAllVoices[] = "attributions a";

}  // namespace

Result<Asked> understood(Database& database, int version, const Filter& filter) {
  auto days = days_of(filter);
  if (!days) return tl::unexpected(std::move(days.error()));
  Asked asked{filter, std::move(*days), {}, {}};
  auto mistake = mistake_in(filter.types);
  if (!mistake && filter.box) mistake = mistake_in(*filter.box);
  if (!mistake && filter.around) mistake = mistake_in(*filter.around);
  if (!mistake && filter.confidence && !(*filter.confidence >= 0 && *filter.confidence <= 1)) {
    mistake = Error{
        4023, fmt::format("no event has a confidence of {}: give 0 to 1", *filter.confidence), {}};
  }
  if (!mistake && filter.side != Side::kAny && filter.actor.empty()) {
    mistake = Error{4024, "by or against whom? Give an actor with the role", {}};
  }
  if (!mistake) mistake = mistake_in_states(filter);
  if (!mistake) mistake = mistake_in_modes(database, version, filter);
  if (mistake) return tl::unexpected(std::move(*mistake));
  if (filter.around && !filter.around->centre) {
    if (filter.around->place.empty())
      return fail(4021, "near what? Give a place with the distance");
    asked.filter.around->centre =
        version < kFactsSince ? std::nullopt : point_called(database, filter.around->place);
    if (!asked.filter.around->centre) {
      return fail(4021, fmt::format("no event here is at a place called '{}' whose point is known: "
                                    "give LAT,LON",
                                    filter.around->place));
    }
  }
  if (!filter.after.empty()) {
    auto after = position_of(filter.after);
    if (!after) return tl::unexpected(std::move(after.error()));
    asked.after = std::move(*after);
  }
  if (!filter.text.empty()) {
    auto query = text_query(filter.text);
    if (!query) return tl::unexpected(std::move(query.error()));
    asked.text = std::move(*query);
    look_up_text(database, asked);
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return asked;
}

Conditions::Conditions(Database& database, int version) : database_(database), version_(version) {}

std::string Conditions::query_for(facts::Kind kind, const std::string& folded_name) {
  return version_ < kFactsSince ? facts::kNothing : facts::query_for(database_, kind, folded_name);
}

std::string Conditions::value(std::string text) {
  texts_.push_back(std::move(text));
  return fmt::format("?{}", texts_.size());
}

void Conditions::require(std::string_view condition) {
  all_ += fmt::format("{}({})", all_.empty() ? " WHERE " : " AND ", condition);
}

std::string Conditions::source(const std::string& source, std::string_view voices) {
  const std::string name = value(folded(source));
  return fmt::format(
      "speaks_of(r.outlet, {0}) OR speaks_of(r.uri, {0}) OR EXISTS (SELECT 1 FROM found f WHERE "
      "f.report = r.key AND f.n < {2} AND "
      "speaks_of(f.uri, {0})) OR EXISTS (SELECT 1 FROM {1} LEFT JOIN entities s ON s.report = "
      "a.report AND s.id = a.source_entity WHERE a.report = r.key AND (speaks_of(s.name, {0}) OR "
      "speaks_of(a.source_words, {0})))",
      name, voices, facts::kMostFound);
}

void Conditions::require_fact(std::string query) {
  facts_ += fmt::format("{}({})", facts_.empty() ? "" : " AND ", query);
}

void Conditions::require_main() {
  require("h.main = 1");
  require_fact(any_of(facts::kWeight, std::array{"main"}));
}

std::string Conditions::event(const Asked& asked) {
  const Filter& filter = asked.filter;
  std::string all;
  const auto both = [&](const std::string& condition) {
    all += fmt::format("{}({})", all.empty() ? "" : " AND ", condition);
  };
  if (!filter.actor.empty()) {
    const Called who = called(database_, version_, filter.actor);
    const std::string_view role = filter.side == Side::kAny  ? ""
                                  : filter.side == Side::kBy ? " AND x.role = 'actor'"
                                                             : " AND x.role = 'recipient'";
    // Also where this report has another name for the same actor.
    const std::string elsewhere =
        who.actors.empty()
            ? ""
            : fmt::format(
                  " OR EXISTS (SELECT 1 FROM actor_members m WHERE m.report = x.report AND "
                  "m.entity = x.entity AND m.actor IN ({}))",
                  fmt::join(who.actors, ", "));
    both(fmt::format(
        "EXISTS (SELECT 1 FROM participants x LEFT JOIN entities n ON n.report = x.report AND "
        "n.id = x.entity WHERE x.report = e.report AND x.event = e.id{1} AND "
        "(speaks_of(coalesce(n.name, x.words), {0}) OR lower(n.country) = {0} OR "
        "EXISTS (SELECT 1 FROM aliases a WHERE a.report = x.report AND a.entity = x.entity AND "
        "speaks_of(a.name, {0})){2}))",
        value(who.names.front()), role, elsewhere));
    std::string query;
    for (const std::string& name : who.names) {
      for (const facts::Kind side : {facts::kBy, facts::kAgainst}) {
        if (filter.side == (side == facts::kBy ? Side::kAgainst : Side::kBy)) continue;
        query += fmt::format("{}({})", query.empty() ? "" : " OR ", query_for(side, name));
      }
    }
    if (who.all_names) require_fact(std::move(query));
  }
  if (!filter.place.empty()) {
    const std::string name = folded(filter.place);
    both(
        fmt::format("speaks_of(p.name, {0}) OR speaks_of(p.words, {0}) OR "
                    "speaks_of(p.admin1, {0}) OR lower(p.country) = {0}",
                    value(name)));
    require_fact(query_for(facts::kPlace, name));
  }
  if (!filter.country.empty()) {
    const std::string code = folded(filter.country);
    both("lower(p.country) = " + value(code));
    require_fact(query_for(facts::kCountry, code));
  }
  if (const auto& box = filter.box) {
    both(fmt::format("within(p.lat, p.lon, {}, {}, {}, {})", value(fmt::format("{}", box->west)),
                     value(fmt::format("{}", box->south)), value(fmt::format("{}", box->east)),
                     value(fmt::format("{}", box->north))));
    require_fact(any_of(facts::kCell, cells_of(*box)));
  }
  if (const auto& around = filter.around) {
    both(fmt::format(
        "km_between(p.lat, p.lon, {}, {}) <= 0 + {}", value(fmt::format("{}", around->centre->lat)),
        value(fmt::format("{}", around->centre->lon)), value(fmt::format("{}", around->km))));
    require_fact(any_of(facts::kCell, cells_of(box_around(*around->centre, around->km))));
  }
  if (!filter.types.empty()) {
    std::string any;
    const auto types = folded_all(filter.types);
    for (const std::string& type : types) {
      any += fmt::format("{}lower(e.type) = {}", any.empty() ? "" : " OR ", value(type));
    }
    both(any);
    require_fact(any_of(facts::kType, types));
  }
  if (!filter.modes.empty()) {
    std::string any;
    const auto modes = folded_all(filter.modes);
    for (const std::string& mode : modes) {
      any += fmt::format("{}e.mode = {}", any.empty() ? "" : " OR ", value(mode));
    }
    both(any);
    require_fact(any_of(facts::kMode, modes));
  }
  if (filter.confidence) {
    both("e.confidence >= 0 + " + value(fmt::format("{}", *filter.confidence)));
    std::vector<std::string> tenths;
    for (int n = facts::tenths_of(*filter.confidence); n <= 10; ++n)
      tenths.push_back(std::to_string(n));
    require_fact(any_of(facts::kConfidence, tenths));
  }
  if (!asked.text.empty()) {
    const std::string text = value(asked.text);
    both(asked.text_is_common
             ? fmt::format("EXISTS (SELECT 1 FROM report_words WHERE report_words MATCH {} AND "
                           "rowid = e.report)",
                           text)
             : fmt::format(
                   "e.report IN (SELECT rowid FROM report_words WHERE report_words MATCH {})",
                   text));
    if (asked.with_text) {
      std::vector<std::string> reports;
      for (const std::int64_t report : *asked.with_text) reports.push_back(std::to_string(report));
      require_fact(any_of(facts::kReport, reports));
    }
  }
  return all;
}

std::string Conditions::state(const Filter& filter, const std::string& state) {
  std::string any;
  bool by_people = true;
  for (const std::string& given : filter.states) {
    const std::string wanted = folded(given);
    any += fmt::format("{}{}", any.empty() ? "" : ", ", value(wanted));
    by_people = by_people && wanted.starts_with("person");
  }
  if (by_people && version_ >= kCorrectionsSince) {
    // People corrected few of a million reports, and these are looked up one by one.
    constexpr std::int64_t kFew = 1000;
    std::vector<std::string> reports;
    auto rows = database_.select("SELECT DISTINCT report FROM corrected LIMIT ?", {kFew});
    while (rows.next()) reports.push_back(std::to_string(rows.number(0)));
    if (std::ssize(reports) < kFew) require_fact(any_of(facts::kReport, reports));
  }
  return fmt::format("{} IN ({})", state, any);
}

void Conditions::require_event(const Asked& asked) {
  const Filter& filter = asked.filter;
  if (const std::string condition = event(asked); !condition.empty()) require(condition);
  if (!filter.states.empty()) require(state(filter, state_of_event(version_)));
  if (filter.source.empty()) return;
  require(source(filter.source, kVoicesOfEvent));
  require_fact(query_for(facts::kSource, folded(filter.source)));
}

void Conditions::require_some_event(const Asked& asked) {
  if (!asked.filter.source.empty()) require(source(asked.filter.source, kAllVoices));
  std::string condition = event(asked);
  if (!asked.filter.states.empty()) {
    condition += fmt::format("{}({})", condition.empty() ? "" : " AND ",
                             state(asked.filter, state_of_event(version_)));
  }
  if (condition.empty()) return;
  require(fmt::format(
      "EXISTS (SELECT 1 FROM events e LEFT JOIN places p ON p.report = e.report AND p.id = e.place "
      "WHERE e.report = r.key AND {})",
      condition));
}

void Conditions::require_account(const Asked& asked) {
  const Filter& filter = asked.filter;
  if (!filter.states.empty()) require(state(filter, state_of_happening(version_)));
  std::string condition = event(asked);
  if (!filter.source.empty()) {
    condition += fmt::format("{}({})", condition.empty() ? "" : " AND ",
                             source(filter.source, kVoicesOfEvent));
    require_fact(query_for(facts::kSource, folded(filter.source)));
  }
  if (condition.empty()) return;
  require(fmt::format(
      "EXISTS (SELECT 1 FROM tellings t JOIN events e ON e.report = t.report AND "
      "coalesce(e.incident, e.id) = t.incident JOIN reports r ON r.key = e.report LEFT JOIN places "
      "p ON p.report = e.report AND p.id = e.place WHERE t.happening = h.key AND {})",
      condition));
}

std::string Conditions::limit(const Filter& filter) {
  if (filter.limit == 0) return "";
  constexpr std::size_t kMost = std::numeric_limits<std::int64_t>::max();
  return " LIMIT 0 + " + value(std::to_string(std::min(filter.limit, kMost)));
}

std::string Conditions::where() const { return all_; }

std::string Conditions::index_query() const {
  return facts_.empty() ? any_of(facts::kAny, std::array{""}) : facts_;
}

std::vector<Value> Conditions::values() const { return {texts_.begin(), texts_.end()}; }

}  // namespace dateline::chronicle
