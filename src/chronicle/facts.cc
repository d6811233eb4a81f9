// SPDX-License-Identifier: Apache-2.0
#include "chronicle/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <set>

#include "chronicle/area.h"
#include "chronicle/matching/profile.h"
#include "chronicle/names.h"

namespace dateline::chronicle::facts {

namespace {

/// What has no day: after every day that a date can tell.
constexpr std::int64_t kNoPlace = 4'000'000;
constexpr std::int64_t kDaysTo1970 = 719'528;

class Words {
 public:
  void add(Kind kind, std::string_view text) {
    const std::string plain = folded(text);
    for (const std::string_view run : runs_in(plain)) words_.insert(word(kind, run));
  }
  void add_whole(Kind kind, std::string_view text) { words_.insert(word(kind, text)); }
  /// Those of a list that tell what is asked for.
  void add_listed(std::string_view list, std::string_view but) {
    while (!list.empty()) {
      const std::string_view one = list.substr(0, list.find(' '));
      if (!one.empty() && but.find(one.front()) == std::string_view::npos) words_.emplace(one);
      list.remove_prefix(std::min(list.size(), one.size() + 1));
    }
  }
  void add_span(std::string_view begin, std::string_view end) {
    const matching::Day first = matching::day_in(begin), last = matching::day_in(end);
    if (first == matching::kNoDay || last == matching::kNoDay || last <= first) return;
    const auto* fits = std::ranges::find_if(
        kSpans, [&](const SpanClass& span) { return last - first < span.days; });
    add_whole(kSpan, fits->name);
  }
  /// Keeps the words of these kinds for those who ask by the beginning of one.
  void keep(Database& database, std::string_view kinds) const {
    for (const std::string& one : words_) {
      if (kinds.find(one.front()) == std::string_view::npos) continue;
      database.run("INSERT OR IGNORE INTO fact_words VALUES (?)", one);
    }
  }
  std::string text() const { return fmt::format("{}", fmt::join(words_, " ")); }

 private:
  std::set<std::string, std::less<>> words_;
};

/// The next free place of a day.
std::int64_t next_place(Database& database, const char* table, std::string_view day) {
  const std::int64_t first = place_of(day);
  auto rows = database.select(
      fmt::format("SELECT max(place) FROM {} WHERE place >= ?1 AND place < ?2", table),
      {first, first + (std::int64_t{1} << kDayShift)});
  return rows.next() ? std::max(first, rows.number(0) + 1) : first;
}

/// The words for where a report is from.
std::string source_words(Database& database, std::int64_t report) {
  Words words;
  auto rows = database.select(
      "SELECT outlet, uri FROM reports WHERE key = ?1 UNION ALL SELECT NULL, uri FROM found WHERE "
      "report = ?1 AND n < ?2",
      {report, std::int64_t{kMostFound}});
  while (rows.next()) {
    words.add(kSource, rows.bytes(0));
    words.add(kSource, rows.bytes(1));
  }
  return words.text();
}

void add_parties(Database& database, std::int64_t report, std::string_view event, Words& words) {
  auto rows = database.select(
      "SELECT x.role = 'actor', coalesce(n.name, x.words), n.country, x.entity FROM participants x "
      "LEFT JOIN entities n ON n.report = x.report AND n.id = x.entity WHERE x.report = ? AND "
      "x.event = ?",
      {report, event});
  while (rows.next()) {
    const Kind side = rows.number(0) != 0 ? kBy : kAgainst;
    words.add(side, rows.bytes(1));
    words.add(side, rows.bytes(2));
    auto aliases = database.select("SELECT name FROM aliases WHERE report = ? AND entity = ?",
                                   {report, rows.bytes(3)});
    while (aliases.next()) words.add(side, aliases.bytes(0));
  }
}

void add_voices(Database& database, std::int64_t report, std::string_view event, Words& words) {
  auto rows = database.select(
      "SELECT s.name, a.source_words FROM according_to c JOIN attributions a ON a.report = "
      "c.report AND a.id = c.attribution LEFT JOIN entities s ON s.report = a.report AND s.id = "
      "a.source_entity WHERE c.report = ? AND c.event = ?",
      {report, event});
  while (rows.next()) {
    words.add(kSource, rows.bytes(0));
    words.add(kSource, rows.bytes(1));
  }
}

void keep_events(Database& database, std::int64_t report) {
  database.run("DELETE FROM event_facts WHERE report = ?", report);
  const std::string from = source_words(database, report);
  auto rows = database.select(
      "SELECT e.id, e.type, e.mode, e.confidence, e.day_begin, e.day_end, "
      "coalesce(e.day_begin, e.day_end, r.published), p.name, p.words, p.admin1, p.country, p.lat, "
      "p.lon FROM events e JOIN reports r ON r.key = e.report LEFT JOIN places p ON p.report = "
      "e.report AND p.id = e.place WHERE e.report = ?",
      {report});
  while (rows.next()) {
    const std::string event = rows.text(0);
    Words words;
    words.add_whole(kAny, "");
    words.add_whole(kReport, std::to_string(report));
    words.add_listed(from, "");
    words.add(kType, rows.bytes(1));
    if (!rows.bytes(2).empty()) words.add_whole(kMode, rows.bytes(2));
    if (const auto confidence = rows.real(3)) {
      words.add_whole(kConfidence, std::to_string(tenths_of(*confidence)));
    }
    words.add_span(rows.bytes(4), rows.bytes(5));
    for (const int name : {7, 8, 9, 10}) words.add(kPlace, rows.bytes(name));
    words.add(kCountry, rows.bytes(10));
    if (const auto lat = rows.real(11), lon = rows.real(12); lat && lon) {
      for (const std::string& cell : cells_at({*lat, *lon})) words.add_whole(kCell, cell);
    }
    add_parties(database, report, event, words);
    add_voices(database, report, event, words);
    words.keep(database, std::string{kBy, kAgainst, kPlace, kCountry, kMode, kSource});
    database.run("INSERT INTO event_facts VALUES (?, ?, ?, ?)",
                 next_place(database, "event_facts", rows.bytes(6)), report, event, words.text());
  }
}

}  // namespace

std::string word(Kind kind, std::string_view text) {
  return std::string(1, static_cast<char>(kind)).append(text);
}

int tenths_of(double confidence) { return static_cast<int>(std::clamp(confidence, 0.0, 1.0) * 10); }

std::vector<std::string_view> runs_in(std::string_view folded) {
  std::vector<std::string_view> runs;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  const auto size = static_cast<std::int32_t>(folded.size());
  std::int32_t begin = -1;
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t here = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    const bool inside = c > 0 && u_isalnum(c);
    if (inside && begin < 0) begin = here;
    if (!inside && begin >= 0) {
      runs.push_back(
          folded.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(here - begin)));
      begin = -1;
    }
  }
  if (begin >= 0) runs.push_back(folded.substr(static_cast<std::size_t>(begin)));
  return runs;
}

