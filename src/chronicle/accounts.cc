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
#include "chronicle/states.h"
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

using Pairs = std::set<std::pair<std::string, std::string>>;

/// Which of a happening's reports were made from another's text: pairs of handles, both ways.
Pairs copies_of(Database& database, std::int64_t key) {
  Pairs pairs;
  auto rows = database.select(
      "SELECT 'r' || report, 'r' || other FROM copies WHERE report IN (SELECT report FROM tellings "
      "WHERE happening = ?1) AND other IN (SELECT report FROM tellings WHERE happening = ?1)",
      {key});
  while (rows.next()) pairs.emplace(rows.text(0), rows.text(1));
  return pairs;
}

/// Whether both are versions of one page: of one address, or of one file whose text was edited.
bool are_versions(const ReportRef& a, const ReportRef& b, const Pairs& copied) {
  if (a.handle == b.handle || a.uri.empty() || a.uri != b.uri) return false;
  return a.uri.find("://") != std::string::npos || copied.contains({a.handle, b.handle});
}

/// What orders the versions of a page: what they say of themselves, else when they were fetched;
/// where neither tells, when they came into the store.
using Age = std::tuple<std::string, std::string, std::int64_t>;

Age age_of(Database& database, const ReportRef& report) {
  auto rows = database.select(
      "SELECT max(coalesce(modified, ''), coalesce(published, '')), coalesce(retrieved, ''), key "
      "FROM reports WHERE key = CAST(substr(?, 2) AS INTEGER)",
      {std::string_view(report.handle)});
  return rows.next() ? Age(rows.text(0), rows.text(1), rows.number(2)) : Age();
}

/// An account in an earlier version of a page stands, and counts no more.
void mark_replaced(Database& database, const Pairs& copied, std::vector<Account>& accounts) {
  std::map<std::string, Age> ages;
  const auto age = [&](const ReportRef& report) -> const Age& {
    const auto [at, is_new] = ages.try_emplace(report.handle);
    if (is_new) at->second = age_of(database, report);
    return at->second;
  };
  for (Account& account : accounts) {
    const ReportRef& report = account.told.report;
    account.replaced = std::ranges::any_of(accounts, [&](const Account& other) {
      return are_versions(report, other.told.report, copied) &&
             age(report) < age(other.told.report);
    });
  }
}

/// Numbers the sources: reports of one outlet, or one text, are one.
std::size_t tell_sources_apart(const Pairs& copied, std::vector<Account>& accounts) {
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
      const bool is_same_text = copied.contains({report.handle, other.handle});
      const bool is_own = is_of_one_outlet(report, other) || are_versions(report, other, copied);
      accounts[later].copied = accounts[later].copied || (is_same_text && !is_own);
      if (!is_same_text && !is_own) continue;
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

/// The number that an account stands for: that of its first mention with one, for reports tell
/// first what is news, and further down what was said before.
const HowMany* number_of(const Account& account, std::string_view counts) {
  for (const TimelineEvent& mention : account.mentions) {
    if (const HowMany* counted = number_of(mention, counts)) return counted;
  }
  return nullptr;
}

/// Whether an account's outlet gave another number later.
bool is_given_anew(const Account& earlier, std::string_view counts,
                   const std::vector<Account>& accounts) {
  const HowMany* was = number_of(earlier, counts);
  return was != nullptr && std::ranges::any_of(accounts, [&](const Account& later) {
           if (later.told.report.published <= earlier.told.report.published) return false;
           if (!is_of_one_outlet(later.told.report, earlier.told.report)) return false;
           const HowMany* is = number_of(later, counts);
           return is != nullptr && *was->value != *is->value;
         });
}

/// An outlet's later numbers stand in place of its own earlier ones.
void mark_superseded(std::vector<Account>& accounts) {
  for (Account& account : accounts) {
    account.superseded =
        account.replaced || std::ranges::any_of(kTolls, [&](std::string_view counts) {
          return is_given_anew(account, counts, accounts);
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

bool contradict(const HowMany* one, const HowMany* other) {
  return one != nullptr && other != nullptr && contradict(*one, *other);
}

/// Whether not both can be right in one thing that is no number.
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
  return about == "happened" && x.polarity != y.polarity && !x.polarity.empty() &&
         !y.polarity.empty();
}

bool tell_otherwise(std::string_view about, const TimelineEvent& x, const TimelineEvent& y) {
  return differ(about, x, y) || contradict(number_of(x, about), number_of(y, about));
}

bool tell_otherwise(std::string_view about, const Account& x, const Account& y) {
  return differ(about, x.told, y.told) || contradict(number_of(x, about), number_of(y, about));
}

/// Whether two voices within one report cannot both be right.
bool voices_differ(std::string_view about, const Account& account) {
  for (const TimelineEvent& a : account.mentions) {
    for (const TimelineEvent& b : account.mentions) {
      if (a.according_to.empty() || b.according_to.empty()) continue;
      if (a.according_to.front().name == b.according_to.front().name) continue;
      if (tell_otherwise(about, a, b)) return true;
    }
  }
  return false;
}

std::vector<std::string> disputed_among(const std::vector<Account>& accounts) {
  std::vector<std::string_view> kinds = {"happened", "actors", "day", "place"};
  kinds.insert(kinds.end(), kTolls.begin(), kTolls.end());
  std::vector<std::string> all;
  for (const std::string_view about : kinds) {
    const bool is_number = std::ranges::find(kTolls, about) != kTolls.end();
    std::vector<const Account*> count;
    for (const Account& account : accounts) {
      const bool is_past = is_number ? account.replaced || is_given_anew(account, about, accounts)
                                     : account.superseded;
      if (!is_past && !account.copied) count.push_back(&account);
    }
    const bool found = std::ranges::any_of(count, [&](const Account* one) {
      return voices_differ(about, *one) || std::ranges::any_of(count, [&](const Account* other) {
               return one < other && tell_otherwise(about, *one, *other) &&
                      !is_of_one_outlet(one->told.report, other->told.report);
             });
    });
    if (found) all.emplace_back(about);
  }
  return all;
}

std::vector<Toll> tolls_of(const std::vector<Account>& accounts, TollRule rule) {
  std::vector<Toll> tolls;
  for (const std::string_view counts : kTolls) {
    std::vector<std::pair<const Account*, double>> told;
    for (const Account& account : accounts) {
      const bool counted_elsewhere =
          account.replaced || account.copied || is_given_anew(account, counts, accounts);
      if (counted_elsewhere && given_in(account, counts) == 0) continue;
      if (const HowMany* counted = number_of(account, counts)) {
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
    if (weight == 0 || account.replaced) continue;
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
  const Pairs copied = copies_of(database, key);
  happening.sources = tell_sources_apart(copied, accounts);
  mark_replaced(database, copied, accounts);
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
  happening.state = last.correction == 0 && reports.size() > 1 ? kMachineMerged : last.state;
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
