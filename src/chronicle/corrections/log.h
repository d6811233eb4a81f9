// The log of corrections in a store: written once, read in its order.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "chronicle/corrections/apply.h"
#include "chronicle/database.h"
#include "dateline/corrections.h"

namespace dateline::chronicle::corrections {

inline constexpr std::string_view kEventPart = "event", kValuePart = "value",
                                  kReportPart = "report";
/// What an event that a person added is called, before its correction's number.
inline constexpr char kAddedId = 'c';

/// Adds a row, and gives it its number and time.
void append(Database& database, Correction& correction);

/// The corrections that hold and rest on words of this content, the first first.
std::vector<Correction> standing(Database& database, std::string_view content);

std::optional<Correction> numbered(Database& database, std::int64_t number);

/// Notes where words of a report's corrections stand now, in place of what was noted.
void keep_attached(Database& database, std::int64_t report, const std::vector<Attached>& attached);

}  // namespace dateline::chronicle::corrections
