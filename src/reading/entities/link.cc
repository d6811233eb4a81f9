// Which mentions are one entity: each goes to the likeliest of those before it, where that is
// likely enough; and a name also to the names that the rules joined it with, where the trees do not
// speak against it.
//
// Better alone than with another: clusters with names of two people, of two countries or of two
// genders are never joined.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "reading/entities/draft.h"
#include "reading/entities/pairs.h"
#include "reading/trace.h"

namespace dateline::reading::entities {

namespace {

constexpr float kSure = 0.8F;     ///< From here on any two are joined.
constexpr float kGoesOn = 0.95F;  ///< That who adds something is who spoke before.
constexpr float kRuled = 0.15F;   ///< From here on names that the rules joined.
constexpr float kGuessed = 0.1F;  ///< What the rules' guess of a pronoun counts.
constexpr float kName = 0.33F, kNominal = 0.33F;
/// Pronouns by whom they speak of: nobody told, he, she, it, they, I, we, you.
constexpr std::array<float, 8> kPronoun = {0.33F, 0.1F, 0.1F, 0.3F, 0.3F, 0.2F, 0.25F, 0.25F};
constexpr std::size_t kMostNames = 12;  ///< Different ones that a cluster is known by.

class Linker {
 public:
  Linker(Draft& draft, const Links& links) : draft_(draft), pairs_(draft), links_(links) {}

  void run() {
    const std::vector<Cluster> ruled = std::move(draft_.clusters);
    draft_.clusters.clear();
    auto& mentions = draft_.mentions;
    for (Mention& mention : mentions) mention.cluster = kNone;
    for (std::uint32_t m = 0; m < mentions.size(); ++m) {
      if (mentions[m].describes != kNone) continue;
      mentions[m].cluster = draft_.add_cluster(mentions[m]);
      names_.resize(draft_.clusters.size());
      if (mentions[m].form == Form::kName) names_.back().push_back(m);
      link(m);
    }
    for (const auto& [a, b] : draft_.certain) join(a, b);
    settle(ruled);
  }

 private:
  void link(std::uint32_t m) {
    const Facts& facts = pairs_[m];
    const bool name = facts.shape == Shape::kName;
    const float enough = name                             ? kName
                         : facts.shape == Shape::kNominal ? kNominal
                                                          : kPronoun[facts.person];
    weighed_.clear();
    for (const Pairs::Candidate& candidate : pairs_.candidates(m)) {
      const std::uint32_t a = stands_for(candidate.mention);
      if (a == kNone || a == m || draft_.mentions[a].cluster == kNone) continue;
      // "He added": who spoke last.
      const bool same_speaker =
          facts.goes_on && facts.shape == Shape::kPronoun && candidate.speaker;
      const float chance = links_.pairs.score(candidate.row);
      const bool guessed = facts.shape == Shape::kPronoun && facts.rule != kNone &&
                           pairs_[candidate.mention].rule == facts.rule;
      weighed_.push_back({same_speaker ? std::max(chance, kGoesOn) : chance, candidate.mention, a,
                          guessed ? kGuessed : 0});
    }
    std::stable_sort(weighed_.begin(), weighed_.end(), [](const Weighed& x, const Weighed& y) {
      return x.chance + x.guess > y.chance + y.guess;
    });
    bool linked = false;
    for (const Weighed& one : weighed_) {
      const bool ruled = name && pairs_[one.candidate].shape == Shape::kName &&
                         one.chance >= kRuled && pairs_[one.candidate].rule == facts.rule &&
                         facts.rule != kNone;
      const bool wanted = ruled || one.chance >= (linked ? kSure : enough);
      const bool joined = wanted && join(one.mention, m);
      explain(m, one, joined && !linked);
      linked = linked || joined;
    }
  }

  struct Weighed {
    float chance = 0;
    std::uint32_t candidate = 0, mention = 0;  ///< What was weighed, and what it stands for.
    float guess = 0;                           ///< What else speaks for it.
  };

  void explain(std::uint32_t m, const Weighed& one, bool joined) const {
    reading::Trace* trace = draft_.context.trace;
    if (!trace) return;
    const auto span = [&](std::uint32_t of) {
      return draft_.tree.span(draft_.mentions[of].tokens);
    };
    trace->compared.push_back({span(m), span(one.candidate), one.chance, joined});
  }

