// Publication dates as machines write them, brought to one form of ISO 8601.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dateline::article {

/// "2026-03-09" or "2026-03-09T08:30:00+01:00" (seconds and zone only where the input has them; "Z"
/// is kept). Reads ISO 8601's extended and basic forms, with 'T' or a blank before the time, and
/// fractions of a second, which are dropped. Nothing for anything else, for a day or an hour that
/// does not exist, or where the day is missing.
std::optional<std::string> normalise_date(std::string_view text);

/// The day that somebody gives with a report: as normalise_date() and read_stamp() read it, or a
/// day written out with its year and nothing else but a weekday ("Tuesday, 5 May 2026").
std::optional<std::string> read_given_date(std::string_view text);

/// What programs print where they mean a date: seconds or milliseconds since 1970 ("1773045000",
/// "/Date(1773045000000)/"), or the digits of day and time alone ("20260309083000").
std::optional<std::string> read_stamp(std::string_view text);

/// A day of the Solar Hijri calendar, which Iran and Afghanistan count by, in ISO 8601.
std::string gregorian_of_solar(int year, int month, int day);

/// The day after one in ISO 8601: "2026-03-01" after "2026-02-28".
std::string next_day(std::string_view day);

/// Whether a date lies after the day something was fetched, so that it cannot have been published
/// then; clocks differ, so the next day passes. `retrieved` may be empty: then nothing is known.
bool is_future(std::string_view date, std::string_view retrieved);

/// The first day written out in a text, with its year: "March 9, 2026", "9 March 2026" or
/// "2026-03-09"; as "2026-03-09".
std::optional<std::string> find_date(std::string_view text);

}  // namespace dateline::article