std::vector<std::string> words_from(Database& database, Kind kind, std::string_view beginning,
                                    std::int64_t most) {
  const std::string first = word(kind, beginning), end = first + "\U0010FFFF";
  std::vector<std::string> words;
  auto rows = database.select("SELECT word FROM fact_words WHERE word >= ?1 AND word < ?2 LIMIT ?3",
                              {first, end, most});
  while (rows.next()) words.push_back(rows.text(0));
  return words;
}

std::string query_for(Database& database, Kind kind, std::string_view folded_name) {
  // The index gathers all that begins so before it gives the first; it is quicker to name them.
  constexpr std::int64_t kMostNamed = 40;
  const auto runs = runs_in(folded_name);
  // No name is without a letter or digit.
  if (runs.empty()) return kNothing;
  std::string query;
  for (const std::string_view run : runs) {
    if (!query.empty()) query += " AND ";
    if (run.data() != runs.back().data() || !folded_name.ends_with(run)) {
      query += fmt::format("\"{}\"", word(kind, run));
      continue;
    }
    const auto words = words_from(database, kind, run, kMostNamed);
    if (words.empty()) return kNothing;
    query += std::ssize(words) == kMostNamed
                 ? fmt::format("\"{}\"*", word(kind, run))
                 : fmt::format("(\"{}\")", fmt::join(words, "\" OR \""));
  }
  return query;
}

std::int64_t place_of(std::string_view day) {
  const matching::Day found = matching::day_in(day);
  return (found == matching::kNoDay ? kNoPlace : found + kDaysTo1970) << kDayShift;
}

void keep_happening(Database& database, std::int64_t happening) {
  Words words;
  std::string day;
  {
    auto rows = database.select(
        "SELECT coalesce(day_begin, day_end, published), main, day_begin, day_end FROM happenings "
        "WHERE key = ?",
        {happening});
    if (!rows.next()) return;
    day = rows.text(0);
    if (rows.number(1) != 0) words.add_whole(kWeight, "main");
    words.add_span(rows.bytes(2), rows.bytes(3));
  }
  {
    auto rows = database.select(
        "SELECT f.words FROM tellings t JOIN events e ON e.report = t.report AND "
        "coalesce(e.incident, e.id) = t.incident JOIN event_facts f ON f.report = e.report AND "
        "f.event = e.id WHERE t.happening = ?",
        {happening});
    while (rows.next()) words.add_listed(rows.bytes(0), std::string{kSpan});
  }
  const std::string text = words.text();
  {
    auto rows = database.select("SELECT place, words FROM happening_facts WHERE happening = ?",
                                {happening});
    if (rows.next() && rows.number(0) >> kDayShift == place_of(day) >> kDayShift &&
        rows.bytes(1) == text) {
      return;
    }
  }
  database.run("DELETE FROM happening_facts WHERE happening = ?", happening);
  database.run("INSERT INTO happening_facts VALUES (?, ?, ?)",
               next_place(database, "happening_facts", day), happening, text);
}

void keep(Database& database, std::int64_t report) {
  keep_events(database, report);
  std::vector<std::int64_t> happenings;
  {
    auto rows =
        database.select("SELECT DISTINCT happening FROM tellings WHERE report = ?", {report});
    while (rows.next()) happenings.push_back(rows.number(0));
  }
  for (const std::int64_t happening : happenings) keep_happening(database, happening);
}

void fill(Database& database) {
  auto reports = database.select("SELECT key FROM reports");
  while (reports.next()) keep_events(database, reports.number(0));
  auto happenings = database.select("SELECT key FROM happenings");
  while (happenings.next()) keep_happening(database, happenings.number(0));
}

}  // namespace dateline::chronicle::facts
