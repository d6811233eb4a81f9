// A happening put together from the accounts of its reports: what most say, where they contradict
// each other, and which count at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

/// Nothing where there is no such happening.
std::optional<Happening> happening_of(Database& database, int version, std::int64_t key,
                                      TollRule rule);

}  // namespace dateline::chronicle
