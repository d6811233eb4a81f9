// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "chronicle/matching/blocks.h"
#include "chronicle/matching/copies.h"
#include "chronicle/matching/grouping.h"

namespace dateline::chronicle::matching {

namespace {

/// Reports that share so little are not looked at telling by telling.
constexpr float kLeastAlike = 0.1F;
/// A smaller chance is not kept.
constexpr float kLeastChance = 0.05F;
/// So many reports, those that share most rare words, one is compared with at most.
constexpr std::size_t kMostCompared = 200;
/// So many tellings are grouped anew at once at most.
constexpr std::size_t kMostGrouped = 100'000;

struct Incident {
  std::int64_t report = 0;
  std::string incident;
  auto operator<=>(const Incident&) const = default;
};

std::string name_of(std::string_view content, std::uint32_t trigger) {
  std::uint64_t value = 14695981039346656037ull;
  for (const char c : fmt::format("{}:{}", content, trigger)) {
    value = (value ^ static_cast<std::uint8_t>(c)) * 1099511628211ull;
  }
  return fmt::format("h{:012x}", value & 0xffffffffffffull);
}

std::optional<Profile> profile_in(Database& database, std::int64_t report) {
  auto rows = database.select("SELECT bytes FROM profiles WHERE report = ?", {report});
  return rows.next() ? unpacked(rows.bytes(0)) : std::nullopt;
}

/// Whether the first of two reports is the earlier one: a matter of the reports alone.
struct Standing {
  Day published;
  std::string content;
  bool operator<(const Standing& other) const {
    return std::tie(published, content) < std::tie(other.published, other.content);
  }
};

std::string content_of(Database& database, std::int64_t report) {
  auto rows = database.select("SELECT content FROM reports WHERE key = ?", {report});
  return rows.next() ? rows.text(0) : std::string();
}

std::vector<std::int64_t> numbers_of(Database& database, std::string_view sql,
                                     std::int64_t report) {
  std::vector<std::int64_t> all;
  auto rows = database.select(sql, {report});
  while (rows.next()) all.push_back(rows.number(0));
  return all;
}

void drop_if_untold(Database& database, std::int64_t happening) {
  database.run(
      "DELETE FROM happenings WHERE key = ?1 AND "
      "NOT EXISTS (SELECT 1 FROM tellings WHERE happening = ?1)",
      happening);
}

// --- grouping ------------------------------------------------------------------------------------

/// Tellings that hang together, and the links between them.
class Neighbourhood {
 public:
  Neighbourhood(Database& database, const Incident& seed) : database_(database) {
    std::vector<Incident> open{seed};
    while (!open.empty() && links_.size() < kMostGrouped) {
      const Incident next = std::move(open.back());
      open.pop_back();
      if (links_.contains(next)) continue;
      auto& own = links_[next];
      auto rows = database_.select(
          "SELECT other, other_incident, chance FROM likenesses WHERE report = ? AND incident = ?",
          {next.report, next.incident});
      while (rows.next()) {
        Incident other{rows.number(0), rows.text(1)};
        const auto chance = static_cast<float>(rows.real(2).value_or(0));
        if (chance >= kSame) open.push_back(other);
        own.emplace_back(std::move(other), chance);
      }
    }
  }

  void add_to(std::set<Incident>& incidents) const {
    for (const auto& [incident, ignored] : links_) incidents.insert(incident);
  }

