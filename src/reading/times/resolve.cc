// SPDX-License-Identifier: Apache-2.0
#include "reading/times/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace dateline::reading {

namespace {

using knowledge::TimeField;
using knowledge::TimeOp;
using knowledge::TimeUnit;
using F = TimeField;
using std::chrono::days;

/// How much farther off a time counts that the tense speaks against (see nearest_year). Figures of
/// a past quarter are spoken of in the future, too ("will report a third-quarter loss").
struct Leaning {
  double ahead_unknown, back_in_future;
};
constexpr Leaning kMonths{1.4, 50}, kQuarters{4, 2};

/// The year, of this and its neighbours, whose period lies nearest. What the tense speaks against
/// counts as farther off, and, where the tense says nothing, so does the future: by how much was
/// tried on news of three corpora.
template <typename MakePeriod>
int nearest_year(Day from, Tense tense, const Leaning& leaning, MakePeriod period) {
  const double back = tense == Tense::kFuture ? leaning.back_in_future : 1;
  const double ahead = tense == Tense::kPast     ? 9
                       : tense == Tense::kFuture ? 1
                                                 : leaning.ahead_unknown;
  const int now = civil(from).year;
  int best = now;
  double least = 1e9;
  for (int year = now - 1; year <= now + 1; ++year) {
    const Period p = period(year);
    const double distance = p.begin > from ? ahead * static_cast<double>((p.begin - from).count())
                            : p.end < from ? back * static_cast<double>((from - p.end).count())
                                           : 0;
    if (distance < least) {
      least = distance;
      best = year;
    }
  }
  return best;
}

TimeUnit unit_of(const TimeMeaning& m) { return static_cast<TimeUnit>(m.get(F::kUnit)); }

bool is_clock_unit(TimeUnit unit) { return unit <= TimeUnit::kHour; }

std::optional<int> hour_of(const TimeMeaning& m) {
  if (!m.has(F::kHour)) return std::nullopt;
  int hour = m.get(F::kHour);
  if (m.has(F::kPm)) {
    if (hour < 1 || hour > 12) return hour <= 24 ? std::optional<int>(hour) : std::nullopt;
    hour = hour % 12 + (m.get(F::kPm) ? 12 : 0);
  }
  return hour;
}

}  // namespace

int TimeResolver::explicit_year(const TimeMeaning& m) const {
  int year = m.get(F::kYear);
  if (year < 0) {  // two digits: the nearest such year that is not far ahead
    const int two = -1 - year;
    const int now = published_ ? civil(*published_).year : 2000 + two < 2030 ? 2025 : 1999;
    year = now / 100 * 100 + two;
    if (year > now + 20 && year > 100) year -= 100;
  }
  return year;
}

bool TimeResolver::is_ahead(const Period& period) const {
  return published_ && period.begin > *published_;
}

std::optional<Day> TimeResolver::anchor(bool told, TimeUnit unit, Time& time) const {
  const bool ahead = setting_.tense == Tense::kPast && told_ && is_ahead(told_->period);
  const auto& from = ahead ? happened_ : told_;
  if ((told || narrative_) && from) {
    // Of "2027" nobody knows the week before.
    if (from->period.grain > std::max(unit, TimeUnit::kFortnight)) return std::nullopt;
    time.from = from->id;
    return from->period.begin;
  }
  if (published_) time.from = "published";
  return published_;
}

const TimeResolver::Told* TimeResolver::line() const {
  if (last_ && last_->sentence == setting_.sentence) return &*last_;
  return line_ ? &*line_ : last_ ? &*last_ : nullptr;
}

/// Whether a date stands alone, decades off the line of a history: when its sources were found,
/// when something had last been done. The line jumps where the next date is near to such a one.
bool TimeResolver::astray(const Period& period) {
  constexpr int kDecadesOff = 30;
  const int year = civil(period.begin).year;
  const auto near = [&](int other) { return std::abs(year - other) <= kDecadesOff; };
  const bool off =
      narrative_ && line_ && !near(civil(line_->period.begin).year) && !(astray_ && near(*astray_));
  astray_ = off ? std::optional(year) : std::nullopt;
  return off;
}

