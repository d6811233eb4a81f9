// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "language/unicode.h"

namespace dateline::knowledge {

namespace {

static_assert(std::endian::native == std::endian::little, "the gazetteer is mapped as it is");

constexpr std::string_view kMark("DLGAZ\0\0\1", 8);
constexpr std::size_t kMadeOf = 12, kCounts = 44, kHead = 64;
constexpr std::int32_t kNowhere = 0x7FFFFFFF;

struct Row {
  std::uint32_t geonameid;
  std::int32_t lat, lon;  ///< In 1/100,000 of a degree; kNowhere where not known.
  std::uint32_t population, name, admin1, admin2;
  std::uint16_t country;
  std::uint8_t kind, name_size;
};
static_assert(sizeof(Row) == 32);

Row row_at(std::string_view rows, std::size_t entry) {
  Row row;
  std::memcpy(&row, rows.data() + entry * sizeof(Row), sizeof(Row));
  return row;
}

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t value = 0xCBF29CE484222325u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return value;
}

bool take(std::string_view& from, std::string_view mark) {
  if (!from.starts_with(mark)) return false;
  from.remove_prefix(mark.size());
  return true;
}

/// Whether every number in the tables points into them.
bool is_whole(std::span<const std::uint64_t> hashes, std::string_view rows, std::size_t entries,
              std::span<const std::uint32_t> starts, std::span<const std::uint32_t> postings,
              std::size_t countries, std::size_t strings) {
  if (starts.front() != 0 || starts.back() != postings.size() ||
      !std::is_sorted(starts.begin(), starts.end()) ||
      !std::is_sorted(hashes.begin(), hashes.end()) || countries > entries) {
    return false;
  }
  if (std::any_of(postings.begin(), postings.end(),
                  [&](std::uint32_t p) { return p >> 1 >= entries; })) {
    return false;
  }
  const auto inside = [&](std::uint32_t entry) {
    return entry == Gazetteer::kNone || entry < entries;
  };
  for (std::size_t e = 0; e < entries; ++e) {
    const Row row = row_at(rows, e);
    if (row.country >= countries || !inside(row.admin1) || !inside(row.admin2) ||
        row.kind > static_cast<std::uint8_t>(Gazetteer::Kind::kCapital) ||
        std::size_t{row.name} + row.name_size > strings) {
      return false;
    }
  }
  return true;
}

template <typename T>
std::span<const T> numbers(std::string_view& from, std::size_t count) {
  const std::span<const T> made(reinterpret_cast<const T*>(from.data()), count);
  from.remove_prefix(count * sizeof(T));
  return made;
}

}  // namespace