  void group_anew() {
    order();
    std::map<Incident, std::size_t> number;
    std::vector<std::size_t> report;
    for (std::size_t n = 0; n < tellings_.size(); ++n) {
      number[tellings_[n].incident] = n;
      report.push_back(static_cast<std::size_t>(tellings_[n].incident.report));
    }
    std::vector<Link> links;
    for (std::size_t n = 0; n < tellings_.size(); ++n) {
      for (const auto& [other, chance] : links_.at(tellings_[n].incident)) {
        const auto found = number.find(other);
        if (found != number.end() && n < found->second) links.push_back({n, found->second, chance});
      }
    }
    std::ranges::sort(links, [](const Link& x, const Link& y) {
      return std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
    for (const auto& group : groups_of(report, links, kSame)) settle(group);
    for (const std::int64_t happening : left_) drop_if_untold(database_, happening);
  }

 private:
  struct Told {
    Incident incident;
    std::string published, content, id;
    std::int64_t trigger = 0, happening = 0;
  };

  /// The earliest report first.
  void order() {
    for (const auto& [incident, ignored] : links_) {
      auto rows = database_.select(
          "SELECT coalesce(r.published, ''), r.content, t.id, t.trigger_begin, t.happening FROM "
          "tellings t JOIN reports r ON r.key = t.report WHERE t.report = ? AND t.incident = ?",
          {incident.report, incident.incident});
      if (!rows.next()) continue;
      tellings_.push_back({incident, rows.text(0).substr(0, 10), rows.text(1), rows.text(2),
                           rows.number(3), rows.number(4)});
    }
    std::ranges::sort(tellings_, [](const Told& x, const Told& y) {
      return std::tie(x.published, x.content, x.trigger) <
             std::tie(y.published, y.content, y.trigger);
    });
  }

  /// Makes these tellings one happening, called after the earliest.
  void settle(const std::vector<std::size_t>& group) {
    const std::string& id = tellings_[group.front()].id;
    std::int64_t key = 0;
    {
      auto rows = database_.select("SELECT key FROM happenings WHERE id = ?", {id});
      if (rows.next()) key = rows.number(0);
    }
    if (key == 0) {
      database_.run("INSERT INTO happenings (id, main, reports, sources) VALUES (?, 0, 0, 0)", id);
      key = database_.last_key();
    }
    bool changed = false;
    for (const std::size_t member : group) {
      const Told& told = tellings_[member];
      if (told.happening == key) continue;
      changed = true;
      left_.insert(told.happening);
      database_.run("UPDATE tellings SET happening = ? WHERE report = ? AND incident = ?", key,
                    told.incident.report, told.incident.incident);
      database_.run("UPDATE happenings SET reports = 0 WHERE key = ?", told.happening);
    }
    if (changed) database_.run("UPDATE happenings SET reports = 0 WHERE key = ?", key);
  }

  Database& database_;
  std::map<Incident, std::vector<std::pair<Incident, float>>> links_;
  std::vector<Told> tellings_;
  std::set<std::int64_t> left_;
};

std::vector<Incident> incidents_of(Database& database, std::int64_t report) {
  std::vector<Incident> all;
  auto rows = database.select("SELECT incident FROM tellings WHERE report = ?", {report});
  while (rows.next()) all.push_back({report, rows.text(0)});
  return all;
}

// --- comparing -----------------------------------------------------------------------------------

/// Reports that share keys, those that share most first.
std::vector<std::int64_t> candidates(Database& database, std::int64_t report,
                                     const std::vector<Key>& keys) {
  std::map<std::int64_t, std::set<WordId>> shared;
  for (const auto& [word, month] : keys) {
    auto rows = database.select(
        "SELECT report FROM report_words_of_months WHERE word = ? AND month BETWEEN ? AND ?",
        {static_cast<std::int64_t>(word), std::int64_t{month} - kMonths,
         std::int64_t{month} + kMonths});
    while (rows.next()) shared[rows.number(0)].insert(word);
  }
  shared.erase(report);
  std::vector<std::pair<std::size_t, std::int64_t>> found;
  for (const auto& [other, words] : shared) found.emplace_back(words.size(), other);
  std::ranges::sort(found, [](const auto& x, const auto& y) {
    return std::tie(y.first, x.second) < std::tie(x.first, y.second);
  });
  found.resize(std::min(found.size(), kMostCompared));
  std::vector<std::int64_t> reports;
  for (const auto& [ignored, other] : found) reports.push_back(other);
  return reports;
}

void link(Database& database, const Incident& a, const Incident& b, float chance) {
  for (const auto& [from, to] : {std::tie(a, b), std::tie(b, a)}) {
    database.run("INSERT OR REPLACE INTO likenesses VALUES (?, ?, ?, ?, ?)", from.report,
                 from.incident, to.report, to.incident, static_cast<double>(chance));
  }
}

struct Side {
  std::int64_t report;
  const Compared& compared;
};

void compare_two(Database& database, const Side& earlier, const Side& later,
                 const Likeness& likeness) {
  const Profile &a = earlier.compared.profile, &b = later.compared.profile;
  const double share = shared_text(a.sketch, a.shingles, b.sketch, b.shingles);
  if (share >= kCopied) {
    database.run("INSERT OR REPLACE INTO copies VALUES (?1, ?2, ?3), (?2, ?1, ?3)", earlier.report,
                 later.report, share);
  }
  const auto rows = likeness_rows(earlier.compared, later.compared, likeness.rarity);
  const std::size_t width = b.tellings.size();
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Telling &one = a.tellings[at / width], &other = b.tellings[at % width];
    const float chance = likeness.chance(one, other, rows[at]);
    if (chance < kLeastChance) continue;
    link(database, {earlier.report, one.incident}, {later.report, other.incident}, chance);
  }
}

}  // namespace

void keep(Database& database, std::int64_t report, std::string_view content, const Record& record) {
  const Profile profile = profile_of(record);
  const std::string bytes = packed(profile);
  database.run("INSERT OR REPLACE INTO profiles VALUES (?, NULL, 0, ?)", report, Blob{bytes});
  for (const Telling& telling : profile.tellings) {
    const std::string id = name_of(content, telling.trigger);
    // A report that is read anew may still give its name to what others tell.
    database.run(
        "INSERT INTO happenings (id, type, day_begin, day_end, published, main, reports, sources) "
        "SELECT ?1, e.type, e.day_begin, e.day_end, substr(r.published, 1, 10), ?4, 1, 1 FROM "
        "events e JOIN reports r ON r.key = e.report WHERE e.report = ?2 AND coalesce(e.incident, "
        "e.id) = ?3 ORDER BY e.trigger_begin LIMIT 1 ON CONFLICT (id) DO UPDATE SET reports = 0",
        id, report, telling.incident, std::int64_t{telling.main});
    database.run("INSERT INTO tellings SELECT ?1, ?2, key, id, ?4 FROM happenings WHERE id = ?3",
                 report, telling.incident, id, std::int64_t{telling.trigger});
  }
}

void forget(Database& database, std::int64_t report) {
  for (const char* statement :
       {"UPDATE profiles SET pending = 1 WHERE report IN "
        "(SELECT other FROM likenesses WHERE report = ?1)",
        "DELETE FROM likenesses WHERE (report, incident, other, other_incident) IN (SELECT other, "
        "other_incident, report, incident FROM likenesses WHERE report = ?1)",
        "DELETE FROM likenesses WHERE report = ?1",
        "DELETE FROM copies WHERE (report, other) IN (SELECT other, report FROM copies WHERE "
        "report = ?1)",
        "DELETE FROM copies WHERE report = ?1",
        // Its words of months stay: a candidate without a profile is passed over, and most come
        // back with the new reading.
        "DELETE FROM profiles WHERE report = ?1",
        "UPDATE happenings SET reports = 0 WHERE key IN (SELECT happening FROM tellings WHERE "
        "report = ?1)"}) {
    database.run(statement, report);
  }
  const auto own = numbers_of(database, "SELECT happening FROM tellings WHERE report = ?", report);
  database.run("DELETE FROM tellings WHERE report = ?", report);
  for (const std::int64_t happening : own) drop_if_untold(database, happening);
}

void compare(Database& database, std::int64_t report, const Likeness& likeness,
             std::string_view version) {
  auto profile = profile_in(database, report);
  if (!profile) return;
  const Compared own(std::move(*profile), likeness.rarity);
  const Standing standing{own.profile.published, content_of(database, report)};
  const auto keys = keys_of(own, likeness.rarity);
  for (const std::int64_t other : candidates(database, report, keys)) {
    auto found = profile_in(database, other);
    if (!found) continue;
    const Compared theirs(std::move(*found), likeness.rarity);
    if (likeness_of_reports(own, theirs) < kLeastAlike) continue;
    const Side mine{report, own}, another{other, theirs};
    if (standing < Standing{theirs.profile.published, content_of(database, other)}) {
      compare_two(database, mine, another, likeness);
    } else {
      compare_two(database, another, mine, likeness);
    }
  }
  for (const auto& [word, month] : keys) {
    database.run("INSERT OR IGNORE INTO report_words_of_months VALUES (?, ?, ?)",
                 static_cast<std::int64_t>(word), std::int64_t{month}, report);
  }
  database.run("UPDATE profiles SET matcher = ?, pending = 1 WHERE report = ?", version, report);
}

void group_pending(Database& database) {
  std::vector<std::int64_t> reports;
  {
    auto rows = database.select("SELECT report FROM profiles WHERE pending = 1 ORDER BY report");
    while (rows.next()) reports.push_back(rows.number(0));
  }
  std::set<Incident> grouped;
  for (const std::int64_t report : reports) {
    for (const Incident& seed : incidents_of(database, report)) {
      if (grouped.contains(seed)) continue;
      Neighbourhood around(database, seed);
      around.group_anew();
      around.add_to(grouped);
    }
  }
  database.run("UPDATE profiles SET pending = 0 WHERE pending = 1");
}

}  // namespace dateline::chronicle::matching
