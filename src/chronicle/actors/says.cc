// SPDX-License-Identifier: Apache-2.0
#include "chronicle/actors/says.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "chronicle/matching/profile.h"
#include "chronicle/short_hash.h"
#include "knowledge/name_key.h"

namespace dateline::chronicle::actors {

namespace {

using knowledge::name_key;

constexpr std::size_t kMostBeside = 12, kMostEvents = 8;
constexpr char kBetween = '\x1f', kBehind = '\x1e';

struct Report {
  std::string content, outlet, published;
};

std::optional<Report> report_in(Database& database, std::int64_t report) {
  auto rows = database.select(
      "SELECT content, outlet, substr(coalesce(published, ''), 1, 10) FROM reports WHERE key = ?",
      {report});
  if (!rows.next()) return std::nullopt;
  return Report{rows.text(0), rows.text(1), rows.text(2)};
}

/// Named by its first words, like a happening.
std::string name_of(std::string_view content, std::int64_t begin, std::string_view name) {
  const std::uint64_t hash = short_hash(fmt::format("{}:{}:{}", content, begin, name));
  return fmt::format("a{:012x}", hash & 0xffffffffffffull);
}

std::string_view without_article(std::string_view name) {
  for (const std::string_view article : {"the ", "The ", "a ", "A ", "an ", "An "}) {
    if (name.starts_with(article) && name.size() > article.size()) {
      return name.substr(article.size());
    }
  }
  return name;
}

/// Of a person of whom less is known, less time is one.
std::string time_of(const Called& called, const std::string& published) {
  const matching::Day day = matching::day_in(published);
  if (day == matching::kNoDay) return "";
  if (!called.country.empty()) return published.substr(0, 3);
  if (!called.sector.empty()) return published.substr(0, 4);
  return fmt::format("week {}", day / 7);
}

class Reading {
 public:
  Reading(Database& database, std::int64_t report, Report about, const Names& names)
      : database_(database), report_(report), about_(std::move(about)), names_(names) {}

  std::vector<Member> make() {
    name_entities();
    for (Member& member : members_) {
      add_names(member);
      if (!member.naming.fixed) add_signs(member);
    }
    if (!members_.empty()) {
      add_events();
      add_roles();
    }
    for (Member& member : members_) {
      std::ranges::sort(member.facts);
      member.facts.erase(std::unique(member.facts.begin(), member.facts.end()), member.facts.end());
    }
    return std::move(members_);
  }

 private:
  void name_entities() {
    auto rows = database_.select(
        "SELECT e.id, e.kind, e.name, e.country, e.sector, e.actor_from, (SELECT min(m.span_begin) "
        "FROM mentions m WHERE m.report = e.report AND m.entity = e.id), EXISTS (SELECT 1 FROM "
        "mentions m WHERE m.report = e.report AND m.entity = e.id AND m.form = 'name') FROM "
        "entities e WHERE e.report = ? ORDER BY e.id",
        {report_});
    while (rows.next()) {
      Called called{rows.text(1), rows.text(2),       {}, rows.text(3), rows.text(4),
                    rows.text(5), rows.number(7) != 0};
      const std::string id = rows.text(0);
      called.aliases = aliases_of(id);
      auto naming = names_.of(called);
      if (!naming) continue;
      Member member{id,
                    name_of(about_.content, rows.number(6), called.name),
                    *naming,
                    std::move(called),
                    naming->signature,
                    {}};
      if (naming->is_person && !naming->fixed) {
        member.signature += fmt::format("|{}", time_of(member.called, about_.published));
      }
      members_.push_back(std::move(member));
    }
  }

  std::vector<std::string> aliases_of(const std::string& entity) {
    std::vector<std::string> aliases;
    auto rows = database_.select(
        "SELECT name FROM aliases WHERE report = ? AND entity = ? ORDER BY n", {report_, entity});
    while (rows.next()) aliases.push_back(rows.text(0));
    return aliases;
  }

