// SPDX-License-Identifier: Apache-2.0
#include "chronicle/actors/evidence.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>

#include "chronicle/actors/naming.h"
#include "knowledge/name_key.h"

namespace dateline::chronicle::actors {

namespace {

using knowledge::words_of_key;

// What two persons' names are worth, and those of organisations, which seldom have namesakes.
constexpr double kName = 1, kLongName = 2, kNameOfOrganization = 3;
// A name that one report alone gives beside another may be its reader's mistake.
constexpr double kOtherName = 3, kOtherNameOnce = 1.5, kSpelling = 3;
constexpr double kCountry = 2, kCountryOfReport = 1, kOtherCountry = -4,
                 kOtherCountryOfReport = -.5;
constexpr double kSector = 1, kOtherSide = -2;
constexpr double kEvent = 3, kCompanion = 1, kMostCompanions = 3, kRole = 1, kMaster = 2;
constexpr double kWeek = .5, kOutletWeek = .5;
constexpr double kYearsApart = -1, kDecadeApart = -2, kDecadesApart = -4;
/// By so much one link has to lead another that contradicts it.
constexpr double kLead = 1;
constexpr matching::Day kYear = 365;

constexpr std::array<std::string_view, 10> kPolitical = {"GOV", "MIL", "COP", "JUD", "LEG",
                                                         "SPY", "PTY", "OPP", "ELI", "IGO"};
constexpr std::array<std::string_view, 4> kArmed = {"REB", "UAF", "PRM", "CRM"};

/// Of the state or of politics, armed against it, or neither.
int side_of(std::string_view sector) {
  if (std::ranges::find(kPolitical, sector) != kPolitical.end()) return 0;
  return std::ranges::find(kArmed, sector) != kArmed.end() ? 1 : 2;
}

bool is_sure(std::string_view country) { return !country.empty() && country.front() != '~'; }

std::string_view code_of(std::string_view country) {
  return country.starts_with('~') ? country.substr(1) : country;
}

bool are_elsewhere(const Persona& a, const Persona& b) {
  return is_sure(a.country) && is_sure(b.country) && a.country != b.country;
}

bool are_of_other_sides(const Persona& a, const Persona& b) {
  return !a.sector.empty() && !b.sector.empty() && side_of(a.sector) != side_of(b.sector);
}

double of_countries(const Persona& a, const Persona& b) {
  if (a.country.empty() || b.country.empty()) return 0;
  const bool sure = is_sure(a.country) && is_sure(b.country);
  if (code_of(a.country) == code_of(b.country)) return sure ? kCountry : kCountryOfReport;
  return sure ? kOtherCountry : kOtherCountryOfReport;
}

double of_sectors(const Persona& a, const Persona& b) {
  if (a.sector.empty() || b.sector.empty()) return 0;
  if (a.sector == b.sector) return kSector;
  return are_of_other_sides(a, b) ? kOtherSide : 0;
}

double of_times(const Persona& a, const Persona& b) {
  if (a.first == matching::kNoDay || b.first == matching::kNoDay) return 0;
  const matching::Day gap = std::max(a.first - b.last, b.first - a.last);
  if (gap > 20 * kYear) return kDecadesApart;
  if (gap > 10 * kYear) return kDecadeApart;
  return gap > kYear ? kYearsApart : 0;
}

double of_shared(const Shared& shared) {
  return (shared.events > 0 ? kEvent : 0) +
         std::min(kCompanion * static_cast<double>(shared.companions), kMostCompanions) +
         (shared.roles > 0 ? kRole : 0) + (shared.masters > 0 ? kMaster : 0) +
         (shared.weeks > 0 ? kWeek : 0) + (shared.outlet_weeks > 0 ? kOutletWeek : 0);
}

bool is_among(std::string_view key, const std::vector<std::string>& keys) {
  return std::ranges::find(keys, key) != keys.end();
}

/// Edits that make one word of the other; more than 2 are 3.
std::size_t distance(std::string_view a, std::string_view b) {
  if (a.size() > b.size() + 2 || b.size() > a.size() + 2) return 3;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t kept = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, kept});
    }
  }
  return std::min<std::size_t>(row.back(), 3);
}

/// "peoples mojahedin organization of iran", "peoples mujahedin organization of iran".
bool are_spellings(std::string_view a, std::string_view b) {
  const auto one = words_of_key(a), other = words_of_key(b);
  if (one.size() != other.size() || one.size() < 2) return false;
  std::size_t same = 0;
  for (std::size_t n = 0; n < one.size(); ++n) {
    if (one[n] == other[n]) {
      ++same;
    } else if (one[n].size() < 5 || one[n].front() != other[n].front() ||
               distance(one[n], other[n]) > 2) {
      return false;
    }
  }
  return 2 * same >= one.size();
}

