// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/likeness.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "chronicle/matching/copies.h"

namespace dateline::chronicle::matching {

namespace {

constexpr float kUnknown = -1;

template <class Use>
void for_both(const Marks& a, const Marks& b, const Use& use) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) use(*i);
    const std::uint32_t least = std::min(*i, *j);
    if (*i == least) ++i;
    if (*j == least) ++j;
  }
}

float shared(const Marks& a, const Marks& b) {
  float count = 0;
  for_both(a, b, [&](std::uint32_t) { ++count; });
  return count;
}

float any_shared(const Marks& a, const Marks& b) {
  if (a.empty() || b.empty()) return kUnknown;
  return shared(a, b) > 0 ? 1 : 0;
}

/// Of marks, what share of their rarity is among a report's words.
float share_in(const Marks& marks, const Words& words, const Rarity& rarity) {
  float all = 0, in = 0;
  for (const std::uint32_t mark : marks) {
    const float rare = rarity.of(mark);
    all += rare;
    if (std::ranges::binary_search(words, mark, {}, &Counted::id)) in += rare;
  }
  return all > 0 ? in / all : kUnknown;
}

struct Alike {
  float share = kUnknown;  ///< Of the rarity of the one with fewer words.
  float rarest = 0;        ///< Of the words that both have.
};

Alike alike(const std::vector<Party>& a, const std::vector<Party>& b, const Rarity& rarity) {
  Alike best;
  if (a.empty() || b.empty()) return best;
  best.share = 0;
  const auto weight = [&](const Marks& words) {
    float sum = 0;
    for (const std::uint32_t word : words) sum += rarity.of(word);
    return sum;
  };
  for (const Party& x : a) {
    for (const Party& y : b) {
      float both = 0;
      for_both(x.words, y.words, [&](std::uint32_t word) {
        both += rarity.of(word);
        best.rarest = std::max(best.rarest, rarity.of(word));
      });
      const float least = std::min(weight(x.words), weight(y.words));
      if (least > 0) best.share = std::max(best.share, both / least);
    }
  }
  return best;
}

float same_kind(const std::vector<Party>& a, const std::vector<Party>& b) {
  if (a.empty() || b.empty()) return kUnknown;
  for (const Party& x : a) {
    for (const Party& y : b) {
      if (x.kind != 0 && x.kind == y.kind) return 1;
    }
  }
  return 0;
}

