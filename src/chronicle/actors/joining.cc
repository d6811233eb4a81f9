// SPDX-License-Identifier: Apache-2.0
#include "chronicle/actors/joining.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "chronicle/actors/evidence.h"
#include "chronicle/actors/says.h"
#include "record/offsets.h"

namespace dateline::chronicle::actors {

namespace {

/// So many personas and actors are taken in one transaction.
constexpr std::size_t kAtOnce = 200;
/// So many of a persona's signs of one kind are looked for in another.
constexpr std::int64_t kMostSigns = 64;
/// So many personas hang together by their names at most.
constexpr std::size_t kMostTogether = 4 * kMostPersonas;

std::vector<std::int64_t> numbers(Database& database, std::string_view sql,
                                  const std::vector<Value>& values = {}) {
  std::vector<std::int64_t> all;
  auto rows = database.select(sql, values);
  while (rows.next()) all.push_back(rows.number(0));
  return all;
}

void count(Database& database, std::int64_t persona, const std::vector<Fact>& facts,
           std::int64_t by) {
  for (const Fact& fact : facts) {
    database.run(
        "INSERT INTO persona_facts VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET reports = "
        "reports + ?5",
        persona, fact.what, fact.value, fact.outlet, by);
    if (by > 0) continue;
    database.run(
        "DELETE FROM persona_facts WHERE persona = ? AND what = ? AND value = ? AND outlet = ? AND "
        "reports <= 0",
        persona, fact.what, fact.value, fact.outlet);
  }
}

/// The actor with this id, made where there is none, to be brought up to date.
std::int64_t actor_called(Database& database, std::string_view id) {
  database.run(
      "INSERT INTO actors (id, reports) VALUES (?, 0) ON CONFLICT (id) DO UPDATE SET reports = 0",
      id);
  const auto keys = numbers(database, "SELECT key FROM actors WHERE id = ?", {id});
  return keys.empty() ? 0 : keys.front();
}

struct Standing {
  std::string published, content;
};

std::int64_t persona_of(Database& database, const Member& member, const Standing& standing) {
  const auto keys = numbers(database, "SELECT key FROM personas WHERE signature = ?",
                            {std::string_view(member.signature)});
  if (!keys.empty()) return keys.front();
  const std::int64_t actor = actor_called(database, member.id);
  const Naming& naming = member.naming;
  // What is no part of its signature is no part of a persona: reports may say otherwise.
  const bool is_person = naming.is_person && !naming.fixed;
  const std::string country = naming.fixed                       ? naming.country
                              : is_person                        ? member.called.home()
                              : member.called.has_sure_country() ? member.called.country
                                                                 : "";
  database.run(
      "INSERT INTO personas (signature, person, fixed, name_key, country, sector, actor, pending, "
      "reports, id, published, content) VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?, ?)",
      member.signature, std::int64_t{is_person}, std::int64_t{naming.fixed},
      naming.fixed ? std::string_view() : std::string_view(naming.key), known(country),
      is_person ? known(member.called.sector) : Value(nullptr), actor, member.id,
      known(standing.published), standing.content);
  return database.last_key();
}

/// Counts a report in a persona, and what day and entity are its first.
void count_report(Database& database, std::int64_t persona, std::int64_t report,
                  const Member& member, const Standing& standing) {
  database.run(
      "UPDATE personas SET pending = max(pending, 1), reports = reports + (NOT EXISTS (SELECT 1 "
      "FROM persona_members WHERE persona = ?1 AND report = ?2)) WHERE key = ?1",
      persona, report);
  database.run(
      "UPDATE personas SET first_seen = min(coalesce(first_seen, ?2), ?2), last_seen = "
      "max(coalesce(last_seen, ?2), ?2) WHERE key = ?1 AND ?2 IS NOT NULL",
      persona, known(standing.published));
  database.run(
      "UPDATE personas SET id = ?2, published = ?3, content = ?4 WHERE key = ?1 AND "
      "(coalesce(?3, ''), ?4, ?2) < (coalesce(published, ''), content, id)",
      persona, member.id, known(standing.published), standing.content);
  database.run(
      "UPDATE actors SET reports = 0 WHERE key = (SELECT actor FROM personas WHERE key = ?)",
      persona);
}

/// What a persona's first day and entity are, after some report is gone.
void find_first_again(Database& database, std::int64_t persona) {
  database.run(
      "UPDATE personas SET (first_seen, last_seen) = (SELECT min(substr(r.published, 1, 10)), "
      "max(substr(r.published, 1, 10)) FROM persona_members m JOIN reports r ON r.key = m.report "
      "WHERE m.persona = ?1) WHERE key = ?1",
      persona);
  database.run(
      "UPDATE personas SET (id, published, content) = (SELECT m.id, substr(r.published, 1, 10), "
      "r.content FROM persona_members m JOIN reports r ON r.key = m.report WHERE m.persona = ?1 "
      "ORDER BY coalesce(substr(r.published, 1, 10), ''), r.content, m.id LIMIT 1), pending = 1 "
      "WHERE key = ?1",
      persona);
}

// --- grouping ------------------------------------------------------------------------------------

std::vector<std::string> texts(Database& database, std::string_view sql, std::int64_t persona) {
  std::vector<std::string> all;
  auto rows = database.select(sql, {persona});
  while (rows.next()) all.push_back(rows.text(0));
  return all;
}

std::optional<Persona> persona_in(Database& database, std::int64_t row) {
  Persona persona;
  {
    auto rows = database.select(
        "SELECT actor, person, fixed, name_key, country, sector, reports, first_seen, last_seen, "
        "published, content, id FROM personas WHERE key = ?",
        {row});
    if (!rows.next()) return std::nullopt;
    persona = {row,
               rows.number(0),
               rows.number(1) != 0,
               rows.number(2) != 0,
               rows.text(3),
               {},
               {},
               rows.text(4),
               rows.text(5),
               rows.number(6),
               matching::day_in(rows.text(7)),
               matching::day_in(rows.text(8)),
               rows.text(9),
               rows.text(10),
               rows.text(11)};
  }
  if (persona.fixed) return persona;
  persona.other_keys = texts(
      database, "SELECT value FROM persona_facts WHERE persona = ? AND what = 'other key'", row);
  persona.well_told = texts(database,
                            "SELECT value FROM persona_facts WHERE persona = ? AND what = 'other "
                            "key' AND reports > 1",
                            row);
  return persona;
}

/// The earliest first.
bool comes_first(const Persona& a, const Persona& b) {
  return std::tie(a.published, a.content, a.id) < std::tie(b.published, b.content, b.id);
}

Shared shared_by(Database& database, const Persona& a, const Persona& b) {
  // The signs of the one that is named less often are looked for in the other.
  const bool a_is_less = std::tie(a.reports, a.id) < std::tie(b.reports, b.id);
  const Persona &less = a_is_less ? a : b, &more = a_is_less ? b : a;
  std::array<std::int64_t, kSigns.size()> found{};
  for (std::size_t kind = 0; kind < kSigns.size(); ++kind) {
    auto rows = database.select(
        "SELECT count(*) FROM (SELECT value FROM persona_facts WHERE persona = ?1 AND what = ?3 "
        "LIMIT ?4) less JOIN persona_facts more ON more.persona = ?2 AND more.what = ?3 AND "
        "more.value = less.value",
        {less.row, more.row, kSigns[kind], kMostSigns});
    if (rows.next()) found[kind] = rows.number(0);
  }
  return {found[0], found[1], found[2], found[3], found[4], found[5]};
}

/// Personas that hang together by names.
class Neighbourhood {
 public:
  Neighbourhood(Database& database, std::int64_t seed) : database_(database) {
    take(seed);
    for (std::size_t next = 0; next < personas_.size() && personas_.size() < kMostTogether;
         ++next) {
      if (personas_[next].fixed) continue;
      std::vector<std::string> keys = personas_[next].other_keys;
      keys.push_back(personas_[next].key);
      const bool is_person = personas_[next].is_person;
      for (const std::string& key : keys) take_all_called(key, is_person);
    }
  }