  void add_names(Member& member) const {
    const Called& called = member.called;
    const auto add = [&](std::string_view what, const std::string& value,
                         const std::string& outlet = "") {
      if (!value.empty()) member.facts.push_back({std::string(what), value, outlet});
    };
    add("name", std::string(without_article(called.name)), about_.outlet);
    for (const std::string& alias : called.aliases) add("alias", alias, about_.outlet);
    add("key", member.naming.key);
    for (const std::string& key : member.naming.other_keys) add("other key", key);
    const auto by_table = [](const std::string& known, const std::string& told) {
      return known.empty() ? told : known;
    };
    add("kind", by_table(member.naming.kind, called.kind));
    add("sector", by_table(member.naming.sector, called.sector));
    const bool is_sure = !member.naming.country.empty() || called.has_sure_country();
    add(is_sure ? "country" : "country of report", by_table(member.naming.country, called.country));
  }

  void add_signs(Member& member) const {
    std::size_t beside = 0;
    for (const Member& other : members_) {
      if (&other == &member || other.naming.kind == "country" || other.naming.kind == "group" ||
          other.called.sector == "JRN" || other.naming.key == member.naming.key) {
        continue;
      }
      member.facts.push_back({"beside", other.naming.key, ""});
      if (++beside == kMostBeside) break;
    }
    const matching::Day day = matching::day_in(about_.published);
    if (day == matching::kNoDay) return;
    member.facts.push_back({"week", std::to_string(day / 7), ""});
    if (!about_.outlet.empty()) {
      member.facts.push_back({"outlet week", fmt::format("{} {}", day / 7, about_.outlet), ""});
    }
  }

  Member* member_called(const std::string& entity) {
    const auto found = std::ranges::find(members_, entity, &Member::entity);
    return found == members_.end() || found->naming.fixed ? nullptr : &*found;
  }

  void add_events() {
    std::map<std::string, std::size_t> told;
    auto rows = database_.select(
        "SELECT x.entity, e.type, e.day_begin FROM participants x JOIN events e ON e.report = "
        "x.report AND e.id = x.event WHERE x.report = ? AND x.entity IS NOT NULL AND e.day_begin "
        "IS NOT NULL ORDER BY e.trigger_begin",
        {report_});
    while (rows.next()) {
      Member* member = member_called(rows.text(0));
      if (member == nullptr || ++told[member->entity] > kMostEvents) continue;
      member->facts.push_back({"event", fmt::format("{} {}", rows.text(2), rows.text(1)), ""});
    }
  }

  void add_roles() {
    auto rows = database_.select(
        "SELECT r.entity, r.role, e.name FROM roles r LEFT JOIN entities e ON e.report = r.report "
        "AND e.id = r.of WHERE r.report = ? ORDER BY r.n",
        {report_});
    while (rows.next()) {
      Member* member = member_called(rows.text(0));
      if (member == nullptr) continue;
      member->facts.push_back({"role", rows.text(1), ""});
      const std::string of = name_key(rows.text(2));
      if (!of.empty()) member->facts.push_back({"of", of, ""});
    }
  }

  Database& database_;
  const std::int64_t report_;
  const Report about_;
  const Names& names_;
  std::vector<Member> members_;
};

}  // namespace

std::vector<Member> members_of(Database& database, std::int64_t report, const Names& names) {
  auto about = report_in(database, report);
  if (!about) return {};
  return Reading(database, report, std::move(*about), names).make();
}

std::string written(const std::vector<Fact>& facts) {
  std::string text;
  for (const Fact& fact : facts) {
    text += fact.what + kBetween + fact.value + kBetween + fact.outlet + kBehind;
  }
  return text;
}

std::vector<Fact> facts_in(std::string_view text) {
  std::vector<Fact> facts;
  const auto take = [&](char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    std::string part(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
  };
  while (!text.empty()) {
    Fact fact;
    fact.what = take(kBetween);
    fact.value = take(kBetween);
    fact.outlet = take(kBehind);
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace dateline::chronicle::actors
