// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "chronicle/matching/blocks.h"
#include "chronicle/matching/copies.h"
#include "chronicle/matching/grouping.h"
#include "chronicle/short_hash.h"

namespace dateline::chronicle::matching {

namespace {

/// Reports that share so little are not looked at telling by telling.
constexpr float kLeastAlike = 0.1F;
/// A smaller chance is not kept.
constexpr float kLeastChance = 0.05F;
/// So many reports, those that share most rare words, one is compared with at most.
constexpr std::size_t kMostCompared = 200;
/// Of the reports of a month that share a word, the latest so many count: of a million, the words
/// of any day's news are in thousands.
constexpr std::int64_t kMostOfWord = 1000;
/// So many tellings that hang together are grouped anew as a whole. Of more, a new one joins a
/// happening that is there.
constexpr std::size_t kMostGrouped = 2000;

struct Incident {
  std::int64_t report = 0;
  std::string incident;
  auto operator<=>(const Incident&) const = default;
};

std::string name_of(std::string_view content, std::uint32_t trigger) {
  const std::uint64_t hash = short_hash(fmt::format("{}:{}", content, trigger));
  return fmt::format("h{:012x}", hash & 0xffffffffffffull);
}

/// Nothing where its words are asked about and not alike.
std::optional<Profile> profile_in(Database& database, std::int64_t report,
                                  const std::function<bool(const Words&)>& is_alike = {}) {
  auto rows = database.select("SELECT bytes FROM profiles WHERE report = ?", {report});
  if (!rows.next()) return std::nullopt;
  if (is_alike) {
    const auto words = words_in_packed(rows.bytes(0));
    if (!words || !is_alike(*words)) return std::nullopt;
  }
  return unpacked(rows.bytes(0));
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
  /// `crowd`: tellings that are known to hang together with too many.
  Neighbourhood(Database& database, const Incident& seed, const std::set<Incident>& crowd)
      : database_(database) {
    std::vector<Incident> open{seed};
    while (!open.empty()) {
      const Incident next = std::move(open.back());
      open.pop_back();
      if (links_.contains(next)) continue;
      if (links_.size() == kMostGrouped || crowd.contains(next)) {
        is_whole_ = false;
        return;
      }
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
      add_said_of(next, open);
    }
  }

  /// Whether it has all that hangs together.
  bool is_whole() const { return is_whole_; }

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
    for (const auto& group : groups_of(report, links, ties_among(number), kSame)) settle(group);
    for (const std::int64_t happening : left_) drop_if_untold(database_, happening);
  }

 private:
  struct Told {
    Incident incident;
    std::string published, content, id;
    std::int64_t trigger = 0, happening = 0;
  };

  /// What people held together with this incident, or apart from others.
  void add_said_of(const Incident& incident, std::vector<Incident>& open) {
    auto rows = database_.select(
        "SELECT c.n, c.act = 'merge' FROM corrected k JOIN corrections c ON c.n = k.correction "
        "WHERE k.report = ? AND k.incident = ? AND c.act IN ('merge', 'split')",
        {incident.report, incident.incident});
    while (rows.next()) {
      const bool together = rows.number(1) != 0;
      const auto [said, is_new] = said_.try_emplace(rows.number(0));
      if (!is_new) continue;
      said->second.together = together;
      auto others = database_.select(
          "SELECT report, incident, n FROM corrected WHERE correction = ? AND incident IS NOT NULL "
          "ORDER BY n",
          {rows.number(0)});
      while (others.next()) {
        if (!together && said->second.incidents.empty() && others.number(2) != 0) break;
        said->second.incidents.push_back({others.number(0), others.text(1)});
        if (together) open.push_back(said->second.incidents.back());
      }
    }
  }

  /// The same as ties: the first with each of the others.
  std::vector<Tie> ties_among(const std::map<Incident, std::size_t>& number) const {
    std::vector<Tie> ties;
    for (const auto& [ignored, said] : said_) {
      std::optional<std::size_t> first;
      for (const Incident& incident : said.incidents) {
        const auto found = number.find(incident);
        if (found == number.end()) {
          if (!first && !said.together) break;
          continue;
        }
        if (first) ties.push_back({*first, found->second, said.together});
        if (!first) first = found->second;
      }
    }
    return ties;
  }

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
  struct Said {
    bool together = false;
    std::vector<Incident> incidents;
  };

