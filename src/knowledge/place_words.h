// places.tsv and place_context.tsv: abbreviations, demonyms and areas that the gazetteer has not,
// and the words beside names of places.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/gazetteer.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

/// A row of places.tsv.
struct Area {
  std::string kind, country, name;
  std::optional<Gazetteer::Point> point;
};

/// How a word stands for an area.
enum class AreaWord : std::uint8_t { kName, kPostal, kDemonym };

/// What a word beside a name says (place_context.tsv).
enum class BesidePlace : std::uint8_t {
  kStreet,
  kNumbered,
  kWater,
  kLand,
  kDivision,
  kFacility,
  kBody,
  kWhere,
  kSide,
  kTitle,
  kTeam,
  kCount
};

class PlaceWords {
 public:
  struct Found {
    const Area* area;
    AreaWord as;
  };

  static Result<PlaceWords> load(const Directory& directory);

  /// The area these words stand for, looked up by their normalised form; postal codes as written.
  std::optional<Found> find(std::string_view words) const;
  /// Classes of a lower-cased word, one bit each; 0 of any other word.
  std::uint32_t beside(std::string_view lower) const;

  static constexpr std::uint32_t bit(BesidePlace what) {
    return std::uint32_t{1} << static_cast<unsigned>(what);
  }

 private:
  struct Entry {
    std::uint32_t area;
    AreaWord as;
  };
  std::vector<Area> areas_;
  StringMap<Entry> words_, postal_;
  StringMap<std::uint32_t> beside_;
};

}  // namespace dateline::knowledge
