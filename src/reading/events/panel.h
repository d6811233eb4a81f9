// What heads over several kinds of vectors say together: the weighted mean of their log odds, with
// weights of its own for each question.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "reading/events/heads.h"
#include "reading/vectors.h"

namespace dateline::reading::events {

class Panel {
 public:
  /// The second token of a pair, and how the two stand to each other.
  struct Other {
    std::uint32_t token = 0;
    std::span<const std::uint16_t> features;
  };

  /// How much is given on a member, question by question.
  struct Weights {
    float types = 1, status = 1, main = 1, is_new = 1, link = 1;
    std::array<float, kSlots> slots{1, 1, 1, 1, 1};
  };

  /// Both must outlive the panel's use; all members' vectors are of the same tokens.
  void add(const Heads& heads, const Weights& weights, const Vectors& vectors) {
    members_.push_back({&heads, weights, &vectors});
  }
  void clear() { members_.clear(); }
  language::TokenRange tokens() const { return members_.front().vectors->tokens(); }
  bool holds(std::uint32_t token) const { return members_.front().vectors->holds(token); }

  /// Probabilities of kTypes of each of these tokens, kTypes.size() numbers a token.
  std::vector<float> types(language::TokenRange tokens,
                           std::span<const WordFeatures> features) const;
  /// Log probabilities of kStatuses.
  std::array<float, kStatuses.size()> status(std::uint32_t token) const;
  /// Log odds that it is what the report is about; that it is as new as the report.
  float main(std::uint32_t token, std::uint16_t where) const;
  float is_new(std::uint32_t token, std::uint16_t where) const;
  /// Whether some member knows of a slot.
  bool hears(Slot slot) const;
  /// Log odds of each answer for each of the others.
  std::vector<PairHead::Answer> slot(Slot slot, std::uint32_t trigger,
                                     std::span<const Other> others) const;
  std::vector<PairHead::Answer> link(std::uint32_t trigger, std::span<const Other> others) const;

 private:
  struct Member {
    const Heads* heads;
    Weights weights;
    const Vectors* vectors;
  };

  /// Calls use(member, share) for the members that are heard; shares sum to 1.
  template <class WeightOf, class Use>
  void hear(WeightOf weight_of, Use use) const;
  template <class HeadOf, class WeightOf>
  std::vector<PairHead::Answer> score(HeadOf head_of, WeightOf weight_of, std::uint32_t trigger,
                                      std::span<const Other> others) const;

  std::vector<Member> members_;
};

}  // namespace dateline::reading::events
