// SPDX-License-Identifier: Apache-2.0
#include "reading/places/support.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dateline::reading {

namespace {

using knowledge::Gazetteer;

constexpr double kFine = 0.5, kCoarse = 2;  ///< Degrees.

struct Cell {
  int row = 0, column = 0, columns = 1;
};

/// The cell of a point; rows are of one height, and their cells about as wide as high.
Cell cell_of(Gazetteer::Point point, double size) {
  Cell cell;
  cell.row = static_cast<int>(std::floor((point.lat + 90) / size));
  const double middle = (cell.row + 0.5) * size - 90;
  const double around = 360 / size * std::cos(middle * std::numbers::pi / 180);
  cell.columns = std::max(1, static_cast<int>(around));
  cell.column = static_cast<int>((point.lon + 180) / 360 * cell.columns) % cell.columns;
  return cell;
}

std::uint64_t key_of(int row, int column) {
  return (static_cast<std::uint64_t>(row + 1) << 32) | static_cast<std::uint32_t>(column);
}

/// Calls with each cell that touches the point's, and it.
template <typename Visit>
void visit_around(Gazetteer::Point point, double size, Visit visit) {
  const int middle = cell_of(point, size).row;
  for (int row = middle - 1; row <= middle + 1; ++row) {
    const double lat = (row + 0.5) * size - 90;
    if (lat < -90 || lat > 90) continue;
    const Cell cell = cell_of({lat, point.lon}, size);
    for (int step = -1; step <= 1; ++step) {
      if (cell.columns < 3 && step != 0) continue;
      visit(key_of(row, (cell.column + step + cell.columns) % cell.columns));
    }
  }
}

double get(const std::unordered_map<std::uint64_t, double>& sums, std::uint64_t key) {
  const auto found = sums.find(key);
  return found == sums.end() ? 0 : found->second;
}

/// Only what is small enough to have a place on the map lies near something.
bool is_spot(const Choice& choice) {
  return choice.kind == "town" || choice.kind == "capital" || choice.kind == "admin2";
}

}  // namespace

Support::Support(std::span<const Named> names) {
  for (const Named& named : names) {
    for (const Choice& c : named.choices) {
      if (c.point && is_spot(c)) {
        const Cell fine = cell_of(*c.point, kFine), coarse = cell_of(*c.point, kCoarse);
        fine_[key_of(fine.row, fine.column)] += c.weight;
        coarse_[key_of(coarse.row, coarse.column)] += c.weight;
      }
      if (c.kind == "admin1" || c.kind == "admin2" || c.kind == "country") {
        said_[c.entry] += c.weight;
      }
      if (c.admin1 != Choice::kNone) admin1_[c.admin1] += c.weight;
      if (c.admin2 != Choice::kNone) admin2_[c.admin2] += c.weight;
      if (c.country != Choice::kNone) {
        country_[c.country] += c.weight;
        total_ += c.weight;
      }
    }
  }
}

Support::Of Support::of(const Support& own, const Choice& choice) const {
  Of made;
  const auto less = [](const Sums& all, const Sums& owned, std::uint64_t key) {
    return std::max(0.0, get(all, key) - get(owned, key));
  };
  if (choice.point) {
    visit_around(*choice.point, kFine,
                 [&](std::uint64_t key) { made.near += less(fine_, own.fine_, key); });
    visit_around(*choice.point, kCoarse,
                 [&](std::uint64_t key) { made.around += less(coarse_, own.coarse_, key); });
  }
  if (choice.admin1 != Choice::kNone) {
    made.admin1 = less(admin1_, own.admin1_, choice.admin1);
    made.admin1_said = less(said_, own.said_, choice.admin1);
  }
  if (choice.admin2 != Choice::kNone) {
    made.admin2 = less(admin2_, own.admin2_, choice.admin2);
    made.admin2_said = less(said_, own.said_, choice.admin2);
  }
  if (choice.country != Choice::kNone) {
    made.country = less(country_, own.country_, choice.country);
    made.country_said = less(said_, own.said_, choice.country);
    made.country_share = made.country / std::max(1e-9, total_ - own.total_);
  }
  if (choice.kind == "admin1") made.contains = made.admin1;
  if (choice.kind == "admin2") made.contains = made.admin2;
  return made;
}

}  // namespace dateline::reading