Marks words_of(const Telling& telling) {
  Marks all;
  for (const auto* side : {&telling.actors, &telling.recipients}) {
    for (const Party& party : *side) all.insert(all.end(), party.words.begin(), party.words.end());
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// 2 where both may be right, else how near the smaller comes to the greater.
float agreement(const Telling& a, const Telling& b, std::uint32_t counts) {
  float most_a = kUnknown, most_b = kUnknown;
  for (const Toll& x : a.tolls) {
    if (x.counts != counts) continue;
    most_a = std::max(most_a, x.max);
    for (const Toll& y : b.tolls) {
      if (y.counts == counts && std::max(x.min, y.min) <= std::min(x.max, y.max)) return 2;
    }
  }
  for (const Toll& y : b.tolls) {
    if (y.counts == counts) most_b = std::max(most_b, y.max);
  }
  if (most_a < 0 || most_b < 0) return kUnknown;
  return std::max(most_a, most_b) > 0 ? std::min(most_a, most_b) / std::max(most_a, most_b) : 0;
}

float km_apart(const Telling& a, const Telling& b) {
  if (!a.lat || !a.lon || !b.lat || !b.lon) return kUnknown;
  constexpr double kRadians = std::numbers::pi / 180, kEarth = 6371;
  const double up = *a.lat * kRadians, down = *b.lat * kRadians;
  const double turn = (static_cast<double>(*a.lon) - *b.lon) * kRadians;
  const double cosine =
      std::sin(up) * std::sin(down) + std::cos(up) * std::cos(down) * std::cos(turn);
  return static_cast<float>(kEarth * std::acos(std::clamp(cosine, -1.0, 1.0)));
}

/// Days between two stretches of days; 0 where they meet.
float apart(Day a_begin, Day a_end, Day b_begin, Day b_end) {
  if (a_begin == kNoDay || b_begin == kNoDay) return kUnknown;
  const auto gap = std::max<std::int64_t>(
      {static_cast<std::int64_t>(a_begin) - b_end, static_cast<std::int64_t>(b_begin) - a_end, 0});
  return static_cast<float>(gap);
}

/// The rarities of the rarest words that both have.
std::array<float, 4> rarest(const Weighed& a, const Weighed& b, const Rarity& rarity) {
  std::array<float, 4> best{};
  auto other = b.words.begin();
  for (const auto& word : a.words) {
    while (other != b.words.end() && other->id < word.id) ++other;
    if (other == b.words.end()) break;
    if (other->id != word.id) continue;
    float rare = rarity.of(word.id);
    for (float& place : best) {
      if (rare > place) std::swap(rare, place);
    }
  }
  return best;
}

/// How alike each telling of one report is to each of another.
class Grid {
 public:
  Grid(const std::vector<Weighed>& a, const std::vector<Weighed>& b) : width_(b.size()) {
    values_.reserve(a.size() * b.size());
    for (const Weighed& x : a) {
      for (const Weighed& y : b) values_.push_back(likeness(x, y));
    }
  }
  float at(std::size_t i, std::size_t j) const { return values_[i * width_ + j]; }

  struct Standing {
    float nearer_of_b = 0, nearer_of_a = 0;  ///< Tellings that come nearer to the other one.
    float ahead = 0;  ///< How much nearer these two are than the next; below 0: than the nearest.
  };
  Standing standing(std::size_t i, std::size_t j) const {
    Standing found;
    const float own = at(i, j);
    float next = 0;
    for (std::size_t k = 0; k < width_; ++k) {
      if (k == j) continue;
      next = std::max(next, at(i, k));
      found.nearer_of_b += at(i, k) > own ? 1 : 0;
    }
    for (std::size_t k = 0; k * width_ < values_.size(); ++k) {
      if (k == i) continue;
      next = std::max(next, at(k, j));
      found.nearer_of_a += at(k, j) > own ? 1 : 0;
    }
    found.ahead = own - next;
    return found;
  }

 private:
  std::size_t width_;
  std::vector<float> values_;
};

class Rows {
 public:
  Rows(const Compared& a, const Compared& b, const Rarity& rarity)
      : a_(a),
        b_(b),
        rarity_(rarity),
        sentences_(a.tellings, b.tellings),
        around_(a.around, b.around),
        reports_(likeness_of_reports(a, b)),
        copied_(static_cast<float>(shared_text(a.profile.sketch, a.profile.shingles,
                                               b.profile.sketch, b.profile.shingles))) {}

  LikenessRow row(std::size_t i, std::size_t j) {
    row_.fill(kUnknown);
    next_ = 0;
    const Telling &a = a_.profile.tellings[i], &b = b_.profile.tellings[j];
    add_reports();
    add_what(a, b);
    add_when(a, b);
    add_where(a, b);
    add_who(a, b);
    add_how_many(a, b);
    add_words(i, j, a, b);
    return row_;
  }

 private:
  void add(float value) { row_[next_++] = value; }
  void add(std::size_t value) { add(static_cast<float>(value)); }

  void add_reports() {
    add(reports_);
    add(copied_);
    const Day first = a_.profile.published, second = b_.profile.published;
    add(apart(first, first, second, second));
    add(a_.profile.tellings.size());
    add(b_.profile.tellings.size());
  }

  void add_what(const Telling& a, const Telling& b) {
    static const std::uint32_t kViolent = mark_of("ASSAULT");
    add(any_shared(a.types, b.types));
    add(any_shared(a.modes, b.modes));
    add(shared(a.triggers, b.triggers));
    add(share_in(b.triggers, a.words, rarity_));
    add(share_in(a.triggers, b.words, rarity_));
    add(std::size_t(std::ranges::binary_search(a.types, kViolent)) +
        std::size_t(std::ranges::binary_search(b.types, kViolent)));
    add(std::size_t(a.main) + std::size_t(b.main));
    add(any_shared(a.statuses, b.statuses));
    add(std::size_t(a.negated != b.negated));
    add(std::min(a.confidence, b.confidence));
  }

  void add_when(const Telling& a, const Telling& b) {
    add(apart(a.begin, a.end, b.begin, b.end));
    add(std::size_t(a.begin != kNoDay) + std::size_t(b.begin != kNoDay));
    add(a.begin == kNoDay || b.begin == kNoDay
            ? kUnknown
            : static_cast<float>(std::max(static_cast<std::int64_t>(a.end) - a.begin,
                                          static_cast<std::int64_t>(b.end) - b.begin)));
    add(std::size_t(a.inferred) + std::size_t(b.inferred));
    const Day published = b_.profile.published;
    add(published == kNoDay ? kUnknown : apart(a.begin, a.end, published, published));
  }

  void add_where(const Telling& a, const Telling& b) {
    add(std::size_t(a.placed) + std::size_t(b.placed));
    add(a.geonameid == 0 || b.geonameid == 0 ? kUnknown : float(a.geonameid == b.geonameid));
    add(km_apart(a, b));
    add(a.country == 0 || b.country == 0 ? kUnknown : float(a.country == b.country));
    add(shared(a.place_words, b.place_words));
    add(share_in(b.place_words, a.around, rarity_));
    add(share_in(a.place_words, b.around, rarity_));
    add(any_shared(a.towns, b.towns));
    add(std::size_t(!a.towns.empty()) + std::size_t(!b.towns.empty()));
  }

  void add_who(const Telling& a, const Telling& b) {
    const Alike actors = alike(a.actors, b.actors, rarity_);
    const Alike recipients = alike(a.recipients, b.recipients, rarity_);
    add(actors.share);
    add(actors.rarest);
    add(recipients.share);
    add(recipients.rarest);
    add(std::max(alike(a.actors, b.recipients, rarity_).share,
                 alike(a.recipients, b.actors, rarity_).share));
    add(std::size_t(!a.actors.empty()) + std::size_t(!b.actors.empty()));
    add(std::size_t(!a.recipients.empty()) + std::size_t(!b.recipients.empty()));
    add(same_kind(a.actors, b.actors));
    add(same_kind(a.recipients, b.recipients));
    add(share_in(words_of(b), a.around, rarity_));
    add(share_in(words_of(a), b.around, rarity_));
    add(any_shared(a.people, b.people));
    float rarest_person = 0;
    for_both(a.people, b.people, [&](std::uint32_t word) {
      rarest_person = std::max(rarest_person, rarity_.of(word));
    });
    add(rarest_person);
    add(std::size_t(!a.people.empty()) + std::size_t(!b.people.empty()));
    add(std::max(rarest_near(a.recipients, b.around), rarest_near(b.recipients, a.around)));
    add(std::max(rarest_near(a.actors, b.around), rarest_near(b.actors, a.around)));
    add(std::max(rarest_near(a.people, b.around), rarest_near(b.people, a.around)));
  }

  /// Of these words, the rarity of the rarest that stands among others.
  float rarest_near(const Marks& marks, const Words& near) const {
    float rarest = 0;
    for (const std::uint32_t mark : marks) {
      if (std::ranges::binary_search(near, mark, {}, &Counted::id)) {
        rarest = std::max(rarest, rarity_.of(mark));
      }
    }
    return rarest;
  }
  float rarest_near(const std::vector<Party>& parties, const Words& near) const {
    float rarest = 0;
    for (const Party& party : parties) rarest = std::max(rarest, rarest_near(party.words, near));
    return rarest;
  }

  void add_how_many(const Telling& a, const Telling& b) {
    static const std::uint32_t kDead = mark_of("dead"), kWounded = mark_of("wounded");
    add(agreement(a, b, kDead));
    add(agreement(a, b, kWounded));
    float other = kUnknown;
    for (const Toll& toll : a.tolls) {
      if (toll.counts != kDead && toll.counts != kWounded) {
        other = std::max(other, agreement(a, b, toll.counts));
      }
    }
    add(other);
    add(std::size_t(!a.tolls.empty()) + std::size_t(!b.tolls.empty()));
  }

  void add_words(std::size_t i, std::size_t j, const Telling& a, const Telling& b) {
    add(sentences_.at(i, j));
    add(around_.at(i, j));
    for (const float rare : rarest(a_.tellings[i], b_.tellings[j], rarity_)) add(rare);
    add(share_within(a_.tellings[i], b_.words));
    add(share_within(b_.tellings[j], a_.words));
    add(std::size_t(a.sentence));
    add(std::size_t(b.sentence));
    const auto standing = sentences_.standing(i, j);
    add(standing.nearer_of_b);
    add(standing.nearer_of_a);
    add(standing.ahead);
    const auto around = around_.standing(i, j);
    add(around.nearer_of_b);
    add(around.nearer_of_a);
  }

  const Compared &a_, &b_;
  const Rarity& rarity_;
  const Grid sentences_, around_;
  const float reports_, copied_;
  LikenessRow row_{};
  std::size_t next_ = 0;
};

std::vector<Weighed> weighed(const std::vector<Telling>& tellings, Words Telling::* words,
                             const Rarity& rarity) {
  std::vector<Weighed> all;
  all.reserve(tellings.size());
  for (const Telling& telling : tellings) all.emplace_back(telling.*words, rarity);
  return all;
}

}  // namespace

Compared::Compared(Profile given, const Rarity& rarity)
    : profile(std::move(given)),
      words(profile.words, rarity),
      tellings(weighed(profile.tellings, &Telling::words, rarity)),
      around(weighed(profile.tellings, &Telling::around, rarity)) {}

float likeness_of_reports(const Compared& a, const Compared& b) {
  return likeness(a.words, b.words);
}

std::vector<LikenessRow> likeness_rows(const Compared& a, const Compared& b, const Rarity& rarity) {
  Rows rows(a, b, rarity);
  std::vector<LikenessRow> all;
  all.reserve(a.tellings.size() * b.tellings.size());
  for (std::size_t i = 0; i < a.tellings.size(); ++i) {
    for (std::size_t j = 0; j < b.tellings.size(); ++j) all.push_back(rows.row(i, j));
  }
  return all;
}

bool is_told_apart(const Telling& a, const Telling& b) {
  constexpr float kDaysApart = 2, kDaysFarApart = 3;
  for (const Telling* one : {&a, &b}) {
    if (one->begin == kNoDay || one->inferred || one->end - one->begin > 1) return false;
  }
  const float days = apart(a.begin, a.end, b.begin, b.end);
  if (days >= kDaysFarApart) return true;
  return days >= kDaysApart && std::ranges::any_of(a.tolls, [&](const Toll& toll) {
           const float agreed = agreement(a, b, toll.counts);
           return agreed != kUnknown && agreed < 1;
         });
}

float Likeness::chance(const Telling& a, const Telling& b, const LikenessRow& row) const {
  constexpr float kToldApart = 0.1F;
  return trees.score(row) * (is_told_apart(a, b) ? kToldApart : 1);
}

Result<Likeness> Likeness::load(const std::filesystem::path& directory) {
  auto rarity = Rarity::load(directory / "rarity.tsv");
  if (!rarity) return tl::unexpected(rarity.error());
  auto trees = knowledge::Trees::load(directory / "likeness.tsv", kLikenessFeatures);
  if (!trees) return tl::unexpected(trees.error());
  return Likeness{std::move(*rarity), std::move(*trees)};
}

}  // namespace dateline::chronicle::matching
