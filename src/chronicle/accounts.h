// A happening put together from the accounts of its reports: what most say, where they contradict
// each other, and which count at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

/// What is counted that two reports of one happening must agree on; money or miles are of many
/// things.
inline constexpr std::array<std::string_view, 8> kTolls = {
    "dead", "wounded", "sick", "missing", "displaced", "detained", "abducted", "participants"};

/// The key of the happening of this id, of which this is an account's id, or an event's handle; 0
/// where there is none.
std::int64_t happening_called(Database& database, std::string_view name);

/// Nothing where there is no such happening.
std::optional<Happening> happening_of(Database& database, int version, std::int64_t key,
                                      TollRule rule);

}  // namespace dateline::chronicle
