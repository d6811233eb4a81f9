// SPDX-License-Identifier: Apache-2.0
#include "reading/events/verdict.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace dateline::reading::events {

namespace {

struct Agreement {
  float shared = 0, apart = 0, told = 0;
};

float sum_of(const Chances& chances) {
  float sum = 0;
  for (const auto& [key, chance] : chances) sum += chance;
  return std::min(sum, 1.0f);
}

float shared(const Chances& a, const Chances& b) {
  float sum = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->first == y->first) sum += std::min(x->second, y->second);
    const bool first = x->first <= y->first, second = y->first <= x->first;
    if (first) ++x;
    if (second) ++y;
  }
  return sum;
}

Agreement agreement(const Chances& a, const Chances& b) {
  const float told = std::min(sum_of(a), sum_of(b)), both = shared(a, b);
  return {both, told - both, told};
}

float distance(std::uint32_t a, std::uint32_t b) {
  return static_cast<float>(a > b ? a - b : b - a);
}

/// Puts numbers into a row in the order of its features.
template <class Row>
struct Filling {
  Row row{};
  std::size_t column = 0;

  template <class... Values>
  void add(Values... values) {
    ((row[column++] = static_cast<float>(values)), ...);
  }
};

}  // namespace

SameRow same_row(const Scene& scene, const Trigger& earlier, const Trigger& later, float link,
                 bool exact) {
  const Hearing &a = earlier.hearing, &b = later.hearing;
  const language::Token &first = scene[earlier.token], &second = scene[later.token];
  Filling<SameRow> f;
  f.add(link);
  for (std::size_t m = 0; m < kMatters; ++m) {
    const auto [both, apart, told] = agreement(a.matters[m], b.matters[m]);
    f.add(both, apart, told);
  }
  float status = 0, types = 0;
  for (std::size_t k = 0; k < kStatuses.size(); ++k) {
    status += std::abs(std::exp(a.status[k]) - std::exp(b.status[k]));
  }
  for (std::size_t k = 1; k < kTypes.size(); ++k) {
    types += std::min(earlier.types[k], later.types[k]);
  }
  f.add(shared(a.of(Matter::kActor), b.of(Matter::kRecipient)) +
            shared(a.of(Matter::kRecipient), b.of(Matter::kActor)),
        status,
        !earlier.time || !later.time               ? 0
        : earlier.time->begin == later.time->begin ? 1
                                                   : 2);
  const bool stem = first.lower.substr(0, 4) == second.lower.substr(0, 4);
  f.add(distance(first.sentence, second.sentence), distance(earlier.token, later.token),
        first.lower == second.lower, stem, where_in_report(scene, earlier.token) == 0,
        (first.pos == "VERB" ? 1 : 0) + (second.pos == "VERB" ? 2 : 0), later.type, types);
  f.add(earlier.probability, later.probability, a.main, b.main, std::abs(a.main - b.main), a.is_new,
        b.is_new, std::abs(a.is_new - b.is_new), exact);
  return f.row;
}

LineRow line_row(const Scene& scene, const knowledge::Words& words, const Happening& happening,
                 std::size_t count, bool exact) {
  const auto most = [&](auto value_of) {
    float value = value_of(happening.front());
    for (const Trigger& trigger : happening) value = std::max<float>(value, value_of(trigger));
    return value;
  };
  const auto mean = [&](auto value_of) {
    float sum = 0;
    for (const Trigger& trigger : happening) sum += static_cast<float>(value_of(trigger));
    return sum / static_cast<float>(happening.size());
  };
  const auto told = [&](Matter matter) {
    return most([&](const Trigger& trigger) {
      float likeliest = 0;
      for (const auto& [key, chance] : trigger.hearing.of(matter)) {
        likeliest = std::max(likeliest, chance);
      }
      return likeliest;
    });
  };
  const auto sure = [](const Trigger& trigger) { return trigger.probability; };
  const auto token = [&](const Trigger& trigger) -> const language::Token& {
    return scene[trigger.token];
  };
  const auto surest = std::max_element(
      happening.begin(), happening.end(),
      [](const Trigger& a, const Trigger& b) { return a.probability < b.probability; });
  float second = 0;
  for (std::uint32_t k = 1; k < kTypes.size(); ++k) {
    if (k != surest->type) second = std::max(second, surest->types[k]);
  }
  Filling<LineRow> f;
  f.add(happening.size(), most(sure), mean(sure), mean(sure) * static_cast<float>(happening.size()),
        most([](const Trigger& t) { return 1 - t.types[0]; }), second);
  f.add(told(Matter::kActor), told(Matter::kRecipient), told(Matter::kDay), told(Matter::kPlace));
  for (std::size_t k = 0; k < kStatuses.size(); ++k) {
    f.add(most([&](const Trigger& t) { return t.hearing.status[k]; }));
  }
  f.add(mean([](const Trigger& t) { return t.hearing.main; }),
        most([](const Trigger& t) { return t.hearing.main; }),
        mean([](const Trigger& t) { return t.hearing.is_new; }));
  f.add(happening.front().type, mean([&](const Trigger& t) {
          const auto* row = row_of(words, scene, t);
          return !row ? 0 : row->with.empty() ? 1 : 2;
        }),
        mean([&](const Trigger& t) { return token(t).pos == "VERB"; }),
        mean([&](const Trigger& t) { return token(t).tag == "VBD" || token(t).tag == "VBN"; }),
        mean([](const Trigger& t) { return t.time != nullptr; }));
  f.add(where_in_report(scene, happening.front().token), token(happening.front()).sentence,
        scene.document.sentences.size(), count, exact);
  return f.row;
}

Result<Verdicts> Verdicts::load(const std::filesystem::path& directory) {
  auto same = knowledge::Trees::load(directory / "same_trees.tsv", kSameFeatures);
  if (!same) return tl::unexpected(same.error());
  auto line = knowledge::Trees::load(directory / "line_trees.tsv", kLineFeatures);
  if (!line) return tl::unexpected(line.error());
  return Verdicts{std::move(*same), std::move(*line)};
}

}  // namespace dateline::reading::events