void TimeResolver::remember(const Period& period, const Time& time) {
  last_ = {period, time.id, setting_.sentence};
  if (!setting_.aside && setting_.tense != Tense::kFuture) line_ = last_;
}

bool TimeResolver::resolve(const TimeMatches& matches, std::uint32_t meaning,
                           const TimeSetting& setting, Time& time) {
  const TimeMeaning& m = matches.meanings[meaning];
  const Tense tense = setting.tense;
  setting_ = setting;
  if (m.has(F::kMod)) time.mod = knowledge::kTimeMods[m.get(F::kMod)];
  switch (m.op) {
    case TimeOp::kRef:
      time.type = "DATE";
      time.value = knowledge::kTimeRefs[m.get(F::kRef)];
      return true;
    case TimeOp::kDuration:
      time.type = "DURATION";
      if (unit_of(m) == TimeUnit::kMonth) months_sentence_ = setting.sentence;
      if (m.has(F::kMonth)) {
        week_of_month(m, tense, time);
      } else {
        duration(m, time);
        const bool counted = m.has(F::kAnchor) && setting.happening && time.begin.empty();
        if (counted) time.from = setting.happening->id;
      }
      return true;
    case TimeOp::kSet:
      time.type = "SET";
      set(m, time);
      return true;
    case TimeOp::kShift:
      time.type = "DATE";
      if (!m.has(F::kAnchor) && before_christ(m, time)) return true;
      return shift(matches, m, tense, time);
    default:
      break;
  }
  time.type = "DATE";
  if (before_christ(m, time)) return true;
  if (m.has(F::kHour) || m.has(F::kPart)) return time_of_day(m, tense, time);
  const auto period = date(m, tense, time);
  if (!period) return !time.value.empty();
  finish(*period, m, time);
  return true;
}

/// Years before Christ, and what is told within them: values, but no days of our calendar.
bool TimeResolver::before_christ(const TimeMeaning& m, Time& time) {
  int year = told_before_christ_;
  const bool era = m.get(F::kEra) < 0;
  if (era && m.has(F::kDecade)) {
    time.value = fmt::format("BC{:03}", m.get(F::kDecade) / 10);
    return true;
  }
  if (era && m.has(F::kCentury)) {
    time.value = fmt::format("BC{:02}", std::max(m.get(F::kOrdinal) - 1, 0));
    return true;
  }
  if (era) {
    year = m.has(F::kYear) ? m.get(F::kYear) : m.get(F::kCount);
  } else if (year == 0 || m.has(F::kYear) || m.has(F::kCentury) || m.has(F::kDecade) ||
             m.has(F::kOffset) || m.has(F::kPart) || m.has(F::kHour)) {
    return false;
  } else if (m.op == TimeOp::kShift || m.has(F::kUnit)) {
    // Years count down: the following year has the smaller number.
    const TimeUnit unit = unit_of(m);
    const int count = m.get(F::kCount, 1) * m.get(F::kDir);
    // "30 centuries ago" counts from now, whatever was told.
    const bool counted = m.has(F::kCount) && m.has(F::kSame) && m.base < 0;
    if (m.op == TimeOp::kShift && !counted) return false;
    if (unit == TimeUnit::kDecade || unit == TimeUnit::kCentury) {
      const bool decade = unit == TimeUnit::kDecade;
      year -= count * (decade ? 10 : 100);
      if (year < 1) return false;
      time.value = m.op == TimeOp::kShift ? fmt::format("BC{:04}", year)
                   : decade               ? fmt::format("BC{:03}", year / 10)
                                          : fmt::format("BC{:02}", year / 100);
      return true;
    }
    if (unit == TimeUnit::kYear) year -= count;
    if (m.op == TimeOp::kShift && unit != TimeUnit::kYear) return false;
  } else if (m.has(F::kCount)) {
    return false;
  }
  if (year < 1 || year > 9999) return false;
  told_before_christ_ = year;
  time.value = fmt::format("BC{:04}", year);
  if (m.has(F::kMonth)) time.value += fmt::format("-{:02}", m.get(F::kMonth));
  if (m.has(F::kDay)) time.value += fmt::format("-{:02}", m.get(F::kDay));
  if (m.has(F::kSeason)) {
    time.value += fmt::format("-{}", knowledge::kTimeSeasons[m.get(F::kSeason)]);
  }
  if (m.has(F::kUnit) && unit_of(m) == TimeUnit::kDay) time.value += "-XX-XX";
  return true;
}