  /// The mention that an apposition speaks of, any other itself.
  std::uint32_t stands_for(std::uint32_t m) const {
    for (std::uint32_t steps = 0; m != kNone && steps < 4; ++steps) {
      if (draft_.mentions[m].describes == kNone) return m;
      m = draft_.mentions[m].describes;
    }
    return kNone;
  }

  bool join(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = draft_.root(draft_.mentions[a].cluster),
                        y = draft_.root(draft_.mentions[b].cluster);
    if (x == y) return true;
    for (const std::uint32_t one : names_[x]) {
      for (const std::uint32_t other : names_[y]) {
        if (differ(one, other)) return false;
      }
    }
    if (!draft_.join(x, y)) return false;
    auto& names = names_[draft_.root(x)];
    for (const std::uint32_t m : names_[y]) {
      const bool known = std::any_of(names.begin(), names.end(), [&](std::uint32_t other) {
        return pairs_[other].key == pairs_[m].key && pairs_[other].core == pairs_[m].core;
      });
      if (!known && names.size() < kMostNames) names.push_back(m);
    }
    return true;
  }

  /// Whether two names cannot be one entity's: "Ann Lee" and "Bob Lee", "North Bank" and "South
  /// Bank", where no rule knows better.
  bool differ(std::uint32_t m, std::uint32_t n) const {
    const Facts &a = pairs_[m], &b = pairs_[n];
    if (a.country != 0 && b.country != 0) return a.country != b.country;
    if (a.rule == b.rule) return false;
    std::uint32_t shared = 0;
    for (const std::uint32_t id : a.core) {
      shared += std::find(b.core.begin(), b.core.end(), id) != b.core.end() ? 1 : 0;
    }
    const std::uint32_t shorter = std::min(a.core.size, b.core.size);
    const auto person = 1 + static_cast<std::uint8_t>(Kind::kPerson);
    if (a.kind == person || b.kind == person) return shared < std::min(shorter, 2U);
    return shorter > 1 && shared < shorter;
  }

  /// Kinds, genders and roles of the clusters, of what their names were before.
  void settle(const std::vector<Cluster>& ruled) {
    const auto& mentions = draft_.mentions;
    std::vector<std::array<std::uint32_t, 7>> votes(draft_.clusters.size());
    for (std::uint32_t m = 0; m < mentions.size(); ++m) {
      if (mentions[m].cluster == kNone || pairs_[m].kind == 0) continue;
      // A name says it, a longer one before an abbreviation; else a noun; of "I" and "she" it is
      // plain, too.
      const bool longer = pairs_[m].core.size > 1;
      const std::uint32_t weight = mentions[m].form != Form::kName ? 1 : longer ? 3000 : 1000;
      votes[draft_.root(mentions[m].cluster)][pairs_[m].kind - 1] += weight;
    }
    for (std::uint32_t m = 0; m < mentions.size(); ++m) {
      if (mentions[m].cluster == kNone || mentions[m].form != Form::kPronoun) continue;
      auto& mine = votes[draft_.root(mentions[m].cluster)];
      if (pairs_[m].human && std::all_of(mine.begin(), mine.end(), [](auto v) { return v == 0; })) {
        mine[static_cast<std::size_t>(Kind::kPerson)] = 1;
      }
    }
    for (std::uint32_t c = 0; c < draft_.clusters.size(); ++c) {
      const auto most = std::max_element(votes[c].begin(), votes[c].end());
      draft_.clusters[c].kind =
          *most > 0 ? static_cast<Kind>(most - votes[c].begin()) : Kind::kOther;
    }
    for (const Cluster& cluster : ruled) {
      for (const DraftRole& role : cluster.roles) {
        draft_.clusters[draft_.root(mentions[role.holder].cluster)].roles.push_back(role);
      }
    }
  }

  Draft& draft_;
  Pairs pairs_;
  const Links& links_;
  std::vector<std::vector<std::uint32_t>> names_;  ///< Mentions with different names, of a cluster.
  std::vector<Weighed> weighed_;
};

}  // namespace

void link(Draft& draft, const Links& links) { Linker(draft, links).run(); }

}  // namespace dateline::reading::entities