/// What the reports of one persona say of the name of the other.
double of_other_names(const Persona& a, const Persona& b) {
  double best = 0;
  for (const auto& [one, other] : {std::tie(a, b), std::tie(b, a)}) {
    if (!is_among(other.key, one.other_keys)) continue;
    const bool is_told = is_among(other.key, one.well_told) || abbreviates(other.key, one.key);
    best = std::max(best, is_told ? kOtherName : kOtherNameOnce);
  }
  if (best > 0) return best;
  const bool share = std::ranges::any_of(
      a.other_keys, [&](const std::string& key) { return is_among(key, b.other_keys); });
  return share && are_spellings(a.key, b.key) ? kSpelling : 0;
}

double of_names(const Persona& a, const Persona& b) {
  if (a.key == b.key) {
    if (!a.is_person) return kNameOfOrganization;
    return words_of_key(a.key).size() > 2 ? kLongName : kName;
  }
  if (!a.is_person) return of_other_names(a, b);
  return is_among(a.key, b.other_keys) || is_among(b.key, a.other_keys) ? kName : 0;
}

/// Whether both are what one abbreviation stands for: one at most is what it means elsewhere.
bool are_two_expansions(const Persona& a, const Persona& b) {
  return !a.is_person && a.key != b.key && !are_spellings(a.key, b.key) &&
         std::ranges::any_of(a.other_keys, [&](const std::string& key) {
           return key.find(' ') == std::string::npos && is_among(key, b.other_keys);
         });
}

}  // namespace

double likeness(const Persona& a, const Persona& b, const Shared& shared) {
  if (a.is_person != b.is_person || a.fixed || b.fixed) return 0;
  const double names = of_names(a, b);
  if (names == 0) return 0;
  return names + of_countries(a, b) + (a.is_person ? of_sectors(a, b) + of_times(a, b) : 0) +
         of_shared(shared);
}

bool contradict(const Persona& a, const Persona& b) {
  return are_elsewhere(a, b) || (a.is_person && are_of_other_sides(a, b)) ||
         are_two_expansions(a, b);
}

std::vector<std::vector<std::size_t>> grouped(const std::vector<Persona>& personas,
                                              const std::vector<Link>& links) {
  std::map<std::pair<std::size_t, std::size_t>, double> linked;
  std::vector<std::vector<std::size_t>> neighbours(personas.size());
  const auto likeness_of = [&](std::size_t a, std::size_t b) {
    const auto found = linked.find(std::minmax(a, b));
    return found == linked.end() ? 0 : found->second;
  };
  for (const Link& link : links) {
    linked[{link.a, link.b}] = link.likeness;
    neighbours[link.a].push_back(link.b);
    neighbours[link.b].push_back(link.a);
  }
  const auto has_rival = [&](std::size_t of, std::size_t with, double by) {
    return std::ranges::any_of(neighbours[of], [&](std::size_t rival) {
      return rival != with && likeness_of(of, rival) > by - kLead &&
             contradict(personas[with], personas[rival]) && likeness_of(with, rival) == 0;
    });
  };
  std::vector<Link> kept;
  for (const Link& link : links) {
    if (!has_rival(link.a, link.b, link.likeness) && !has_rival(link.b, link.a, link.likeness)) {
      kept.push_back(link);
    }
  }
  std::ranges::sort(kept, [](const Link& x, const Link& y) {
    return std::tie(y.likeness, x.a, x.b) < std::tie(x.likeness, y.a, y.b);
  });
  std::vector<std::vector<std::size_t>> groups(personas.size());
  std::vector<std::size_t> group(personas.size());
  for (std::size_t n = 0; n < personas.size(); ++n) {
    groups[n] = {n};
    group[n] = n;
  }
  for (const Link& link : kept) {
    auto &one = groups[group[link.a]], &other = groups[group[link.b]];
    if (&one == &other) continue;
    const bool meet = std::ranges::any_of(one, [&](std::size_t a) {
      return std::ranges::any_of(other, [&](std::size_t b) {
        return contradict(personas[a], personas[b]) && likeness_of(a, b) == 0;
      });
    });
    if (meet) continue;
    const std::size_t into = group[link.a];
    for (const std::size_t moved : other) group[moved] = into;
    one.insert(one.end(), other.begin(), other.end());
    other.clear();
  }
  std::erase_if(groups, [](const auto& of) { return of.empty(); });
  for (auto& of : groups) std::ranges::sort(of);
  std::ranges::sort(groups);
  return groups;
}

}  // namespace dateline::chronicle::actors
