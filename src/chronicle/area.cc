// SPDX-License-Identifier: Apache-2.0
#include "chronicle/area.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "chronicle/database.h"

namespace dateline::chronicle {

namespace {

constexpr std::array<double, 5> kSizes = {45, 9, 1.8, 0.36, 0.072};  // In degrees.
/// The index looks each of them up. Of the largest there are forty in all.
constexpr int kMostCells = 40;
constexpr double kKmOfDegree = 111.2;

struct Cell {
  int row, column;
};

/// The poles and the date line lie in the last cells.
Cell cell_at(const Point& point, double size) {
  const int rows = static_cast<int>(180 / size), columns = static_cast<int>(360 / size);
  return {std::clamp(static_cast<int>((point.lat + 90) / size), 0, rows - 1),
          std::clamp(static_cast<int>((point.lon + 180) / size), 0, columns - 1)};
}

std::string name_of(std::size_t level, int row, int column) {
  return fmt::format("{}-{}-{}", level, row, column);
}

bool is_within(const Point& point, const Box& box) {
  const bool beside = box.west <= box.east ? box.west <= point.lon && point.lon <= box.east
                                           : box.west <= point.lon || point.lon <= box.east;
  return beside && box.south <= point.lat && point.lat <= box.north;
}

/// SQL's values as numbers; nothing where one is NULL.
template <std::size_t kCount>
std::optional<std::array<double, kCount>> numbers_in(sqlite3_value** values) {
  std::array<double, kCount> numbers{};
  for (std::size_t at = 0; at < kCount; ++at) {
    if (sqlite3_value_type(values[at]) == SQLITE_NULL) return std::nullopt;
    numbers[at] = sqlite3_value_double(values[at]);
  }
  return numbers;
}

void within_in_sql(sqlite3_context* context, int, sqlite3_value** values) {
  const auto n = numbers_in<6>(values);
  sqlite3_result_int(context,
                     n && is_within({(*n)[0], (*n)[1]}, {(*n)[2], (*n)[3], (*n)[4], (*n)[5]}));
}

void km_in_sql(sqlite3_context* context, int, sqlite3_value** values) {
  const auto n = numbers_in<4>(values);
  if (n) sqlite3_result_double(context, km_between({(*n)[0], (*n)[1]}, {(*n)[2], (*n)[3]}));
}

bool is_latitude(double degrees) { return degrees >= -90 && degrees <= 90; }
bool is_longitude(double degrees) { return degrees >= -180 && degrees <= 180; }

}  // namespace

std::vector<std::string> cells_at(const Point& point) {
  std::vector<std::string> cells;
  for (std::size_t level = 0; level < kSizes.size(); ++level) {
    const Cell cell = cell_at(point, kSizes[level]);
    cells.push_back(name_of(level, cell.row, cell.column));
  }
  return cells;
}

std::vector<std::string> cells_of(const Box& box) {
  std::vector<std::string> cells;
  for (std::size_t level = kSizes.size(); level-- > 0;) {
    const double size = kSizes[level];
    const int columns = static_cast<int>(360 / size);
    const Cell first = cell_at({box.south, box.west}, size),
               last = cell_at({box.north, box.east}, size);
    int wide = last.column - first.column + 1;
    if (box.west > box.east) wide = std::min(wide + columns, columns);
    if ((last.row - first.row + 1) * wide > kMostCells && level > 0) continue;
    for (int row = first.row; row <= last.row; ++row) {
      for (int n = 0; n < wide; ++n) {
        cells.push_back(name_of(level, row, (first.column + n) % columns));
      }
    }
    break;
  }
  return cells;
}

Box box_around(const Point& centre, double km) {
  const double up = km / kKmOfDegree;
  Box box{-180, std::max(centre.lat - up, -90.0), 180, std::min(centre.lat + up, 90.0)};
  const double thinnest =
      std::cos(std::max(std::abs(box.south), std::abs(box.north)) * std::numbers::pi / 180);
  const double aside = up / std::max(thinnest, 1e-9);
  if (aside >= 180) return box;  // Round a pole, or half the earth.
  const auto wrapped = [](double lon) {
    return lon < -180 ? lon + 360 : lon > 180 ? lon - 360 : lon;
  };
  box.west = wrapped(centre.lon - aside);
  box.east = wrapped(centre.lon + aside);
  return box;
}

double km_between(const Point& a, const Point& b) {
  constexpr double kRadius = 6371.0, kOfDegree = std::numbers::pi / 180;
  const double up = std::sin((b.lat - a.lat) * kOfDegree / 2),
               aside = std::sin((b.lon - a.lon) * kOfDegree / 2);
  const double chord =
      up * up + std::cos(a.lat * kOfDegree) * std::cos(b.lat * kOfDegree) * aside * aside;
  return 2 * kRadius * std::asin(std::min(1.0, std::sqrt(chord)));
}

std::optional<Error> mistake_in(const Box& box) {
  if (!is_longitude(box.west) || !is_longitude(box.east) || !is_latitude(box.south) ||
      !is_latitude(box.north)) {
    return Error{4020,
                 fmt::format("no box is {},{},{},{}: west, south, east and north are degrees, "
                             "to 180 and to 90",
                             box.west, box.south, box.east, box.north),
                 {}};
  }
  if (box.south > box.north) {
    return Error{4020,
                 fmt::format("the box's south, {}, lies north of its north, {}: give west, "
                             "south, east, north",
                             box.south, box.north),
                 {}};
  }
  return std::nullopt;
}

std::optional<Error> mistake_in(const Around& around) {
  if (!(around.km > 0 && std::isfinite(around.km))) {
    return Error{
        4020, fmt::format("nothing is within {} km: give a distance above 0", around.km), {}};
  }
  if (around.centre && (!is_latitude(around.centre->lat) || !is_longitude(around.centre->lon))) {
    return Error{
        4020,
        fmt::format("no point is {},{}: give degrees of latitude, to 90, and longitude, to 180",
                    around.centre->lat, around.centre->lon),
        {}};
  }
  return std::nullopt;
}

void teach_areas(Database& database) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  sqlite3_create_function_v2(database.handle(), "within", 6, kFlags, nullptr, within_in_sql,
                             nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(database.handle(), "km_between", 4, kFlags, nullptr, km_in_sql,
                             nullptr, nullptr, nullptr);
}

}  // namespace dateline::chronicle