bool TimeResolver::put(const Period& period, Time& time) {
  static const Day kFirst = *make_day(1, 1, 1);
  const Day begin = std::max(period.begin, kFirst);  // The first century begins with the year 1.
  if (period.end < begin || !is_written(period.end)) {
    time.value = period.end < begin ? "PAST_REF" : "FUTURE_REF";
    return false;
  }
  time.value = period.value;
  time.begin = format_day(begin);
  time.end = format_day(period.end);
  if (time.from.empty()) time.from = "text";
  return true;
}

void TimeResolver::finish(const Period& period, const TimeMeaning& m, Time& time) {
  if (!put(period, time) || period.grain >= TimeUnit::kDecade) return;
  const bool looks_back = narrative_ && m.has(F::kUnit) && m.get(F::kDir) < 0;
  if (looks_back || astray(period)) {
    last_ = {period, time.id, setting_.sentence};
    return;
  }
  remember(period, time);
  told_ = {period, time.id, setting_.sentence};
  if (!is_ahead(period)) happened_ = told_;
  told_before_christ_ = 0;
  if (period.grain == TimeUnit::kDay) {
    told_day_ = period;
    told_day_id_ = time.id;
  }
  // Figures are of a quarter that is over, or, of a year of its own, at least reported.
  const bool to_come = published_ && period.end >= *published_;
  if (period.grain == TimeUnit::kQuarter && !period.season && m.op == TimeOp::kDate &&
      m.get(F::kQuarter, 1) > 0 && (!to_come || setting_.tense == Tense::kPast)) {
    told_quarter_ = period;
  }
}

std::optional<Period> TimeResolver::date(const TimeMeaning& m, Tense tense, Time& time) {
  if (m.has(F::kMonth) || m.has(F::kHoliday)) {
    const auto found = month_or_day(m, tense, time);
    const bool week = m.has(F::kUnit) && unit_of(m) == TimeUnit::kWeek;  // "the week of March 6"
    return found && week ? std::optional(week_period(found->begin)) : found;
  }
  if (m.has(F::kOffset)) {
    const auto from = published_;
    if (!from) return std::nullopt;
    time.from = "published";
    return day_period(*from + days{m.get(F::kOffset)});
  }
  if (m.has(F::kWeekday)) return weekday_date(m, tense, time);
  if (m.has(F::kQuarter) || m.has(F::kHalf) || m.has(F::kSeason) ||
      (m.has(F::kOrdinal) && !m.has(F::kCentury))) {
    return within_year(m, tense, time);
  }
  if (m.has(F::kCentury)) {
    const int century = m.get(F::kOrdinal);
    if (century < 1 || century > 90) return std::nullopt;
    return century_period((century - 1) * 100);
  }
  if (m.has(F::kDecade)) {
    int decade = m.get(F::kDecade);
    if (decade < 100) {
      const int now = published_ ? civil(*published_).year : 1999;
      decade += now / 100 * 100;
      if (decade > now) decade -= 100;
    }
    return decade_period(decade);
  }
  if (m.has(F::kYear)) return year_period(explicit_year(m));
  if (m.has(F::kCount)) {  // "AD 79"
    const int year = m.get(F::kCount);
    return year >= 1 && year <= 9999 ? std::optional(year_period(year)) : std::nullopt;
  }
  if (m.has(F::kUnit)) return relative(m, tense, time);
  return std::nullopt;
}

