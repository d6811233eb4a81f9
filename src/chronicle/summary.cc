// SPDX-License-Identifier: Apache-2.0
#include "chronicle/summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "chronicle/accounts.h"

namespace dateline::chronicle {

std::optional<Summary> summary_of(Database& database, int version, std::int64_t key) {
  const auto happening = happening_of(database, version, key, TollRule::kLatestOfficial);
  if (!happening) return std::nullopt;
  return Summary{{{"type", happening->type},
                  {"day_begin", happening->begin},
                  {"day_end", happening->end},
                  {"published", happening->accounts.front().told.report.published.substr(0, 10)},
                  {"main", happening->main ? "1" : "0"},
                  {"reports", std::to_string(happening->reports)},
                  {"sources", std::to_string(happening->sources)},
                  {"disputed", fmt::format("{}", fmt::join(happening->disputed, " "))}}};
}

}  // namespace dateline::chronicle
