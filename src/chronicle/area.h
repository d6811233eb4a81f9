// Places within a box or around a point, and the cells of the map that hold them.
//
// The map is cut into cells of five sizes, each a fifth of the one before. A point lies in one of
// each size; an area is covered by the smallest that are few, so that an index of words can find
// what lies in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::chronicle {

class Database;

/// The cell of each size.
std::vector<std::string> cells_at(const Point& point);

/// Cells that hold all of the box.
std::vector<std::string> cells_of(const Box& box);

/// The box around all that is so near.
Box box_around(const Point& centre, double km);

double km_between(const Point& a, const Point& b);

/// What cannot be asked for, or nothing.
std::optional<Error> mistake_in(const Box& box);
std::optional<Error> mistake_in(const Around& around);

/// Gives SQL the functions within(lat, lon, west, south, east, north) and
/// km_between(lat, lon, lat, lon).
void teach_areas(Database& database);

}  // namespace dateline::chronicle