  /// Makes their groups actors, each called after its earliest persona.
  void group_anew() {
    std::ranges::sort(personas_, comes_first);
    std::vector<Link> links;
    for (std::size_t a = 0; a < personas_.size(); ++a) {
      for (std::size_t b = a + 1; b < personas_.size(); ++b) {
        // Most share no name.
        constexpr Shared kAll{1, 3, 1, 1, 1, 1};
        if (likeness(personas_[a], personas_[b], kAll) < kSame) continue;
        const double found =
            likeness(personas_[a], personas_[b], shared_by(database_, personas_[a], personas_[b]));
        if (found >= kSame) links.push_back({a, b, found});
      }
    }
    for (const auto& group : grouped(personas_, links)) settle(group);
    for (const Persona& persona : personas_) {
      database_.run("UPDATE personas SET pending = 0 WHERE key = ?", persona.row);
    }
  }

 private:
  void take(std::int64_t row) {
    if (!seen_.insert(row).second) return;
    if (auto persona = persona_in(database_, row)) personas_.push_back(std::move(*persona));
  }

  void take_all_called(const std::string& key, bool is_person) {
    if (!asked_.insert(key).second) return;
    const auto rows = numbers(
        database_,
        "SELECT p.key FROM persona_facts f JOIN personas p ON p.key = f.persona WHERE f.value = ?1 "
        "AND f.what IN ('key', 'other key') AND p.fixed = 0 AND p.person = ?2 ORDER BY p.reports "
        "DESC, p.published, p.content, p.id LIMIT ?3",
        {std::string_view(key), std::int64_t{is_person}, static_cast<std::int64_t>(kMostPersonas)});
    for (const std::int64_t row : rows) take(row);
  }