/// "March", "March 9", with or without a year.
std::optional<Period> TimeResolver::month_or_day(const TimeMeaning& m, Tense tense, Time& time) {
  const int now_year = published_ ? civil(*published_).year : 2000;
  const bool holiday = m.has(F::kHoliday) && !m.has(F::kMonth);
  const Civil feast = holiday ? civil(holiday_of(now_year, m.get(F::kHoliday))) : Civil{};
  const int month = holiday ? feast.month : m.get(F::kMonth);
  const int day = holiday ? feast.day : m.get(F::kDay);
  if (month < 1 || month > 12) return std::nullopt;
  const auto period = [&](int year) {
    if (holiday) return day_period(holiday_of(year, m.get(F::kHoliday)));
    // A day that the year does not have leaves the month.
    const auto exact = day > 0 ? make_day(year, month, day) : std::nullopt;
    return exact ? day_period(*exact) : month_period(year, month);
  };
  if (m.has(F::kOrder) && m.get(F::kOrder) != order_ && day <= 12 && day != month) {
    return either(explicit_year(m), month, day, tense);
  }
  if (m.has(F::kYear)) return period(explicit_year(m));
  if (m.has(F::kUnit) && unit_of(m) == TimeUnit::kYear) {  // "June of last year"
    TimeMeaning year = m;
    year.fields &= ~(1u << static_cast<unsigned>(F::kMonth));
    const auto found = relative(year, tense, time);
    return found ? std::optional(period(civil(found->begin).year)) : std::nullopt;
  }
  if (m.has(F::kSame) && told_) {  // the end of a range
    time.from = told_->id;
    const Civil before = civil(told_->period.begin);
    return period(before.year + (month < before.month ? 1 : 0));
  }
  const Told* told = line();
  if (narrative_ && told && !m.has(F::kDir)) {
    time.from = told->id;
    const Civil before = civil(told->period.begin);
    // A narrative goes on: an earlier month with no year belongs to the same year unless it lies
    // far back at the turn of the year.
    const bool turned = told->period.grain <= TimeUnit::kMonth && before.month - month >= 8;
    return period(before.year + (turned ? 1 : 0));
  }
  if (!published_) {
    time.value =
        day > 0 ? fmt::format("XXXX-{:02}-{:02}", month, day) : fmt::format("XXXX-{:02}", month);
    return std::nullopt;
  }
  time.from = "published";
  const Civil now = civil(*published_);
  const int wanted = month * 100 + (day > 0 ? day : 0);
  const int current = now.month * 100 + (day > 0 ? now.day : 0);
  if (m.has(F::kDir)) {
    const int dir = m.get(F::kDir);
    if (dir < 0) return period(wanted < current ? now.year : now.year - 1);
    if (dir > 0) return period(wanted > current ? now.year : now.year + 1);
    return period(now.year);
  }
  if (m.has(F::kWeekday) && day > 0) {  // "Monday, March 9": the year in which it is one
    for (const int year : {now.year, now.year - 1, now.year + 1}) {
      const auto exact = make_day(year, month, day);
      if (exact && weekday(*exact) == m.get(F::kWeekday)) return period(year);
    }
  }
  return period(nearest_year(*published_, tense, kMonths, period));
}

/// "3/5/2026": as the report or its country writes days, else the one that the tense allows, else
/// either.
Period TimeResolver::either(int year, int month, int day, Tense tense) const {
  const Period one = day_period(*make_day(year, month, day));
  const Period other = day_period(*make_day(year, day, month));
  if (order_ != 0) return other;
  if (published_ && (tense == Tense::kPast || tense == Tense::kFuture)) {
    const auto fits = [&](const Period& p) { return is_ahead(p) == (tense == Tense::kFuture); };
    if (fits(one) != fits(other)) return fits(one) ? one : other;
  }
  return {TimeUnit::kYear, std::min(one.begin, other.begin), std::max(one.end, other.end),
          fmt::format("{:04}-XX-XX", year)};
}

