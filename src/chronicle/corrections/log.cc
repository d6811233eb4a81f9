// SPDX-License-Identifier: Apache-2.0
#include "chronicle/corrections/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace dateline {

namespace {

constexpr std::array<std::string_view, 7> kActs = {"change", "confirm", "reject", "merge",
                                                   "split",  "add",     "undo"};

}  // namespace

std::string_view name_of(Act act) { return kActs.at(static_cast<std::size_t>(act)); }

namespace chronicle::corrections {

namespace {

Act act_called(std::string_view name) {
  return static_cast<Act>(std::ranges::find(kActs, name) - kActs.begin());
}

std::string now() {
  return fmt::format(
      "{:%FT%TZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

void add_values(Database& database, Correction& correction) {
  auto rows = database.select(
      "SELECT field, value, was FROM corrected_values WHERE correction = ? ORDER BY n",
      {correction.number});
  while (rows.next()) correction.values.push_back({rows.text(0), rows.text(1), rows.text(2)});
}

void add_words(Database& database, Correction& correction) {
  auto rows = database.select(
      "SELECT w.part, w.content, w.span_begin, w.span_end, w.words, w.before, w.after, w.event, "
      "w.type, r.key, k.reason, k.correction FROM corrected_words w LEFT JOIN reports r ON "
      "r.content = w.content LEFT JOIN corrected k ON k.correction = w.correction AND k.n = w.n "
      "WHERE w.correction = ? ORDER BY w.n",
      {correction.number});
  while (rows.next()) {
    CorrectionWords& words = correction.words.emplace_back();
    words.part = rows.text(0);
    words.content = rows.text(1);
    words.span = {static_cast<std::uint32_t>(rows.number(2)),
                  static_cast<std::uint32_t>(rows.number(3))};
    words.words = rows.text(4);
    words.before = rows.text(5);
    words.after = rows.text(6);
    words.event = rows.text(7);
    words.type = rows.text(8);
    if (rows.number(9) != 0) words.report = fmt::format("r{}", rows.number(9));
    words.unattached = rows.text(10);
    if (words.report.empty()) words.unattached = "its report is not in this store";
  }
}

}  // namespace

void append(Database& database, Correction& correction) {
  correction.at = now();
  database.run("INSERT INTO corrections (at, who, why, act, undoes) VALUES (?, ?, ?, ?, ?)",
               correction.at, correction.who, known(correction.why), name_of(correction.act),
               correction.undoes ? Value(*correction.undoes) : Value(nullptr));
  correction.number = database.last_key();
  std::int64_t n = 0;
  for (const CorrectedValue& value : correction.values) {
    database.run("INSERT INTO corrected_values VALUES (?, ?, ?, ?, ?)", correction.number, n++,
                 value.field, value.value, known(value.was));
  }
  n = 0;
  for (const CorrectionWords& words : correction.words) {
    database.run("INSERT INTO corrected_words VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 correction.number, n++, words.part, words.content, std::int64_t{words.span.begin},
                 std::int64_t{words.span.end}, words.words, words.before, words.after,
                 known(words.event), known(words.type));
  }
}

std::optional<Correction> numbered(Database& database, std::int64_t number) {
  std::optional<Correction> found;
  {
    auto rows = database.select(
        "SELECT c.n, c.at, c.who, c.why, c.act, c.undoes, u.n FROM corrections c LEFT JOIN "
        "corrections u ON u.undoes = c.n WHERE c.n = ?",
        {number});
    if (!rows.next()) return std::nullopt;
    found = Correction{rows.number(0),
                       rows.text(1),
                       rows.text(2),
                       rows.text(3),
                       act_called(rows.text(4)),
                       {},
                       {},
                       {},
                       {}};
    if (rows.number(5) != 0) found->undoes = rows.number(5);
    if (rows.number(6) != 0) found->undone_by = rows.number(6);
  }
  add_values(database, *found);
  add_words(database, *found);
  return found;
}

std::vector<Correction> standing(Database& database, std::string_view content) {
  std::vector<std::int64_t> numbers;
  {
    auto rows = database.select(
        "SELECT DISTINCT w.correction FROM corrected_words w WHERE w.content = ? AND NOT EXISTS "
        "(SELECT 1 FROM corrections u WHERE u.undoes = w.correction) ORDER BY w.correction",
        {content});
    while (rows.next()) numbers.push_back(rows.number(0));
  }
  std::vector<Correction> all;
  for (const std::int64_t number : numbers) {
    if (auto one = numbered(database, number)) all.push_back(std::move(*one));
  }
  return all;
}

void keep_attached(Database& database, std::int64_t report, const std::vector<Attached>& attached) {
  // What is held together or apart otherwise than before is to be grouped anew.
  const auto regroup = [&] {
    database.run(
        "UPDATE profiles SET pending = 1 WHERE report IN (SELECT o.report FROM corrected k JOIN "
        "corrections c ON c.n = k.correction JOIN corrected o ON o.correction = k.correction WHERE "
        "k.report = ? AND c.act IN ('merge', 'split'))",
        report);
  };
  regroup();
  database.run("DELETE FROM corrected WHERE report = ?", report);
  for (const Attached& at : attached) {
    database.run("INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?)", at.correction,
                 static_cast<std::int64_t>(at.n), report, known(at.event), known(at.incident),
                 at.reason ? Value(std::string_view(at.reason->message)) : Value(nullptr));
  }
  if (!attached.empty()) regroup();
}

}  // namespace chronicle::corrections
}  // namespace dateline