  void settle(const std::vector<std::size_t>& group) {
    const std::string& id = personas_[group.front()].id;
    const auto found =
        numbers(database_, "SELECT key FROM actors WHERE id = ?", {std::string_view(id)});
    const std::int64_t actor = found.empty() ? actor_called(database_, id) : found.front();
    for (const std::size_t member : group) {
      const Persona& persona = personas_[member];
      if (persona.actor == actor) continue;
      database_.run("UPDATE personas SET actor = ? WHERE key = ?", actor, persona.row);
      database_.run("UPDATE actors SET reports = 0 WHERE key IN (?, ?)", actor, persona.actor);
    }
  }

  Database& database_;
  std::set<std::int64_t> seen_;
  std::set<std::string> asked_;
  std::vector<Persona> personas_;
};

/// What most of its reports say of an actor, into its row.
void summarise(Database& database, std::int64_t actor) {
  if (numbers(database, "SELECT 1 FROM personas WHERE actor = ? LIMIT 1", {actor}).empty()) {
    database.run("DELETE FROM actors WHERE key = ?", actor);
    return;
  }
  const auto most = [](std::string_view what) {
    return fmt::format(
        "(SELECT f.value FROM persona_facts f JOIN personas p ON p.key = f.persona WHERE p.actor = "
        "?1 AND f.what = '{}' GROUP BY f.value ORDER BY sum(f.reports) DESC, f.value LIMIT 1)",
        what);
  };
  // Reports are counted in the greatest of its personas, then in the others.
  const auto greatest = numbers(
      database, "SELECT key FROM personas WHERE actor = ? ORDER BY reports DESC, key LIMIT 1",
      {actor});
  database.run(
      fmt::format(
          "UPDATE actors SET name = {}, kind = {}, country = coalesce({}, {}), sector = {}, "
          "(first_seen, last_seen) = (SELECT min(first_seen), max(last_seen) FROM personas WHERE "
          "actor = ?1), reports = (SELECT reports FROM personas WHERE key = ?2) + (SELECT "
          "count(DISTINCT m.report) FROM personas p JOIN persona_members m ON m.persona = p.key "
          "WHERE p.actor = ?1 AND p.key <> ?2 AND NOT EXISTS (SELECT 1 FROM persona_members g "
          "WHERE g.persona = ?2 AND g.report = m.report)) WHERE key = ?1",
          most("name"), most("kind"), most("country"), most("country of report"), most("sector")),
      actor, greatest.front());
}

}  // namespace

void keep(Database& database, std::int64_t report, const Record& record) {
  const record::CodePoints points(record.text);
  for (const Entity& entity : record.entities) {
    std::int64_t n = 0;
    for (const Role& role : entity.roles) {
      database.run("INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?)", report, entity.id, n++,
                   role.role, known(role.of), points.at(role.span.begin), points.at(role.span.end));
    }
  }
  database.run("INSERT OR REPLACE INTO joined VALUES (?, NULL)", report);
}

void forget(Database& database, std::int64_t report) {
  struct Kept {
    std::int64_t persona;
    std::string says;
  };
  std::vector<Kept> members;
  {
    auto rows =
        database.select("SELECT persona, says FROM persona_members WHERE report = ?", {report});
    while (rows.next()) members.push_back({rows.number(0), rows.text(1)});
  }
  database.run("DELETE FROM persona_members WHERE report = ?", report);
  std::set<std::int64_t> touched;
  for (const Kept& member : members) {
    touched.insert(member.persona);
    count(database, member.persona, facts_in(member.says), -1);
  }
  for (const std::int64_t persona : touched) {
    // Who was joined by what is gone now may be two again.
    database.run(
        "UPDATE personas SET pending = max(pending, 1) WHERE actor = (SELECT actor FROM personas "
        "WHERE key = ?)",
        persona);
    database.run(
        "UPDATE actors SET reports = 0 WHERE key = (SELECT actor FROM personas WHERE key = ?)",
        persona);
    database.run(
        "UPDATE personas SET reports = reports - 1, pending = iif(personas.content = "
        "r.content OR "
        "substr(r.published, 1, 10) IN (first_seen, last_seen), 2, pending) FROM reports r WHERE "
        "personas.key = ? AND r.key = ?",
        persona, report);
    database.run("DELETE FROM personas WHERE key = ? AND reports = 0", persona);
  }
  database.run("DELETE FROM roles WHERE report = ?", report);
  database.run("DELETE FROM joined WHERE report = ?", report);
}

void start_over(Database& database, std::string_view names) {
  if (numbers(database, "SELECT 1 FROM joined WHERE names <> ? LIMIT 1", {names}).empty()) return;
  database.script(
      "DELETE FROM persona_facts; DELETE FROM persona_members; DELETE FROM personas;"
      "DELETE FROM actors; UPDATE joined SET names = NULL");
}

void join(Database& database, std::int64_t report, const Names& names) {
  Standing standing;
  {
    auto rows = database.select(
        "SELECT substr(coalesce(published, ''), 1, 10), content FROM reports WHERE key = ?",
        {report});
    if (!rows.next()) return;
    standing = {rows.text(0), rows.text(1)};
  }
  for (const Member& member : members_of(database, report, names)) {
    const std::int64_t persona = persona_of(database, member, standing);
    count_report(database, persona, report, member, standing);
    database.run("INSERT INTO persona_members VALUES (?, ?, ?, ?, ?)", report, member.entity,
                 persona, member.id, written(member.facts));
    count(database, persona, member.facts, 1);
  }
  database.run("UPDATE joined SET names = ? WHERE report = ?", names.version(), report);
}

bool group_some(Database& database) {
  const auto without_first = numbers(database, "SELECT key FROM personas WHERE pending = 2 LIMIT ?",
                                     {static_cast<std::int64_t>(kAtOnce)});
  for (const std::int64_t persona : without_first) find_first_again(database, persona);
  if (!without_first.empty()) return true;
  const auto some =
      numbers(database, "SELECT key FROM personas WHERE pending > 0 ORDER BY key LIMIT ?",
              {static_cast<std::int64_t>(kAtOnce)});
  for (const std::int64_t persona : some) {
    // It may have been grouped with another of these.
    if (numbers(database, "SELECT 1 FROM personas WHERE key = ? AND pending > 0", {persona})
            .empty()) {
      continue;
    }
    Neighbourhood(database, persona).group_anew();
  }
  return !some.empty();
}

bool summarise_some(Database& database) {
  const auto some = numbers(database, "SELECT key FROM actors WHERE reports = 0 LIMIT ?",
                            {static_cast<std::int64_t>(kAtOnce)});
  for (const std::int64_t actor : some) summarise(database, actor);
  return !some.empty();
}

}  // namespace dateline::chronicle::actors