std::optional<Period> TimeResolver::weekday_date(const TimeMeaning& m, Tense tense, Time& time) {
  const int wanted = m.get(F::kWeekday);
  auto from = published_;
  time.from = "published";
  if (narrative_ && told_day_) {
    from = told_day_->begin;
    time.from = told_day_id_;
  }
  if (!from) {
    time.from.clear();
    time.value = fmt::format("XXXX-WXX-{}", wanted);
    return std::nullopt;
  }
  const int back = (weekday(*from) - wanted + 7) % 7;  // 0 is the day itself
  if (m.has(F::kDir)) {
    const int dir = m.get(F::kDir);
    if (dir < 0) return day_period(*from - days{back == 0 ? 7 : back});
    if (dir > 0) return day_period(*from + days{7 - back});
    return day_period(*from + days{back == 0 ? 0 : tense == Tense::kPast ? -back : 7 - back});
  }
  if (tense == Tense::kFuture) return day_period(*from + days{back == 0 ? 0 : 7 - back});
  return day_period(*from - days{back});
}

/// Quarters, halves and seasons.
std::optional<Period> TimeResolver::within_year(const TimeMeaning& m, Tense tense, Time& time) {
  const auto period = [&](int year) {
    if (m.has(F::kQuarter)) {
      const int quarter = m.get(F::kQuarter);
      if (quarter > 0) return quarter_period(year, quarter);
      // quarter=0: the one spoken of, of another year; the year where none is.
      if (!told_quarter_ || months_sentence_ == setting_.sentence) return year_period(year);
      return quarter_period(year, (civil(told_quarter_->begin).month + 2) / 3);
    }
    if (m.has(F::kHalf)) return half_period(year, m.get(F::kHalf));
    return season_period(year, m.get(F::kSeason));
  };
  if (m.has(F::kYear)) return period(explicit_year(m));
  if (m.has(F::kUnit) && unit_of(m) == TimeUnit::kYear) {
    TimeMeaning year = m;
    const auto found = relative(year, tense, time);
    return found ? std::optional(period(civil(found->begin).year)) : std::nullopt;
  }
  auto from = anchor(m.has(F::kSame), TimeUnit::kYear, time);
  if (narrative_ && !m.has(F::kSame) && line()) {
    from = line()->period.begin;
    time.from = line()->id;
  }
  if (!from) {
    const Period any = period(2000);
    time.value = "XXXX" + any.value.substr(4);
    return std::nullopt;
  }
  const int year = civil(*from).year;
  const Period same = period(year);
  if (narrative_ || m.has(F::kSame)) return same;
  const int dir = m.get(F::kDir, 9);
  if (dir == 0) return same;
  if (dir < 0) return same.end < *from ? same : period(year - 1);
  if (dir == 1) return same.begin > *from ? same : period(year + 1);
  return period(nearest_year(*from, tense, kQuarters, period));
}

/// "last week", "the next day", "that year", "the quarter".
std::optional<Period> TimeResolver::relative(const TimeMeaning& m, Tense tense, Time& time) {
  const TimeUnit unit = unit_of(m);
  if (is_clock_unit(unit)) {
    time.value = m.get(F::kDir) < 0   ? "PAST_REF"
                 : m.get(F::kDir) > 0 ? "FUTURE_REF"
                                      : "PRESENT_REF";
    return std::nullopt;
  }
  if (unit == TimeUnit::kQuarter && m.has(F::kSame)) {  // "the quarter": the one spoken of
    if (told_quarter_ && !told_quarter_->half) {
      time.from = told_->id;
      return told_quarter_;
    }
    if (!published_) return std::nullopt;
    time.from = "published";
    return period_of(unit, moved(*published_, unit, m.get(F::kDir, -1)));
  }
  auto from = anchor(m.has(F::kSame), unit, time);
  const bool past = tense == Tense::kPast;
  if (unit == TimeUnit::kDay && m.has(F::kSame) && told_day_ && !(past && is_ahead(*told_day_))) {
    from = told_day_->begin;
    time.from = told_day_id_;
  }
  if (!from) return std::nullopt;
  if (unit == TimeUnit::kWeekend && !m.has(F::kDir)) {
    const Period now = weekend_period(*from);
    if (tense == Tense::kFuture || now.begin <= *from) return now;
    return weekend_period(*from - days{7});
  }
  const int dir = m.get(F::kDir);
  return period_of(unit, moved(*from, unit, dir));
}

