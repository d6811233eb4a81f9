// What a report is compared by: its words, and of each happening that it tells what the record says
// of it, in numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chronicle/matching/words.h"
#include "dateline/record.h"

namespace dateline::chronicle::matching {

/// Days since 1970.
using Day = std::int32_t;
inline constexpr Day kNoDay = std::numeric_limits<Day>::min();

/// The day that an ISO date begins with, or kNoDay.
Day day_in(std::string_view iso);

/// A set of names, codes or words, as numbers in order.
using Marks = std::vector<std::uint32_t>;

/// A name or code as a number; 0 of an empty one.
std::uint32_t mark_of(std::string_view name);

/// Somebody who takes part.
struct Party {
  Marks words;             ///< Of all its names, and of the words used here.
  std::uint32_t kind = 0;  ///< Of person, organization and so on; 0: unknown.
};

struct Toll {
  std::uint32_t counts = 0;  ///< Of dead, wounded and so on.
  float min = 0, max = 0;
};

/// One happening as one report tells it.
struct Telling {
  std::string incident;       ///< "i2"
  std::uint32_t trigger = 0;  ///< Byte at which its first trigger begins.
  Marks types, modes, triggers, statuses;
  Day begin = kNoDay, end = kNoDay;
  bool inferred = false;  ///< No word of its own sentence tells the day.
  bool placed = false;
  std::int64_t geonameid = 0;  ///< 0: unknown.
  std::optional<float> lat, lon;
  std::uint32_t country = 0;
  Marks place_words;
  std::vector<Party> actors, recipients;
  std::vector<Toll> tolls;
  Marks people;  ///< Words of the people named in its sentences.
  Marks towns;   ///< Places found in its sentences, but countries and states.
  Words words;   ///< Of the sentences that tell it.
  Words around;  ///< And of those beside them.
  std::uint32_t sentence = 0;
  bool main = false, negated = false;
  float confidence = 0;
};

struct Profile {
  Day published = kNoDay;
  Words words;
  std::vector<std::uint64_t> sketch;  ///< See copies.h.
  std::uint32_t shingles = 0;
  std::vector<Telling> tellings;  ///< In the order of their first triggers.
};

Profile profile_of(const Record& record);

/// As bytes, and back; nothing where the bytes are not what packed() gave.
std::string packed(const Profile& profile);
std::optional<Profile> unpacked(std::string_view bytes);
/// The words of a report that was packed.
std::optional<Words> words_in_packed(std::string_view bytes);

}  // namespace dateline::chronicle::matching
