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

/// The day after one in ISO 8601: "2026-03-01" after "2026-02-28".
std::string next_day(std::string_view day);

/// Whether a date lies after the day something was fetched, so that it cannot have been published
/// then; clocks differ, so the next day passes. `retrieved` may be empty: then nothing is known.
bool is_future(std::string_view date, std::string_view retrieved);

/// The first day written out in a text, with its year: "March 9, 2026", "9 March 2026" or
/// "2026-03-09"; as "2026-03-09".
std::optional<std::string> find_date(std::string_view text);

}  // namespace dateline::article
