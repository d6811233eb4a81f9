// SPDX-License-Identifier: Apache-2.0
#include "chronicle/accounts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "chronicle/matching/profile.h"
#include "chronicle/names.h"
#include "chronicle/timeline.h"

namespace dateline::chronicle {

namespace {

constexpr std::array<std::string_view, 6> kOfficial = {"GOV", "COP", "MIL", "MED", "JUD", "LEG"};

std::string_view day_of(const Account& account) {
  return std::string_view(account.told.report.published).substr(0, 10);
}

template <class Items>
void merge_by_words(std::vector<Items>& into, const std::vector<Items>& more) {
  for (const Items& item : more) {
    if (std::ranges::find(into, item.words, &Items::words) == into.end()) into.push_back(item);
  }
}

/// The mentions of a happening, by report.
std::vector<Account> accounts_in(Database& database, int version, std::int64_t key) {
  struct Mention {
    std::int64_t report;
    std::string id, incident;
    bool main;
  };
  std::vector<Mention> mentions;
  {
    auto rows = database.select(
        "SELECT e.report, e.id, coalesce(e.incident, e.id), coalesce(e.main, 0) FROM tellings t "
        "JOIN reports r ON r.key = t.report JOIN events e ON e.report = t.report AND "
        "coalesce(e.incident, e.id) = t.incident WHERE t.happening = ? ORDER BY "
        "substr(r.published, 1, 10), r.content, e.trigger_begin, e.id",
        {key});
    while (rows.next()) {
      mentions.push_back({rows.number(0), rows.text(1), rows.text(2), rows.number(3) != 0});
    }
  }
  std::vector<Account> accounts;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> place;
  for (const Mention& mention : mentions) {
    auto event = find_event(database, version, mention.report, mention.id);
    if (!event) continue;
    const auto [at, is_new] =
        place.try_emplace(std::pair(mention.report, mention.incident), accounts.size());
    if (is_new) accounts.emplace_back();
    Account& account = accounts[at->second];
    account.main = account.main || mention.main;
    if (is_new) {
      account.told = *event;
    } else {
      merge_by_words(account.told.quantities, event->quantities);
      merge_by_words(account.told.according_to, event->according_to);
    }
    account.mentions.push_back(std::move(*event));
  }
  return accounts;
}

/// Whether both are of one outlet, as far as it is known; or are one report.
bool is_of_one_outlet(const ReportRef& a, const ReportRef& b) {
  return a.handle == b.handle || (!a.outlet.empty() && folded(a.outlet) == folded(b.outlet));
}

/// Which of a happening's reports were made from another's text: pairs of handles, both ways.
std::set<std::pair<std::string, std::string>> copies_of(Database& database, std::int64_t key) {
  std::set<std::pair<std::string, std::string>> pairs;
  auto rows = database.select(
      "SELECT 'r' || report, 'r' || other FROM copies WHERE report IN (SELECT report FROM tellings "
      "WHERE happening = ?1) AND other IN (SELECT report FROM tellings WHERE happening = ?1)",
      {key});
  while (rows.next()) pairs.emplace(rows.text(0), rows.text(1));
  return pairs;
}

/// Numbers the sources: reports of one outlet, or one text, are one.
std::size_t tell_sources_apart(Database& database, std::int64_t key,
                               std::vector<Account>& accounts) {
  const auto copied = copies_of(database, key);
  std::vector<std::size_t> parent(accounts.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](std::size_t n) {
    while (parent[n] != n) n = parent[n];
    return n;
  };
  for (std::size_t later = 0; later < accounts.size(); ++later) {
    const ReportRef& report = accounts[later].told.report;
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const ReportRef& other = accounts[earlier].told.report;
      const bool copy = copied.contains({report.handle, other.handle});
      accounts[later].copied = accounts[later].copied || copy;
      if (!copy && !is_of_one_outlet(report, other)) continue;
      const std::size_t a = root(earlier), b = root(later);
      parent[std::max(a, b)] = std::min(a, b);
    }
  }
  std::map<std::size_t, std::size_t> number;
  for (std::size_t n = 0; n < accounts.size(); ++n) {
    accounts[n].source = number.try_emplace(root(n), number.size()).first->second;
  }
  return number.size();
}

/// The greatest number of this kind that is told; others are parts of it.
const HowMany* number_of(const TimelineEvent& told, std::string_view counts) {
  const HowMany* most = nullptr;
  for (const HowMany& counted : told.quantities) {
    if (counted.counts != counts || !counted.value) continue;
    if (most == nullptr || *counted.value > *most->value) most = &counted;
  }
  return most;
}

/// An outlet's later numbers stand in place of its own earlier ones.
void mark_superseded(std::vector<Account>& accounts) {
  for (Account& earlier : accounts) {
    const ReportRef& report = earlier.told.report;
    earlier.superseded = std::ranges::any_of(accounts, [&](const Account& later) {
      if (later.told.report.published <= report.published) return false;
      if (!is_of_one_outlet(later.told.report, report)) return false;
      return std::ranges::any_of(kTolls, [&](std::string_view counts) {
        const HowMany *was = number_of(earlier.told, counts), *is = number_of(later.told, counts);
        return was != nullptr && is != nullptr && *was->value != *is->value;
      });
    });
  }
}

bool is_official(const Account& account) {
  return std::ranges::any_of(account.told.according_to, [](const Voice& voice) {
    return std::ranges::find(kOfficial, voice.sector) != kOfficial.end();
  });
}

/// When a person gave this value of an account last; 0: it was read.
std::int64_t given_in(const Account& account, std::string_view field) {
  const auto& given = account.told.corrected;
  const auto found = std::ranges::find(given, field, &ValueOfPerson::field);
  return found == given.end() ? 0 : found->correction;
}

double best_of(const std::vector<std::pair<const Account*, double>>& told, TollRule rule) {
  switch (rule) {
    case TollRule::kConservative:
      return std::ranges::min_element(told, {}, [](const auto& one) { return one.second; })->second;
    case TollRule::kMostTold: {
      std::map<double, std::set<std::size_t>> sources;
      for (const auto& [account, value] : told) sources[value].insert(account->source);
      return std::ranges::max_element(sources, {},
                                      [](const auto& one) { return one.second.size(); })
          ->first;
    }
    case TollRule::kLatestOfficial:
      break;
  }
  return std::ranges::max_element(told, {},
                                  [](const auto& one) {
                                    return std::tuple(is_official(*one.first), day_of(*one.first));
                                  })
      ->second;
}

/// Whether two numbers cannot both be right, by their qualifiers: "at least four" and 9 can.
bool contradict(const HowMany& a, const HowMany& b) {
  const auto span = [](const HowMany& counted) {
    double low = counted.min.value_or(*counted.value), high = counted.max.value_or(*counted.value);
    if (counted.qualifier == "at_least" || counted.qualifier == "more_than") high = 1e300;
    if (counted.qualifier == "at_most" || counted.qualifier == "less_than") low = 0;
    return std::pair(low, high);
  };
  const auto [a_low, a_high] = span(a);
  const auto [b_low, b_high] = span(b);
  return a_high < b_low || b_high < a_low;
}

bool share_a_name(const std::vector<Who>& a, const std::vector<Who>& b) {
  for (const Who& x : a) {
    for (const Who& y : b) {
      const auto one = matching::words_in(x.name), other = matching::words_in(y.name);
      if (std::ranges::any_of(
              one, [&](auto word) { return std::ranges::find(other, word) != other.end(); })) {
        return true;
      }
    }
  }
  return false;
}

/// Whether not both can be right in one thing.
bool differ(std::string_view about, const TimelineEvent& x, const TimelineEvent& y) {
  if (about == "actors") {
    return !x.actors.empty() && !y.actors.empty() && !share_a_name(x.actors, y.actors);
  }
  if (about == "day") {
    if (x.begin.empty() || y.begin.empty() || x.end.empty() || y.end.empty()) return false;
    return x.end < y.begin || y.end < x.begin;
  }
  if (about == "place") {
    if (!x.place || !y.place) return false;
    return !x.place->country.empty() && !y.place->country.empty() &&
           x.place->country != y.place->country;
  }
  if (about == "happened")
    return x.polarity != y.polarity && !x.polarity.empty() && !y.polarity.empty();
  const HowMany *one = number_of(x, about), *other = number_of(y, about);
  return one != nullptr && other != nullptr && contradict(*one, *other);
}

/// Whether two voices within one report cannot both be right.
bool voices_differ(std::string_view about, const Account& account) {
  for (const TimelineEvent& a : account.mentions) {
    for (const TimelineEvent& b : account.mentions) {
      if (a.according_to.empty() || b.according_to.empty()) continue;
      if (a.according_to.front().name == b.according_to.front().name) continue;
      if (differ(about, a, b)) return true;
    }
  }
  return false;
}

std::vector<std::string> disputed_among(const std::vector<Account>& accounts) {
  const auto counts = [](const Account& account) { return !account.superseded && !account.copied; };
  std::vector<std::string> all;
  std::vector<std::string_view> kinds = {"happened", "actors", "day", "place"};
  kinds.insert(kinds.end(), kTolls.begin(), kTolls.end());
  for (const std::string_view about : kinds) {
    bool found = false;
    for (std::size_t a = 0; a < accounts.size() && !found; ++a) {
      found = counts(accounts[a]) && voices_differ(about, accounts[a]);
      for (std::size_t b = a + 1; b < accounts.size() && !found; ++b) {
        const TimelineEvent &one = accounts[a].told, &other = accounts[b].told;
        found = counts(accounts[a]) && counts(accounts[b]) && differ(about, one, other) &&
                !is_of_one_outlet(one.report, other.report);
      }
    }
    if (found) all.emplace_back(about);
  }
  return all;
}

std::vector<Toll> tolls_of(const std::vector<Account>& accounts, TollRule rule) {
  std::vector<Toll> tolls;
  for (const std::string_view counts : kTolls) {
    std::vector<std::pair<const Account*, double>> told;
    for (const Account& account : accounts) {
      const bool counted_elsewhere = account.superseded || account.copied;
      if (counted_elsewhere && given_in(account, counts) == 0) continue;
      if (const HowMany* counted = number_of(account.told, counts)) {
        told.emplace_back(&account, *counted->value);
      }
    }
    if (told.empty()) continue;
    const auto [low, high] =
        std::ranges::minmax_element(told, {}, [](const auto& one) { return one.second; });
    const auto last = std::ranges::max_element(
        told, {}, [&](const auto& one) { return given_in(*one.first, counts); });
    const double best = given_in(*last->first, counts) > 0 ? last->second : best_of(told, rule);
    tolls.push_back({std::string(counts), low->second, best, high->second});
  }
  return tolls;
}

/// What a person gave last, else what most accounts say, each worth its weight; of equals what was
/// said first.
template <class Value, class Weigh>
Value most_told(const std::vector<Account>& accounts, std::string_view field, const Weigh& weigh) {
  const auto last = std::ranges::max_element(
      accounts, {}, [&](const Account& account) { return given_in(account, field); });
  if (given_in(*last, field) > 0) return weigh(*last).first;
  std::vector<std::pair<Value, int>> told;
  for (const Account& account : accounts) {
    const auto [value, weight] = weigh(account);
    if (weight == 0) continue;
    const auto found = std::ranges::find(told, value, &std::pair<Value, int>::first);
    if (found == told.end()) {
      told.emplace_back(value, weight);
    } else {
      found->second += weight;
    }
  }
  if (told.empty()) return {};
  return std::ranges::max_element(told, {}, &std::pair<Value, int>::second)->first;
}

/// The one that a person changed last; else of those that say what most say, the one that says
/// most.
std::size_t fullest_of(const Happening& happening) {
  const std::vector<Account>& accounts = happening.accounts;
  const auto fullness = [&](const Account& account) {
    const TimelineEvent& told = account.told;
    const std::int64_t changed = told.corrected.empty() ? 0 : told.correction;
    return std::tuple(changed, !account.superseded,
                      told.type == happening.type && told.begin == happening.begin &&
                          told.end == happening.end && told.polarity != "negated",
                      int(account.main) + int(!told.actors.empty()) +
                          int(!told.recipients.empty()) + int(told.place.has_value()) +
                          int(!told.begin.empty()) + int(!told.quantities.empty()));
  };
  const auto best = std::ranges::max_element(accounts, {}, fullness);
  return static_cast<std::size_t>(best - accounts.begin());
}

}  // namespace

