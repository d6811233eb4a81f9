// SPDX-License-Identifier: Apache-2.0
#include "chronicle/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

#include "chronicle/names.h"
#include "dateline/event_types.h"

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
    std::string upper = type;
    std::ranges::transform(upper, upper.begin(), [](char c) {
      return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    });
    std::vector<std::string_view> names;
    for (const EventType& known : kEventTypes) names.push_back(known.name);
    if (std::ranges::find(names, upper) != names.end()) continue;
    const std::string near = nearest_word(upper, names);
    return Error{4017,
                 fmt::format("there is no type of event '{}': {}", type,
                             near.empty() ? fmt::format("{}", fmt::join(names, ", "))
                                          : fmt::format("did you mean {}?", near)),
                 {}};
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
  if (auto mistake = mistake_in(filter.types)) return tl::unexpected(std::move(*mistake));
  return days;
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
      "f.report = r.key AND "
      "speaks_of(f.uri, {0})) OR EXISTS (SELECT 1 FROM {1} LEFT JOIN entities s ON s.report = "
      "a.report AND s.id = a.source_entity WHERE a.report = r.key AND (speaks_of(s.name, {0}) OR "
      "speaks_of(a.source_words, {0})))",
      name, voices);
}

void Conditions::require_source(const std::string& source, std::string_view voices) {
  if (!source.empty()) require(this->source(source, voices));
}

std::string Conditions::event(const Filter& filter) {
  std::string all;
  const auto both = [&](const std::string& condition) {
    all += fmt::format("{}({})", all.empty() ? "" : " AND ", condition);
  };
  if (!filter.actor.empty()) {
    both(fmt::format(
        "EXISTS (SELECT 1 FROM participants x LEFT JOIN entities n ON n.report = x.report AND "
        "n.id = x.entity WHERE x.report = e.report AND x.event = e.id AND "
        "(speaks_of(coalesce(n.name, x.words), {0}) OR lower(n.country) = {0} OR "
        "EXISTS (SELECT 1 FROM aliases a WHERE a.report = x.report AND a.entity = x.entity AND "
        "speaks_of(a.name, {0}))))",
        value(folded(filter.actor))));
  }
  if (!filter.place.empty()) {
    both(
        fmt::format("speaks_of(p.name, {0}) OR speaks_of(p.words, {0}) OR "
                    "speaks_of(p.admin1, {0}) OR lower(p.country) = {0}",
                    value(folded(filter.place))));
  }
  if (!filter.types.empty()) {
    std::string any;
    for (const std::string& type : filter.types) {
      any += fmt::format("{}lower(e.type) = {}", any.empty() ? "" : " OR ", value(folded(type)));
    }
    both(any);
  }
  return all;
}

void Conditions::require_event(const Filter& filter) {
  if (const std::string condition = event(filter); !condition.empty()) require(condition);
}

void Conditions::require_some_event(const Filter& filter) {
  const std::string condition = event(filter);
  if (condition.empty()) return;
  require(fmt::format(
      "EXISTS (SELECT 1 FROM events e LEFT JOIN places p ON p.report = e.report AND p.id = e.place "
      "WHERE e.report = r.key AND {})",
      condition));
}

void Conditions::require_account(const Filter& filter) {
  std::string condition = event(filter);
  if (!filter.source.empty()) {
    condition += fmt::format("{}({})", condition.empty() ? "" : " AND ",
                             source(filter.source, kVoicesOfEvent));
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

std::vector<Value> Conditions::values() const { return {texts_.begin(), texts_.end()}; }

}  // namespace dateline::chronicle