  bool is_whole_ = true;
  std::map<Incident, std::vector<std::pair<Incident, float>>> links_;
  std::map<std::int64_t, Said, std::greater<>> said_;  ///< By correction, the latest first.
  std::vector<Told> tellings_;
  std::set<std::int64_t> left_;
};

/// Puts a telling that is a happening of its own to the happening it is likest, on average, where
/// it is like one.
void join_likest(Database& database, const Incident& incident) {
  std::int64_t own = 0;
  {
    auto rows = database.select(
        "SELECT happening FROM tellings t WHERE report = ?1 AND incident = ?2 AND NOT EXISTS "
        "(SELECT 1 FROM tellings o WHERE o.happening = t.happening AND (o.report, o.incident) <> "
        "(?1, ?2))",
        {incident.report, incident.incident});
    if (!rows.next()) return;
    own = rows.number(0);
  }
  std::map<std::int64_t, double> chances;
  {
    auto rows = database.select(
        "SELECT t.happening, l.chance FROM likenesses l JOIN tellings t ON t.report = l.other AND "
        "t.incident = l.other_incident WHERE l.report = ? AND l.incident = ?",
        {incident.report, incident.incident});
    while (rows.next()) chances[rows.number(0)] += rows.real(1).value_or(0);
  }
  std::int64_t likest = 0;
  double best = 0;
  for (const auto& [happening, chance] : chances) {
    auto rows =
        database.select("SELECT count(*), sum(report = ?2) FROM tellings WHERE happening = ?1",
                        {happening, incident.report});
    if (happening == own || !rows.next()) continue;
    const double mean = chance / pairs_with(rows.real(0).value_or(0), rows.real(1).value_or(0));
    if (mean >= kSame && mean > best) {
      best = mean;
      likest = happening;
    }
  }
  if (likest == 0) return;
  // It is called after its earliest telling, which may be the new one.
  auto rows = database.select(
      "SELECT t.happening FROM tellings t JOIN reports r ON r.key = t.report WHERE t.happening IN "
      "(?1, ?2) ORDER BY substr(coalesce(r.published, ''), 1, 10), r.content, t.trigger_begin "
      "LIMIT 1",
      {own, likest});
  const bool is_earliest = rows.next() && rows.number(0) == own;
  const std::int64_t stays = is_earliest ? own : likest, goes = is_earliest ? likest : own;
  database.run("UPDATE tellings SET happening = ? WHERE happening = ?", stays, goes);
  database.run("UPDATE happenings SET reports = 0 WHERE key = ?", stays);
  drop_if_untold(database, goes);
}

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
  std::vector<std::pair<std::int64_t, WordId>> shared;
  for (const auto& [word, month] : keys) {
    auto rows = database.select(
        "SELECT report FROM report_words_of_months WHERE word = ? AND month BETWEEN ? AND ? ORDER "
        "BY month DESC, report DESC LIMIT ?",
        {static_cast<std::int64_t>(word), std::int64_t{month} - kMonths,
         std::int64_t{month} + kMonths, kMostOfWord});
    while (rows.next()) shared.emplace_back(rows.number(0), word);
  }
  std::ranges::sort(shared);
  shared.erase(std::unique(shared.begin(), shared.end()), shared.end());
  std::vector<std::pair<std::size_t, std::int64_t>> found;
  for (std::size_t at = 0, end = 0; at < shared.size(); at = end) {
    while (end < shared.size() && shared[end].first == shared[at].first) ++end;
    if (shared[at].first != report) found.emplace_back(end - at, shared[at].first);
  }
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

/// Takes a report out again, before it is kept anew.
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

}  // namespace

void summarise_anew(Database& database, std::int64_t report) {
  database.run(
      "UPDATE happenings SET reports = 0 WHERE key IN (SELECT happening FROM tellings WHERE "
      "report = ?)",
      report);
}

void keep(Database& database, std::int64_t report, std::string_view content, const Record& record) {
  const Profile profile = profile_of(record);
  const std::string bytes = packed(profile);
  bool is_in = false, is_same = false;
  {
    auto rows = database.select("SELECT bytes FROM profiles WHERE report = ?", {report});
    is_in = rows.next();
    is_same = is_in && rows.bytes(0) == bytes;
  }
  if (is_same) return summarise_anew(database, report);
  if (is_in) forget(database, report);
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

void compare(Database& database, std::int64_t report, const Likeness& likeness,
             std::string_view version) {
  auto profile = profile_in(database, report);
  if (!profile) return;
  const Compared own(std::move(*profile), likeness.rarity);
  const Standing standing{own.profile.published, content_of(database, report)};
  const auto keys = keys_of(own, likeness.rarity);
  const auto is_alike = [&](const Words& words) {
    return matching::likeness(own.words, Weighed(words, likeness.rarity)) >= kLeastAlike;
  };
  for (const std::int64_t other : candidates(database, report, keys)) {
    auto found = profile_in(database, other, is_alike);
    if (!found) continue;
    const Compared theirs(std::move(*found), likeness.rarity);
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
  std::set<Incident> grouped, crowd;
  for (const std::int64_t report : reports) {
    for (const Incident& seed : incidents_of(database, report)) {
      if (grouped.contains(seed)) continue;
      Neighbourhood around(database, seed, crowd);
      if (around.is_whole()) {
        around.group_anew();
        around.add_to(grouped);
      } else {
        around.add_to(crowd);
        join_likest(database, seed);
      }
    }
  }
  // Also what stayed as it was is to be brought up to date: it may be new.
  for (const std::int64_t report : reports) summarise_anew(database, report);
  database.run("UPDATE profiles SET pending = 0 WHERE pending = 1");
}

}  // namespace dateline::chronicle::matching