std::int64_t happening_called(Database& database, std::string_view name) {
  {
    auto rows = database.select("SELECT happening FROM tellings WHERE id = ?", {name});
    if (rows.next()) return rows.number(0);
  }
  const std::size_t dot = name.find('.');
  if (!name.starts_with('r') || dot == std::string_view::npos) return 0;
  std::int64_t report = 0;
  const auto got = std::from_chars(name.data() + 1, name.data() + dot, report);
  if (got.ec != std::errc() || got.ptr != name.data() + dot) return 0;
  auto rows = database.select(
      "SELECT t.happening FROM events e JOIN tellings t ON t.report = e.report AND t.incident = "
      "coalesce(e.incident, e.id) WHERE e.report = ? AND e.id = ?",
      {report, name.substr(dot + 1)});
  return rows.next() ? rows.number(0) : 0;
}

std::optional<Happening> happening_of(Database& database, int version, std::int64_t key,
                                      TollRule rule) {
  Happening happening;
  {
    auto rows = database.select("SELECT id FROM happenings WHERE key = ?", {key});
    if (!rows.next()) return std::nullopt;
    happening.id = rows.text(0);
  }
  happening.accounts = accounts_in(database, version, key);
  if (happening.accounts.empty()) return std::nullopt;
  std::vector<Account>& accounts = happening.accounts;
  happening.sources = tell_sources_apart(database, key, accounts);
  mark_superseded(accounts);
  std::set<std::string> reports;
  for (const Account& account : accounts) {
    reports.insert(account.told.report.handle);
    happening.main = happening.main || account.main;
  }
  happening.reports = reports.size();
  const TimelineEvent& last = std::ranges::max_element(accounts, {}, [](const Account& account) {
                                return account.told.correction;
                              })->told;
  happening.state = last.correction == 0 && reports.size() > 1 ? "machine-merged" : last.state;
  happening.type = most_told<std::string>(
      accounts, "type", [](const Account& account) { return std::pair(account.told.type, 1); });
  using Days = std::pair<std::string, std::string>;
  std::tie(happening.begin,
           happening.end) = most_told<Days>(accounts, "day", [](const Account& account) {
    const TimelineEvent& told = account.told;
    const int weight = told.begin.empty() && told.end.empty() ? 0 : told.day_from == "text" ? 3 : 2;
    return std::pair(Days(told.begin, told.end), weight);
  });
  happening.tolls = tolls_of(accounts, rule);
  happening.disputed = disputed_among(accounts);
  happening.fullest = fullest_of(happening);
  return happening;
}

}  // namespace dateline::chronicle
