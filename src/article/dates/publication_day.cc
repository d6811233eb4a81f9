// SPDX-License-Identifier: Apache-2.0
#include "article/dates/publication_day.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "article/dates/iso.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

constexpr std::size_t kDay = 10;  // Bytes of "2026-03-09".
// A bound on input, not a decision: swept from 5 to 100, only 5 loses a page.
constexpr std::size_t kMostCandidates = 100;

constexpr DaySigns kStated = bit(DaySign::kJsonLd) | bit(DaySign::kMeta) | bit(DaySign::kItem);
constexpr DaySigns kShownAsPublished = bit(DaySign::kTimeNear) | bit(DaySign::kTimeNamed) |
                                       bit(DaySign::kLabelled) | bit(DaySign::kMarked) |
                                       bit(DaySign::kBare);

/// By which a page says in words or names what a day is.
constexpr DaySigns kNamed =
    bit(DaySign::kLabelled) | bit(DaySign::kTimeNamed) | bit(DaySign::kShownUpdate);

/// Hour of an instant in UTC; -1 for any other value.
int utc_hour(std::string_view value) {
  if (!value.ends_with("Z") && !value.ends_with("+00:00")) return -1;
  if (value.size() < kDay + 3) return -1;
  return (value[kDay + 1] - '0') * 10 + (value[kDay + 2] - '0');
}

/// Whether an instant in UTC may be of `day` by the clock of the outlet, which lies up to 12 hours
/// away.
bool is_neighbour(std::string_view value, std::string_view day) {
  const int hour = utc_hour(value);
  if (hour < 0) return false;
  constexpr int kFarthest = 12;  // A fact of clocks; 6 to 18 make no difference.
  return (hour < kFarthest && next_day(day) == value.substr(0, kDay)) ||
         (hour >= kFarthest && next_day(value.substr(0, kDay)) == day);
}

/// "3/9/2026" is read as the day that the page tells of without doubt.
void settle_doubts(std::vector<PublicationDay::Candidate>& all) {
  for (auto& one : all) {
    if (one.other.empty()) continue;
    const auto sure = std::find_if(all.begin(), all.end(), [&](const auto& known) {
      return known.day == one.other && known.other.empty();
    });
    if (sure == all.end()) continue;
    sure->signs |= std::exchange(one.signs, 0);
    sure->told.insert(sure->told.end(), one.told.begin(), one.told.end());
    for (auto& told : sure->told) {
      if (told.second == one.day) told.second = sure->day;
    }
  }
  std::erase_if(all, [](const auto& one) { return one.signs == 0; });
}

/// What the page shows, or its address has, is the outlet's own day; an instant in UTC may be of
/// the next one already. Such instants count for the day that is shown.
void move_to_local_days(std::vector<PublicationDay::Candidate>& all) {
  constexpr DaySigns kLocal =
      kShownAsPublished | bit(DaySign::kFirst) | bit(DaySign::kUrl) | bit(DaySign::kScript);
  constexpr DaySigns kMoved = kStated | bit(DaySign::kMetaLoose);
  for (auto& from : all) {
    if ((from.signs & kMoved) == 0 || (from.signs & bit(DaySign::kFirst)) != 0) continue;
    for (auto& to : all) {
      const bool local = (to.signs & kLocal) != 0 &&
                         std::any_of(from.told.begin(), from.told.end(), [&](const auto& told) {
                           return is_neighbour(told.second, to.day);
                         });
      if (!local) continue;
      to.signs |= from.signs & kMoved;
      from.signs &= ~kMoved;
      break;
    }
  }
}

}  // namespace

Result<DayModel> DayModel::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"sign", "from", "weight"});
  if (!table) return tl::unexpected(table.error());
  DayModel model;
  for (const auto& [cells, line] : table->rows()) {
    const auto weight = knowledge::parse_double(cells[2]);
    if (!weight) {
      return fail(3010, fmt::format("{}:{}: '{}' is no number", path.string(), line, cells[2]));
    }
    if (cells[0] == "none") {
      model.none_ = *weight;
      continue;
    }
    const auto name = std::find(kDaySignNames.begin(), kDaySignNames.end(), cells[0]);
    if (name == kDaySignNames.end()) {
      return fail(3010, fmt::format("{}:{}: no sign '{}'", path.string(), line, cells[0]));
    }
    const auto sign = static_cast<std::size_t>(name - kDaySignNames.begin());
    model.weights_[sign] = *weight;
    model.from_[sign] = cells[1];
  }
  return model;
}