std::string normalise(std::string_view name) {
  const std::string lower = language::lower_case(name);
  std::string made;
  std::string_view rest = lower;
  const auto end_word = [&made] {
    const std::size_t begin = made.rfind(' ') + 1;  // npos + 1 is 0.
    const std::string_view word = std::string_view(made).substr(begin);
    const std::string_view whole = word == "st"    ? "saint"
                                   : word == "ste" ? "sainte"
                                   : word == "ft"  ? "fort"
                                   : word == "mt"  ? "mount"
                                                   : std::string_view();
    if (!whole.empty()) made.replace(begin, std::string::npos, whole);
  };
  while (!rest.empty()) {
    if (take(rest, "’") || take(rest, "‘") || take(rest, "ʻ")) {
      made += '\'';
    } else if (take(rest, ".")) {
    } else if (take(rest, " ") || take(rest, "-") || take(rest, "\n") || take(rest, "\t")) {
      end_word();
      if (!made.empty() && made.back() != ' ') made += ' ';
    } else {
      made += rest.front();
      rest.remove_prefix(1);
    }
  }
  end_word();
  while (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

Result<Gazetteer> Gazetteer::over(std::string_view bytes, const std::string& name) {
  const auto broken = [&](std::string_view what) {
    return fail(3020, fmt::format("{}: {}; 'make models' makes it anew", name, what));
  };
  if (!bytes.starts_with(kMark) || bytes.size() < kHead) {
    return broken("no gazetteer of this version");
  }
  std::uint32_t sum = 0, counts[5];
  std::memcpy(&sum, bytes.data() + kMark.size(), sizeof(sum));
  std::memcpy(counts, bytes.data() + kCounts, sizeof(counts));
  const auto [names, entries, postings, countries, strings] = counts;
  const std::uint64_t size = kHead + std::uint64_t{names} * 8 +
                             std::uint64_t{entries} * sizeof(Row) + (std::uint64_t{names} + 1) * 4 +
                             std::uint64_t{postings} * 4 + std::uint64_t{countries} * 3 + strings;
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  if (size != bytes.size() ||
      adler32_z(adler32_z(0, nullptr, 0), data + kMadeOf, bytes.size() - kMadeOf) != sum) {
    return broken("the file is truncated or altered");
  }
  Gazetteer made;
  made.version_ = "sha256:";
  for (std::size_t i = kMadeOf; i < kCounts; ++i) {
    made.version_ += fmt::format("{:02x}", static_cast<unsigned char>(bytes[i]));
  }
  std::string_view rest = bytes.substr(kHead);
  made.entries_ = entries;
  made.hashes_ = numbers<std::uint64_t>(rest, names);
  made.rows_ = rest.substr(0, entries * sizeof(Row));
  rest.remove_prefix(made.rows_.size());
  made.starts_ = numbers<std::uint32_t>(rest, names + std::size_t{1});
  const auto posted = numbers<std::uint32_t>(rest, postings);
  made.postings_ = reinterpret_cast<const Posting*>(posted.data());
  made.codes_ = rest.substr(0, std::size_t{countries} * 3);
  made.strings_ = rest.substr(made.codes_.size());
  if (!is_whole(made.hashes_, made.rows_, entries, made.starts_, posted, countries, strings)) {
    return broken("a table of it is broken");
  }
  return made;
}

Result<Gazetteer> Gazetteer::open(const std::filesystem::path& path) {
  const auto unread = [&] {
    return fail(3020,
                fmt::format("{}: {}; 'make models' makes it anew", path.string(), strerror(errno)));
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unread();
  struct stat told{};
  void* mapped = MAP_FAILED;
  const bool sized = fstat(file, &told) == 0;
  const auto size = static_cast<std::size_t>(std::max<off_t>(told.st_size, 1));
  if (sized) mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  const int reason = errno;
  close(file);
  errno = reason;
  if (mapped == MAP_FAILED) return unread();
  const std::shared_ptr<const char> held(static_cast<const char*>(mapped), [size](const char* at) {
    munmap(const_cast<char*>(at), size);
  });
  auto made = over({held.get(), static_cast<std::size_t>(told.st_size)}, path.string());
  if (made) made->mapped_ = held;
  return made;
}

Gazetteer::Entry Gazetteer::operator[](std::uint32_t entry) const {
  const Row row = row_at(rows_, entry);
  Entry made;
  made.geonameid = row.geonameid;
  made.name = strings_.substr(row.name, row.name_size);
  made.kind = static_cast<Kind>(row.kind);
  made.country = row.country;
  made.admin1 = row.admin1;
  made.admin2 = row.admin2;
  made.population = row.population;
  if (row.lat != kNowhere) made.point = {row.lat / 1e5, row.lon / 1e5};
  return made;
}

std::span<const Gazetteer::Posting> Gazetteer::find(std::string_view normalised) const {
  const std::uint64_t hash = fnv1a(normalised);
  const auto found = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  if (found == hashes_.end() || *found != hash) return {};
  const auto name = static_cast<std::size_t>(found - hashes_.begin());
  return {postings_ + starts_[name], postings_ + starts_[name + 1]};
}

std::uint32_t Gazetteer::country(std::string_view alpha3) const {
  for (std::size_t at = 0; at + 3 <= codes_.size(); at += 3) {
    if (codes_.substr(at, 3) == alpha3) return static_cast<std::uint32_t>(at / 3);
  }
  return kNone;
}

}  // namespace dateline::knowledge