bool TimeResolver::shift(const TimeMatches& matches, const TimeMeaning& m, Tense tense,
                         Time& time) {
  const TimeUnit unit = unit_of(m);
  const int dir = m.get(F::kDir, -1);
  // "on May 3, two days after the raid": the same day once more.
  if ((m.has(F::kAnchor) || m.has(F::kSame)) && told_ && told_->id == setting_.apposed) {
    time.from = told_->id;
    finish(Period(told_->period), m, time);
    return true;
  }
  if (m.has(F::kAnchor) && time.anchor) {
    from_happening(m, time);
    return true;
  }
  if (m.get(F::kSame) < 0) {  // "in two weeks": how long it took, or when it will be
    TimeMeaning plain = m;
    plain.fields &= ~(1u << static_cast<unsigned>(F::kSame));
    if (tense == Tense::kFuture && !is_clock_unit(unit)) return shift(matches, plain, tense, time);
    plain.fields &= ~(1u << static_cast<unsigned>(F::kDir));
    time.type = "DURATION";
    duration(plain, time);
    return true;
  }
  if (m.base >= 0) {
    Time inner;
    inner.id = time.id;
    const auto base = date(matches.meanings[m.base], tense, inner);
    if (!base || !m.has(F::kCount) || is_clock_unit(unit)) {
      time.type = "DURATION";
      duration(m, time);
      return true;
    }
    time.from = inner.from;
    finish(period_of(std::min(unit == TimeUnit::kWeek ? TimeUnit::kDay : unit, base->grain),
                     moved(dir < 0 ? base->begin : base->end, unit, dir * m.at(F::kCount))),
           m, time);
    return true;
  }
  if (!m.has(F::kCount)) {
    time.value = dir < 0 ? "PAST_REF" : "FUTURE_REF";
    return true;
  }
  const double count = m.at(F::kCount);
  // Figures are compared with those of the same quarter of another year; those of nine months are
  // not, nor do they count from the comparison before. What they are compared with is not what the
  // report goes on to tell of.
  const bool figures = unit == TimeUnit::kYear && told_quarter_ && !narrative_;
  const bool of_months = months_sentence_ == setting_.sentence;
  if (figures && !of_months) {
    time.from = told_->id;
    put(period_of(TimeUnit::kQuarter, moved(told_quarter_->begin, unit, dir * count)), time);
    return true;
  }
  // "the day before", with nothing behind it that is counted from
  const bool told = (m.has(F::kSame) || m.has(F::kAnchor)) && told_ && !figures;
  const auto from = anchor(told, unit, time);
  if (!from) return true;
  if (is_clock_unit(unit)) {
    const double hours = unit == TimeUnit::kHour     ? count
                         : unit == TimeUnit::kMinute ? count / 60
                                                     : 0;
    // The hour is not known: a duration, and the day it leads to.
    finish(day_period(moved(*from, TimeUnit::kDay, dir * std::trunc(hours / 24))), m, time);
    time.type = "DURATION";
    time.value = duration_value(unit, count);
    return true;
  }
  finish(period_of(unit, moved(*from, unit, dir * count)), m, time);
  return true;
}

/// "two days after the raid", "the night before the vote": where the day of the happening is known,
/// a day; else how long after or before it was.
void TimeResolver::from_happening(const TimeMeaning& m, Time& time) {
  const TimeUnit unit = unit_of(m);
  const Happening* of = setting_.happening;
  if (of) time.from = of->id;
  const bool exact = of && (of->begin == of->end || unit >= TimeUnit::kYear);
  const int dir = m.get(F::kDir);
  if (exact && m.has(F::kCount) && !is_clock_unit(unit)) {
    finish(period_of(unit, moved(dir < 0 ? of->begin : of->end, unit, dir * m.at(F::kCount))), m,
           time);
  } else if (!m.has(F::kPart)) {
    time.type = "DURATION";
    return duration(m, time);
  }
  if (!m.has(F::kPart)) return;
  time.type = "TIME";
  time.value = fmt::format("{}T{}", time.begin.empty() ? "XXXX-XX-XX" : time.value,
                           knowledge::kTimeParts[m.get(F::kPart)]);
}

