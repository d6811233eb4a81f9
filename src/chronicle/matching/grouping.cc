// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/grouping.h"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace dateline::chronicle::matching {

namespace {

/// As so many pairs without a chance counts one of a single report.
constexpr double kApart = 4;

struct Cluster {
  std::vector<std::size_t> tellings;
  std::map<std::size_t, std::size_t> reports;  ///< How many tellings of each.
  std::unordered_map<std::size_t, double>
      chances;  ///< Of each other cluster: the sum over pairs of tellings.
  bool alive = true;
};

/// The likeliest first; of equals those that were made first, so that the order is always the same.
struct Offer {
  double mean;
  std::size_t a, b;
  bool operator<(const Offer& other) const {
    return std::tuple(mean, other.a, other.b) < std::tuple(other.mean, a, b);
  }
};

class Grouping {
 public:
  Grouping(const std::vector<std::size_t>& report, const std::vector<Link>& links,
           const std::vector<Tie>& ties, float threshold)
      : threshold_(threshold), apart_(report.size()) {
    for (std::size_t n = 0; n < report.size(); ++n) {
      clusters_.push_back({{n}, {{report[n], 1}}, {}, true});
      cluster_of_.push_back(n);
    }
    for (const Link& link : links) {
      clusters_[link.a].chances[link.b] = link.chance;
      clusters_[link.b].chances[link.a] = link.chance;
      offer(std::min(link.a, link.b), std::max(link.a, link.b));
    }
    for (const Tie& tie : ties) tie_up(tie);
  }

  std::vector<std::vector<std::size_t>> run() {
    while (!offers_.empty()) {
      const Offer best = offers_.top();
      offers_.pop();
      if (!clusters_[best.a].alive || !clusters_[best.b].alive) continue;
      if (!are_apart(best.a, best.b)) join(best.a, best.b);
    }
    std::vector<std::vector<std::size_t>> groups;
    for (Cluster& cluster : clusters_) {
      if (!cluster.alive) continue;
      std::ranges::sort(cluster.tellings);
      groups.push_back(std::move(cluster.tellings));
    }
    std::ranges::sort(groups);
    return groups;
  }

 private:
  void tie_up(const Tie& tie) {
    const std::size_t a = cluster_of_[tie.a], b = cluster_of_[tie.b];
    if (a == b) return;
    if (!tie.same) {
      apart_[tie.a].push_back(tie.b);
      apart_[tie.b].push_back(tie.a);
    } else if (!are_apart(a, b)) {
      join(std::min(a, b), std::max(a, b));
    }
  }

  bool are_apart(std::size_t a, std::size_t b) const {
    return std::ranges::any_of(clusters_[a].tellings, [&](std::size_t telling) {
      return std::ranges::any_of(apart_[telling],
                                 [&](std::size_t other) { return cluster_of_[other] == b; });
    });
  }

  void offer(std::size_t a, std::size_t b) {
    const Cluster &one = clusters_[a], &other = clusters_[b];
    const double mean = one.chances.at(b) / pairs(one, other);
    if (mean >= threshold_) offers_.push({mean, a, b});
  }

  static double pairs(const Cluster& a, const Cluster& b) {
    double pairs = static_cast<double>(a.tellings.size() * b.tellings.size());
    for (const auto& [report, tellings] : a.reports) {
      const auto found = b.reports.find(report);
      if (found == b.reports.end()) continue;
      pairs += (kApart - 1) * static_cast<double>(tellings * found->second);
    }
    return pairs;
  }

  void join(std::size_t a, std::size_t b) {
    Cluster made;
    for (const std::size_t part : {a, b}) {
      Cluster& from = clusters_[part];
      from.alive = false;
      made.tellings.insert(made.tellings.end(), from.tellings.begin(), from.tellings.end());
      for (const auto& [report, tellings] : from.reports) made.reports[report] += tellings;
      for (const auto& [other, chance] : from.chances) {
        if (other != a && other != b) made.chances[other] += chance;
      }
    }
    const std::size_t number = clusters_.size();
    for (const std::size_t telling : made.tellings) cluster_of_[telling] = number;
    clusters_.push_back(std::move(made));
    for (const auto& [other, chance] : clusters_[number].chances) {
      Cluster& neighbour = clusters_[other];
      neighbour.chances.erase(a);
      neighbour.chances.erase(b);
      neighbour.chances[number] = chance;
      offer(other, number);
    }
  }

  const float threshold_;
  std::vector<Cluster> clusters_;
  std::vector<std::size_t> cluster_of_;          ///< Of each telling.
  std::vector<std::vector<std::size_t>> apart_;  ///< Of each telling: those it must not be with.
  std::priority_queue<Offer> offers_;
};

}  // namespace

double pairs_with(double others, double of_its_report) {
  return others + (kApart - 1) * of_its_report;
}

std::vector<std::vector<std::size_t>> groups_of(const std::vector<std::size_t>& report,
                                                const std::vector<Link>& links,
                                                const std::vector<Tie>& ties, float threshold) {
  return Grouping(report, links, ties, threshold).run();
}

}  // namespace dateline::chronicle::matching