bool PublicationDay::is_possible(std::string_view value) const {
  return value.size() >= kDay && !is_future(value, retrieved_);
}

void PublicationDay::add(std::string_view value, DaySign sign, std::string_view other) {
  if (!is_possible(value)) return;
  const std::string_view day = value.substr(0, kDay);
  auto one = std::find_if(candidates_.begin(), candidates_.end(),
                          [&](const Candidate& known) { return known.day == day; });
  if (one == candidates_.end()) {
    if (candidates_.size() == kMostCandidates) return;
    one = candidates_.insert(candidates_.end(),
                             Candidate{std::string(day), {}, 0, std::string(other)});
  }
  if (one->other != other) one->other.clear();
  if ((one->signs & bit(sign)) != 0) return;
  one->signs |= bit(sign);
  one->told.emplace_back(sign, value);
}

void PublicationDay::add_modified(std::string_view value) {
  if (modified_.empty() && is_possible(value)) modified_ = value;
}

bool PublicationDay::is_near_midnight() const {
  // West of Greenwich; east of it such hours are few outlets' evenings. Swept with
  // training/article/dates/train.py, 0 to 24: 0 loses a page, 4 to 12 are as good, 24 asks the
  // scripts of every page.
  constexpr int kLatest = 10;
  if (candidates_.size() != 1) return false;
  const auto& told = candidates_.front().told;
  return std::any_of(told.begin(), told.end(), [](const auto& one) {
    const int hour = utc_hour(one.second);
    return hour >= 0 && hour < kLatest;
  });
}

bool PublicationDay::knows(std::string_view value) const {
  return std::any_of(candidates_.begin(), candidates_.end(),
                     [&](const Candidate& one) { return one.day == value.substr(0, kDay); });
}

std::vector<PublicationDay::Candidate> PublicationDay::candidates() const {
  std::vector<Candidate> all = candidates_;
  settle_doubts(all);
  move_to_local_days(all);
  bool states = false, shows = false;
  for (const Candidate& one : all) {
    states = states || (one.signs & kStated) != 0;
    shows = shows || ((one.signs & bit(DaySign::kFirst)) != 0 && (one.signs & kStated) == 0);
  }
  for (Candidate& one : all) {
    if (!month_.empty() && one.day.starts_with(month_)) one.signs |= bit(DaySign::kUrlMonth);
    if (modified_.empty() || !modified_.starts_with(one.day)) continue;
    one.signs |= bit(DaySign::kModified);
    if ((one.signs & kStated) != 0) {
      if (shows) one.signs |= bit(DaySign::kStatedChange);
    } else if (states && (one.signs & kShownAsPublished) != 0 && (one.signs & kNamed) == 0) {
      one.signs |= bit(DaySign::kShownChange);
    }
  }
  return all;
}

PublicationDay::Choice PublicationDay::choose(const DayModel& model) const {
  const std::vector<Candidate> all = candidates();
  const Candidate* best = nullptr;
  double most = model.none(), sum = std::exp(model.none());
  for (const Candidate& one : all) {
    double score = 0;
    for (std::size_t sign = 0; sign < kDaySignNames.size(); ++sign) {
      if ((one.signs >> sign & 1) != 0) score += model.weight(static_cast<DaySign>(sign));
    }
    sum += std::exp(score);
    if (score <= most) continue;
    most = score;
    best = &one;
  }
  if (best == nullptr) return {};
  // Told by the weightiest sign, with the time of day where one has it.
  const auto weightiest = [&](bool timed) {
    const std::pair<DaySign, std::string>* found = nullptr;
    for (const auto& told : best->told) {
      if ((timed && told.second.size() <= kDay) || model.from(told.first).empty()) continue;
      if (found == nullptr || model.weight(told.first) > model.weight(found->first)) found = &told;
    }
    return found;
  };
  const auto* told = weightiest(true);
  if (told == nullptr) told = weightiest(false);
  if (told == nullptr) return {};
  // To two digits: more are not known, and do not come out alike everywhere.
  return {told->second, model.from(told->first), std::round(100 * std::exp(most) / sum) / 100};
}

}  // namespace dateline::article
