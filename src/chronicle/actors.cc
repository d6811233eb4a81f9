// Actors of a store: joined, listed, and all that reports say of one.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "chronicle/actors/joining.h"
#include "chronicle/conditions.h"
#include "chronicle/impl.h"
#include "chronicle/names.h"
#include "chronicle/packing.h"
#include "chronicle/schema.h"
#include "knowledge/name_key.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::Snapshot;
using chronicle::Transaction;

namespace {

std::optional<Error> lacks_actors(int version) {
  if (version >= chronicle::kActorsSince) return std::nullopt;
  return Error{4018,
               "an older version of Dateline made this store, without actors: "
               "'dateline match --store ...' finds them",
               {}};
}

/// One of a store of before actors gets what they are joined by.
std::optional<Error> prepare_actors(Database& database, std::int64_t report) {
  std::string packed;
  {
    auto rows = database.select(
        "SELECT record FROM reports WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM joined WHERE "
        "report = ?1)",
        {report});
    if (!rows.next()) return database.take_error();
    packed = rows.bytes(0);
  }
  const auto json = chronicle::uncompressed(packed);
  if (!json) return json.error();
  const auto record = record_from_json(*json);
  if (!record) return record.error();
  chronicle::actors::keep(database, report, *record);
  return std::nullopt;
}

/// What happens to a happening's sides: the members of an actor among its participants.
constexpr char kTakesPart[] =
    "FROM actor_members m JOIN participants x ON x.report = m.report AND x.entity = m.entity JOIN "
    "events e ON e.report = x.report AND e.id = x.event JOIN tellings t ON t.report = e.report AND "
    "t.incident = coalesce(e.incident, e.id) ";

/// An actor's row and how often it acts; its names need another query.
Actor actor_of(Database& database, std::int64_t key, std::size_t most_names) {
  Actor actor;
  {
    auto rows = database.select(
        "SELECT id, name, kind, country, sector, first_seen, last_seen, reports FROM actors WHERE "
        "key = ?",
        {key});
    if (!rows.next()) return actor;
    actor = {rows.text(0),
             rows.text(1),
             rows.text(2),
             rows.text(3),
             rows.text(4),
             rows.text(5),
             rows.text(6),
             static_cast<std::size_t>(rows.number(7)),
             {},
             0,
             0,
             0};
  }
  auto names = database.select(
      "SELECT f.value, f.outlet, sum(f.reports), sum(sum(f.reports)) OVER (PARTITION BY f.value) "
      "AS all_reports FROM personas p JOIN persona_facts f ON f.persona = p.key WHERE p.actor = ? "
      "AND f.what IN ('name', 'alias') GROUP BY f.value, f.outlet ORDER BY all_reports DESC, "
      "f.value, f.outlet",
      {key});
  while (names.next()) {
    const std::string name = names.text(0);
    if (actor.names.empty() || actor.names.back().name != name) {
      if (actor.names.size() == most_names) break;
      actor.names.push_back({name, static_cast<std::size_t>(names.number(3)), {}});
    }
    if (std::string outlet = names.text(1); !outlet.empty()) {
      actor.names.back().outlets.push_back(std::move(outlet));
    }
  }
  auto sides = database.select(
      fmt::format("SELECT x.role = 'actor', count(DISTINCT t.happening) {}WHERE m.actor = ? GROUP "
                  "BY 1",
                  kTakesPart),
      {key});
  while (sides.next()) {
    (sides.number(0) != 0 ? actor.by : actor.against) = static_cast<std::size_t>(sides.number(1));
  }
  auto speaks = database.select(
      "SELECT count(*) FROM actor_members m JOIN attributions a ON a.report = m.report AND "
      "a.source_entity = m.entity WHERE m.actor = ?",
      {key});
  if (speaks.next()) actor.speaks = static_cast<std::size_t>(speaks.number(0));
  return actor;
}

void add_roles(Database& database, std::int64_t key, ActorLife& life) {
  auto rows = database.select(
      "SELECT r.role, coalesce(o.name, ''), min(substr(p.published, 1, 10)), "
      "max(substr(p.published, 1, 10)), count(DISTINCT r.report) FROM actor_members m JOIN roles r "
      "ON r.report = m.report AND r.entity = m.entity JOIN reports p ON p.key = r.report LEFT JOIN "
      "entities o ON o.report = r.report AND o.id = r.of WHERE m.actor = ? GROUP BY 1, 2 ORDER BY "
      "3, 5 DESC, 1, 2",
      {key});
  while (rows.next()) {
    life.roles.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                          static_cast<std::size_t>(rows.number(4))});
  }
}

void add_deeds(Database& database, std::int64_t key, ActorLife& life) {
  auto rows = database.select(
      fmt::format(
          "SELECT x.role = 'actor' AS own, e.type, coalesce(a.id, ''), coalesce(a.name, ''), "
          "min(coalesce(h.day_begin, h.day_end)), max(coalesce(h.day_end, h.day_begin)), "
          "count(DISTINCT t.happening) AS happenings {} JOIN happenings h ON h.key = t.happening "
          "LEFT JOIN participants y ON y.report = x.report AND y.event = x.event AND y.role <> "
          "x.role LEFT JOIN actor_members o ON o.report = y.report AND o.entity = y.entity LEFT "
          "JOIN actors a ON a.key = o.actor WHERE m.actor = ? GROUP BY 1, 2, 3 ORDER BY own DESC, "
          "happenings DESC, e.type, 4, 3",
          kTakesPart),
      {key});
  while (rows.next()) {
    life.deeds.push_back({rows.number(0) != 0, rows.text(1), rows.text(2), rows.text(3),
                          rows.text(4), rows.text(5), static_cast<std::size_t>(rows.number(6))});
  }
}

