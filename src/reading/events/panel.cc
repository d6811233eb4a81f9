// SPDX-License-Identifier: Apache-2.0
#include "reading/events/panel.h"

#include <algorithm>
#include <cmath>

namespace dateline::reading::events {

template <class WeightOf, class Use>
void Panel::hear(WeightOf weight_of, Use use) const {
  float sum = 0;
  for (const Member& member : members_) sum += weight_of(member.weights);
  for (const Member& member : members_) {
    const float weight = weight_of(member.weights);
    if (weight > 0) use(member, weight / sum);
  }
}

std::vector<float> Panel::types(language::TokenRange tokens,
                                std::span<const WordFeatures> features) const {
  const std::size_t rows = tokens.end - tokens.begin;
  std::vector<float> sum(rows * kTypes.size(), 0.0f);
  hear([](const Weights& w) { return w.types; },
       [&](const Member& member, float share) {
         const float* first = member.vectors->of(tokens.begin);
         const auto scores =
             member.heads->types({first, first + rows * member.heads->width()}, features);
         for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += share * scores[k];
       });
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = sum.data() + r * kTypes.size();
    float all = 0;
    for (std::size_t k = 0; k < kTypes.size(); ++k) all += row[k] = std::exp(row[k]);
    for (std::size_t k = 0; k < kTypes.size(); ++k) row[k] /= all;
  }
  return sum;
}

std::array<float, kStatuses.size()> Panel::status(std::uint32_t token) const {
  std::array<float, kStatuses.size()> sum{};
  hear([](const Weights& w) { return w.status; },
       [&](const Member& member, float share) {
         const auto scores = member.heads->status(member.vectors->of(token));
         for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += share * scores[k];
       });
  return sum;
}

float Panel::main(std::uint32_t token, std::uint16_t where) const {
  float sum = 0;
  hear([](const Weights& w) { return w.main; },
       [&](const Member& member, float share) {
         sum += share * member.heads->main(member.vectors->of(token), where);
       });
  return sum;
}

float Panel::is_new(std::uint32_t token, std::uint16_t where) const {
  float sum = 0;
  hear([](const Weights& w) { return w.is_new; },
       [&](const Member& member, float share) {
         sum += share * member.heads->is_new(member.vectors->of(token), where);
       });
  return sum;
}

template <class HeadOf, class WeightOf>
std::vector<PairHead::Answer> Panel::score(HeadOf head_of, WeightOf weight_of,
                                           std::uint32_t trigger,
                                           std::span<const Other> others) const {
  std::vector<PairHead::Answer> sum(others.size(), PairHead::Answer{});
  hear(weight_of, [&](const Member& member, float share) {
    std::vector<PairHead::Second> seconds;
    seconds.reserve(others.size());
    for (const Other& other : others) {
      seconds.push_back({member.vectors->of(other.token), other.features});
    }
    const auto scores = head_of(*member.heads).score(member.vectors->of(trigger), seconds);
    for (std::size_t k = 0; k < sum.size(); ++k) {
      for (std::size_t a = 0; a < sum[k].size(); ++a) sum[k][a] += share * scores[k][a];
    }
  });
  return sum;
}

bool Panel::hears(Slot slot) const {
  const auto number = static_cast<std::size_t>(slot);
  return std::any_of(members_.begin(), members_.end(), [&](const Member& member) {
    return member.weights.slots[number] > 0 && member.heads->slot(slot).known();
  });
}

std::vector<PairHead::Answer> Panel::slot(Slot slot, std::uint32_t trigger,
                                          std::span<const Other> others) const {
  const auto number = static_cast<std::size_t>(slot);
  return score([&](const Heads& heads) -> const PairHead& { return heads.slot(slot); },
               [&](const Weights& w) { return w.slots[number]; }, trigger, others);
}

std::vector<PairHead::Answer> Panel::link(std::uint32_t trigger,
                                          std::span<const Other> others) const {
  return score([](const Heads& heads) -> const PairHead& { return heads.link(); },
               [](const Weights& w) { return w.link; }, trigger, others);
}

}  // namespace dateline::reading::events
