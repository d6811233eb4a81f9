// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/blocks.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace dateline::chronicle::matching {

namespace {

constexpr std::size_t kWordsOfReport = 16, kWordsOfTelling = 6;
constexpr float kRare = 2.5F;  // In one of twelve reports, or fewer.
constexpr Day kWide = 62, kLongAgo = 31;

std::int32_t month_of(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return 12 * int(date.year()) + static_cast<std::int32_t>(unsigned(date.month())) - 1;
}

void add_rarest(const Weighed& words, std::size_t most, std::int32_t month, const Rarity& rarity,
                std::vector<Key>& keys) {
  std::vector<Weighed::Word> rare;
  std::ranges::copy_if(words.words, std::back_inserter(rare),
                       [&](const auto& word) { return rarity.of(word.id) >= kRare; });
  std::ranges::sort(rare, [](const auto& a, const auto& b) {
    return std::tie(b.weight, a.id) < std::tie(a.weight, b.id);
  });
  rare.resize(std::min(rare.size(), most));
  for (const auto& word : rare) keys.push_back({word.id, month});
}

}  // namespace

std::vector<Key> keys_of(const Compared& report, const Rarity& rarity) {
  std::vector<Key> keys;
  const Day published = report.profile.published;
  if (published != kNoDay) {
    add_rarest(report.words, kWordsOfReport, month_of(published), rarity, keys);
  }
  for (std::size_t t = 0; t < report.tellings.size(); ++t) {
    const Telling& telling = report.profile.tellings[t];
    if (telling.begin == kNoDay || telling.end - telling.begin > kWide) continue;
    if (published != kNoDay && std::abs(telling.begin - published) <= kLongAgo) continue;
    add_rarest(report.tellings[t], kWordsOfTelling, month_of(telling.begin), rarity, keys);
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace dateline::chronicle::matching