void add_stances(Database& database, std::int64_t key, ActorLife& life) {
  auto rows = database.select(
      "SELECT a.stance, count(*) FROM actor_members m JOIN attributions a ON a.report = m.report "
      "AND a.source_entity = m.entity WHERE m.actor = ? AND a.stance IS NOT NULL GROUP BY 1 ORDER "
      "BY 2 DESC, 1",
      {key});
  while (rows.next()) {
    life.stances.push_back({rows.text(0), static_cast<std::size_t>(rows.number(1))});
  }
}

/// The actor that this is the id of, or that of one of its entities; 0: none.
std::int64_t key_of(Database& database, std::string_view id) {
  auto rows = database.select(
      "SELECT key FROM actors WHERE id = ?1 UNION ALL SELECT p.actor FROM persona_members m JOIN "
      "personas p ON p.key = m.persona WHERE m.id = ?1 LIMIT 1",
      {id});
  return rows.next() ? rows.number(0) : 0;
}

}  // namespace

Result<std::size_t> Chronicle::join(const ActorNames& names,
                                    const std::function<bool(std::size_t, std::size_t)>& joined) {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const auto in_one = [&](const auto& work) -> std::optional<Error> {
    Transaction transaction(database);
    work();
    return transaction.commit();
  };
  const std::string& version = names.names().version();
  if (auto error = in_one([&] { chronicle::actors::start_over(database, version); })) {
    return tl::unexpected(std::move(*error));
  }
  std::vector<std::int64_t> open;
  {
    auto rows = database.select(
        "SELECT r.key FROM reports r LEFT JOIN joined j ON j.report = r.key WHERE j.names IS NOT ? "
        "ORDER BY r.key",
        {std::string_view(version)});
    while (rows.next()) open.push_back(rows.number(0));
  }
  // Another program may be doing the same.
  const auto was_joined = [&](std::int64_t report) {
    auto rows = database.select("SELECT 1 FROM joined WHERE report = ? AND names = ?",
                                {report, std::string_view(version)});
    return rows.next();
  };
  std::size_t done = 0;
  for (const std::int64_t report : open) {
    std::optional<Error> problem;
    auto error = in_one([&] {
      if (was_joined(report)) return;
      problem = prepare_actors(database, report);
      if (!problem) chronicle::actors::join(database, report, names.names());
    });
    if (problem) error = std::move(problem);
    if (error) return tl::unexpected(std::move(*error));
    ++done;
    if (joined && !joined(done, open.size())) break;
  }
  for (const auto& some : {chronicle::actors::group_some, chronicle::actors::summarise_some}) {
    bool more = true;
    while (more) {
      if (auto error = in_one([&] { more = some(database); })) {
        return tl::unexpected(std::move(*error));
      }
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return done;
}

Result<std::size_t> Chronicle::actors(const ActorFilter& filter,
                                      const std::function<bool(const Actor&)>& visit) const {
  if (auto error = lacks_actors(impl_->version)) return tl::unexpected(std::move(*error));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::size_t given = 0;
  {
    const Snapshot snapshot(database);
    Conditions conditions(database, impl_->version);
    if (!filter.name.empty()) {
      const std::string key = knowledge::name_key(filter.name);
      if (const std::int64_t named = key_of(database, filter.name); named != 0) {
        conditions.require("a.key = " + conditions.value(std::to_string(named)) + " + 0");
      } else {
        auto rows = database.select("SELECT 1 FROM actor_names WHERE name_key = ? LIMIT 1",
                                    {std::string_view(key)});
        const bool is_whole = rows.next();
        const std::string value = conditions.value(key);
        conditions.require(
            "a.key IN (SELECT actor FROM actor_names WHERE " +
            (is_whole ? "name_key = " + value : "speaks_of(name_key, " + value + ")") + ")");
      }
    }
    if (!filter.country.empty()) {
      conditions.require("lower(a.country) = " +
                         conditions.value(chronicle::folded(filter.country)));
    }
    if (!filter.kind.empty()) conditions.require("a.kind = " + conditions.value(filter.kind));
    const std::string sql = "SELECT a.key FROM actors a" + conditions.where() +
                            " ORDER BY a.reports DESC, a.id" +
                            conditions.limit({.limit = filter.limit});
    auto rows = database.select(sql, conditions.values());
    constexpr std::size_t kMostNames = 12;
    while (rows.next()) {
      ++given;
      if (!visit(actor_of(database, rows.number(0), kMostNames))) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

Result<ActorLife> Chronicle::actor(std::string_view id) const {
  if (auto error = lacks_actors(impl_->version)) return tl::unexpected(std::move(*error));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  ActorLife life;
  {
    const Snapshot snapshot(database);
    if (const std::int64_t key = key_of(database, id); key != 0) {
      constexpr std::size_t kAll = 1000;
      life.actor = actor_of(database, key, kAll);
      add_roles(database, key, life);
      add_deeds(database, key, life);
      add_stances(database, key, life);
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (life.actor.id.empty()) {
    return fail(4010, fmt::format("there is no actor '{}' here: 'dateline actors' names them", id));
  }
  return life;
}

}  // namespace dateline
