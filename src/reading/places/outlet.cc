// SPDX-License-Identifier: Apache-2.0
#include "reading/places/outlet.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "knowledge/domains.h"

namespace dateline::reading {

namespace {

using knowledge::Gazetteer;

constexpr std::size_t kShortestName = 4, kLongestHost = 60;
constexpr std::uint32_t kFewestPeople = 2000;
constexpr std::size_t kMostTowns = 64;

double kilometres(Gazetteer::Point a, Gazetteer::Point b) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double lat = std::sin(radians(b.lat - a.lat) / 2),
               lon = std::sin(radians(b.lon - a.lon) / 2);
  const double h = lat * lat + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * lon * lon;
  return 2 * 6371 * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace

Outlet::Outlet(const std::string& address, const knowledge::Countries& countries,
               const Gazetteer& gazetteer) {
  const std::string_view host = knowledge::host_of(address);
  if (host.size() > kLongestHost) return;
  country_ = knowledge::country_of_domain(host, countries);
  for (std::size_t at = 0; at < host.size();) {
    const std::size_t dot = std::min(host.find('.', at), host.size());
    const std::string_view part = host.substr(at, dot - at);
    if (part.size() > host_.size() && part != "www") host_ = part;
    at = dot + 1;
  }
  std::erase(host_, '-');
  for (std::size_t begin = 0; begin < host_.size(); ++begin) {
    for (std::size_t size = kShortestName; begin + size <= host_.size(); ++size) {
      for (const auto posting : gazetteer.find(std::string_view(host_).substr(begin, size))) {
        const auto entry = gazetteer[posting.entry()];
        const bool town =
            entry.kind == Gazetteer::Kind::kTown || entry.kind == Gazetteer::Kind::kCapital;
        if (town && entry.point && !posting.is_other_name() && entry.population >= kFewestPeople &&
            towns_.size() < kMostTowns) {
          towns_.push_back(*entry.point);
        }
      }
    }
  }
}

bool Outlet::has_name(const std::string& form) const {
  std::string together = form;
  std::erase(together, ' ');
  return together.size() >= kShortestName && host_.find(together) != std::string::npos;
}

double Outlet::nearness(Gazetteer::Point point) const {
  constexpr double kNear = 80;  // Kilometres at which nearness has fallen to 1/e.
  double best = 0;
  for (const auto& town : towns_) best = std::max(best, std::exp(-kilometres(town, point) / kNear));
  return best;
}

int Outlet::country_says(std::string_view code) const {
  if (country_.empty() || code.empty()) return 0;
  return country_ == code ? 1 : -1;
}

}  // namespace dateline::reading
