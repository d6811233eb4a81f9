// From what an expression says to the days it means.
//
// Values count from the publication date, or, in narrative and for words such as "the next day",
// from the date told before. The direction of "on Friday" or "in March" comes from words ("last"),
// else from the tense of the verb that governs the expression.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "dateline/record.h"
#include "reading/times/happenings.h"
#include "reading/times/match.h"
#include "reading/times/period.h"
#include "reading/times/tense.h"

namespace dateline::reading {

/// Where an expression stands.
struct TimeSetting {
  Tense tense = Tense::kUnknown;
  bool aside = false;  ///< Of something told by the way: a relative clause, a past perfect.
  std::uint32_t sentence = 0;
  const Happening* happening = nullptr;  ///< Counted from, where its day is known.
  std::string apposed;                   ///< The time it stands behind, with a comma.
};

class TimeResolver {
 public:
  /// `narrative`: dates are told one after the other, far from the day of publication. `order`: how
  /// the report writes days with slashes, 1 the month first, 2 the day, 0 where it does not show.
  TimeResolver(std::optional<Day> published, bool narrative, int order)
      : published_(published), narrative_(narrative), order_(order) {}

  /// Fills type, value, mod, begin, end and from; remembers the date for what follows.
  /// False where the words denote no time after all (a thirteenth month).
  bool resolve(const TimeMatches& matches, std::uint32_t meaning, const TimeSetting& setting,
               Time& time);

 private:
  std::optional<Period> date(const TimeMeaning& m, Tense tense, Time& time);
  std::optional<Period> month_or_day(const TimeMeaning& m, Tense tense, Time& time);
  std::optional<Period> weekday_date(const TimeMeaning& m, Tense tense, Time& time);
  std::optional<Period> within_year(const TimeMeaning& m, Tense tense, Time& time);
  std::optional<Period> relative(const TimeMeaning& m, Tense tense, Time& time);
  bool shift(const TimeMatches& matches, const TimeMeaning& m, Tense tense, Time& time);
  void from_happening(const TimeMeaning& m, Time& time);
  void duration(const TimeMeaning& m, Time& time) const;
  void week_of_month(const TimeMeaning& m, Tense tense, Time& time);
  void set(const TimeMeaning& m, Time& time) const;
  bool before_christ(const TimeMeaning& m, Time& time);
  bool time_of_day(const TimeMeaning& m, Tense tense, Time& time);
  /// False, and "PAST_REF" or "FUTURE_REF" without days, where ISO 8601 cannot write them.
  static bool put(const Period& period, Time& time);
  /// Puts the period and remembers it.
  void finish(const Period& period, const TimeMeaning& m, Time& time);
  int explicit_year(const TimeMeaning& m) const;
  bool astray(const Period& period);
  void remember(const Period& period, const Time& time);
  /// The day that relative words count from, and its name for `from`.
  /// for a time of this unit; what has happened does not count from what has yet to come.
  std::optional<Day> anchor(bool told, knowledge::TimeUnit unit, Time& time) const;
  bool is_ahead(const Period& period) const;
  Period either(int year, int month, int day, Tense tense) const;

  std::optional<Day> published_;
  bool narrative_;
  int order_;
  TimeSetting setting_;
  /// A date told, and the id of its expression.
  struct Told {
    Period period;
    std::string id;
    std::uint32_t sentence = 0;
  };
  /// What a month without a year follows on: a date of the same sentence, else the last that was
  /// not told by the way.
  const Told* line() const;
  std::optional<Told> last_, line_;
  std::optional<int> astray_;  ///< The year of the date before, where that was astray.

  std::optional<Told> told_;                      ///< The last date told,
  std::optional<Told> happened_;                  ///< and the last that was not ahead.
  std::optional<Period> told_day_;                ///< The last that was a day.
  std::optional<Period> told_quarter_;            ///< The last quarter.
  std::optional<std::uint32_t> months_sentence_;  ///< The last sentence with a number of months.
  int told_before_christ_ = 0;                    ///< The year BC told last, or 0.
  std::string told_day_id_;
};

}  // namespace dateline::reading
