// The places of the world: countries, their subdivisions of two levels, and towns of 500 people and
// more, each under all its names (models/gazetteer.bin, made by tools/make_gazetteer.py).
//
// The file is mapped, not read: a process shares it with all others. It is checked as a whole when
// it is opened, so that nothing in it needs a look afterwards. All numbers are little-endian:
//
//   8 bytes   mark and version of the format
//   u32       adler32 of all that follows
//   32 bytes  sha256 of what the file was made of
//   5 x u32   numbers of names, entries, postings, countries, bytes of strings
//   u64 * names      FNV-1a hashes of the normalised names, ascending
//   32 bytes * entries   as Row in gazetteer.cc; the countries come first
//   u32 * (names + 1)    where the postings of each name begin
//   u32 * postings   entry << 1 | whether the name is not the one it mostly goes by
//   3 bytes * countries  ISO 3166-1 alpha-3
//   strings
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::knowledge {

/// The form under which names are looked up: lower case, no full stops, no hyphens, "saint" for
/// "st", single spaces.
std::string normalise(std::string_view name);

class Gazetteer {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  enum class Kind : std::uint8_t { kCountry, kAdmin1, kAdmin2, kTown, kCapital };

  struct Point {
    double lat = 0, lon = 0;  ///< Degrees.
  };
  struct Entry {
    std::uint32_t geonameid = 0;
    std::string_view name;
    Kind kind = Kind::kTown;
    std::uint32_t country = 0;                     ///< Number of the entry of its country.
    std::uint32_t admin1 = kNone, admin2 = kNone;  ///< Entries it lies in, or kNone.
    std::uint32_t population = 0;                  ///< Of a subdivision: that of its towns.
    std::optional<Point> point;  ///< Of an area: its middle, or that of its towns.
  };
  /// One place that a name may stand for.
  class Posting {
   public:
    std::uint32_t entry() const { return value_ >> 1; }
    bool is_other_name() const { return (value_ & 1) != 0; }

   private:
    std::uint32_t value_;
  };

  /// Maps the file. Fails (DL3020) where it is missing, truncated or altered.
  static Result<Gazetteer> open(const std::filesystem::path& path);
  /// The same over bytes that outlive it, 8-byte aligned; `name` is for messages.
  static Result<Gazetteer> over(std::string_view bytes, const std::string& name);

  std::size_t size() const { return entries_; }
  Entry operator[](std::uint32_t entry) const;
  /// All places that go by a normalised name.
  std::span<const Posting> find(std::string_view normalised) const;
  /// Alpha-3 code of the country with this entry.
  std::string_view code(std::uint32_t country) const { return codes_.substr(3 * country, 3); }
  /// The entry of a country by its alpha-3 code; kNone where there is none.
  std::uint32_t country(std::string_view alpha3) const;
  /// Says what the file is made of and holds: "sha256:...".
  const std::string& version() const { return version_; }

 private:
  std::shared_ptr<const char> mapped_;  ///< Unmaps when the last copy goes.
  std::span<const std::uint64_t> hashes_;
  std::string_view rows_, codes_, strings_;
  std::span<const std::uint32_t> starts_;
  const Posting* postings_ = nullptr;
  std::size_t entries_ = 0;
  std::string version_;
};

}  // namespace dateline::knowledge