void TimeResolver::duration(const TimeMeaning& m, Time& time) const {
  const TimeUnit unit = unit_of(m);
  const auto count = m.has(F::kCount) ? std::optional(m.at(F::kCount)) : std::nullopt;
  time.value = duration_value(unit, count);
  // "the past two months", "the next three days" lie on the calendar.
  const int dir = m.get(F::kDir);
  if (!count || dir == 0 || m.op != TimeOp::kDuration || is_clock_unit(unit)) return;
  const auto from = anchor(m.has(F::kSame), unit, time);
  if (!from) return;
  const Day other = moved(*from, unit, dir * *count);
  if (!is_written(other)) return time.from.clear();
  time.begin = format_day(std::min(*from, other));
  time.end = format_day(std::max(*from, other));
}

/// "the second week of May": a week's days from the 8th on; the last one ends with the month.
void TimeResolver::week_of_month(const TimeMeaning& m, Tense tense, Time& time) {
  const auto month = month_or_day(m, tense, time);
  time.value = duration_value(TimeUnit::kWeek, 1);
  if (!month || !is_written(month->end)) return;
  const int nth = std::clamp(m.get(F::kOrdinal), 1, 9);  // 9: the last
  const Day begin = nth == 9 ? month->end - days{6} : month->begin + days{7 * (nth - 1)};
  time.begin = format_day(std::min(begin, month->end));
  time.end = format_day(std::min(begin + days{6}, month->end));
  if (time.from.empty()) time.from = "text";
  remember(*month, time);
}

void TimeResolver::set(const TimeMeaning& m, Time& time) const {
  if (m.has(F::kWeekday)) {
    time.value = fmt::format("XXXX-WXX-{}", m.get(F::kWeekday));
  } else if (m.has(F::kMonth)) {
    time.value = fmt::format("XXXX-{:02}", m.get(F::kMonth));
  } else if (m.has(F::kSeason)) {
    time.value = fmt::format("XXXX-{}", knowledge::kTimeSeasons[m.get(F::kSeason)]);
  } else if (m.has(F::kPart)) {
    time.value = "XXXX-XX-XX";
  } else {
    time.value = duration_value(unit_of(m), m.has(F::kCount) ? m.at(F::kCount) : 1);
    time.quant = "EVERY";
  }
  if (m.has(F::kPart)) time.value += fmt::format("T{}", knowledge::kTimeParts[m.get(F::kPart)]);
}

bool TimeResolver::time_of_day(const TimeMeaning& m, Tense tense, Time& time) {
  time.type = "TIME";
  const auto hour = hour_of(m);
  if (m.has(F::kHour) && (!hour || *hour > 24)) return false;
  TimeMeaning whole = m;
  std::optional<Period> period;
  const bool dated = m.has(F::kWeekday) || m.has(F::kOffset) || m.has(F::kMonth) ||
                     m.has(F::kHoliday) || m.has(F::kUnit);
  if (dated) {
    period = date(whole, tense, time);
  } else if (m.get(F::kSame) == 2) {  // "in the evening": of a day just told, but of no habit
    if (tense != Tense::kPresent && told_day_ && last_ && last_->id == told_day_id_ &&
        setting_.sentence <= last_->sentence + 1) {
      period = told_day_;
      time.from = told_day_id_;
    }
  } else if (m.has(F::kHour) || m.has(F::kSame)) {
    if (told_day_) {
      period = told_day_;
      time.from = told_day_id_;
    } else if (published_) {
      period = day_period(*published_);
      time.from = "published";
    }
  }
  std::string value = "XXXX-XX-XX";
  if (period && period->grain == TimeUnit::kDay) {
    finish(*period, m, time);
    if (!time.begin.empty()) value = period->value;
  }
  if (hour) {
    time.value = fmt::format("{}T{:02}:{:02}", value, *hour, m.get(F::kMinute));
  } else {
    time.value = fmt::format("{}T{}", value, knowledge::kTimeParts[m.get(F::kPart)]);
  }
  return true;
}

}  // namespace dateline::reading
