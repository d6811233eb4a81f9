// Where something stands in a listing: its day and what orders it within the day. Written down it
// is a cursor, which leads on from there also where the thing itself has gone since.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::chronicle {

struct Position {
  std::int64_t day = 0;  ///< Since the year 0, as facts::place_of() counts.
  std::string ties;
  auto operator<=>(const Position&) const = default;
};

std::string written(const Position& position);

/// Fails where it is none that written() made.
Result<Position> position_of(std::string_view cursor);

}  // namespace dateline::chronicle
