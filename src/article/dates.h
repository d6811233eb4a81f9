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

/// As normalise_date; reads also what stands in the head of web pages: RFC 2822 ("Mon, 9 Mar 2026
/// 08:30:00 GMT") and "March 9, 2026" or "9 March 2026" with or without a time, which is dropped.
std::optional<std::string> normalise_web_date(std::string_view text);

/// The first day written out in a text, with its year: "March 9, 2026", "9 March 2026" or
/// "2026-03-09"; as "2026-03-09".
std::optional<std::string> find_date(std::string_view text);

}  // namespace dateline::article
