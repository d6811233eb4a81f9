// SPDX-License-Identifier: Apache-2.0
#include "cli/in_hand.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace dateline::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSuffix = "-reading-";

/// A descriptor of the directory with the lock that only its owner has, or -1.
int lock(const fs::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return -1;
  }
  return descriptor;
}

std::optional<std::uint64_t> number_of(const fs::path& file) {
  const std::string name = file.filename().string();
  std::uint64_t number = 0;
  const auto got = std::from_chars(name.data(), name.data() + name.size(), number);
  if (got.ec != std::errc() || got.ptr != name.data() + name.size()) return std::nullopt;
  return number;
}

std::vector<std::uint64_t> numbers_in(const fs::path& directory) {
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (const auto number = number_of(it->path())) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

/// Each field as "size:bytes".
void put_field(std::string_view bytes, std::ostream& out) { out << bytes.size() << ':' << bytes; }

std::optional<std::string> take_field(std::string_view& from) {
  std::size_t size = 0;
  const auto got = std::from_chars(from.data(), from.data() + from.size(), size);
  const auto digits = static_cast<std::size_t>(got.ptr - from.data());
  if (got.ec != std::errc() || digits == from.size() || from[digits] != ':') return std::nullopt;
  from.remove_prefix(digits + 1);
  if (size > from.size()) return std::nullopt;
  std::string bytes(from.substr(0, size));
  from.remove_prefix(size);
  return bytes;
}

/// All that a report is in words, in the order in which it is written.
template <typename OneInput>
auto texts_of(OneInput& input) {
  return std::array{&input.id,
                    &input.bytes,
                    &input.charset,
                    &input.date,
                    &input.date_from,
                    &input.title,
                    &input.uri,
                    &input.file,
                    &input.assumed_date,
                    &input.retrieved,
                    &input.beside.date,
                    &input.beside.title,
                    &input.beside.uri,
                    &input.beside.publisher,
                    &input.beside.licence};
}

}  // namespace

Result<InHand> InHand::beside(const std::string& store) {
  std::error_code error, ignored;
  fs::path own;
  int descriptor = -1;
  // Between its making and its lock, another process may take it for a dead one's. Where the file
  // system knows no locks, it has none.
  constexpr int kTries = 5;
  for (int i = 0; i < kTries && descriptor < 0; ++i) {
    if (!own.empty()) fs::remove(own, ignored);
    std::string name = store + std::string(kSuffix) + "XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
      return fail(
          errno == ENOSPC ? 4005 : 4004,
          fmt::format("no directory can be made beside {}: {}", store, std::strerror(errno)));
    }
    own = name;
    descriptor = lock(own);
    if (descriptor >= 0 && !fs::exists(own, ignored)) {
      ::close(descriptor);
      descriptor = -1;
    }
  }
  InHand made(own, descriptor);

  const fs::path path = store;
  const std::string prefix = path.filename().string() + std::string(kSuffix);
  std::uint64_t next = 0;
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error)) {
    if (!it->path().filename().string().starts_with(prefix) ||
        it->path().filename() == own.filename()) {
      continue;
    }
    const int theirs = lock(it->path());
    if (theirs < 0) continue;  // Alive, or no directory.
    for (const std::uint64_t number : numbers_in(it->path())) {
      fs::rename(it->path() / std::to_string(number), made.file(next++), ignored);
    }
    fs::remove(it->path(), ignored);
    ::close(theirs);
  }
  return made;
}

InHand::InHand(InHand&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), lock_(std::exchange(other.lock_, -1)) {}

InHand::~InHand() {
  if (directory_.empty()) return;
  std::error_code ignored;
  fs::remove(directory_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

fs::path InHand::file(std::uint64_t number) const { return directory_ / std::to_string(number); }

void InHand::take(std::uint64_t number, const ReportPlace& place, const Input& input) const {
  std::ofstream out(file(number), std::ios::binary);
  put_field(place.file, out);
  put_field(std::to_string(place.line), out);
  put_field(name_of(input.media_type), out);
  put_field(input.verbatim ? "verbatim" : "", out);
  for (const std::string* text : texts_of(input)) put_field(*text, out);
}

void InHand::put_down(std::uint64_t number) const {
  std::error_code ignored;
  fs::remove(file(number), ignored);
}

void InHand::put_all_down() const {
  for (const std::uint64_t number : numbers_in(directory_)) put_down(number);
}

std::optional<std::uint64_t> InHand::first() const {
  const auto numbers = numbers_in(directory_);
  return numbers.empty() ? std::nullopt : std::optional(numbers.front());
}

std::size_t InHand::size() const { return numbers_in(directory_).size(); }

std::optional<InHand::Report> InHand::report(std::uint64_t number) const {
  std::ifstream in(file(number), std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  std::string_view rest = all;
  std::vector<std::string> fields;
  while (auto field = take_field(rest)) fields.push_back(std::move(*field));
  Report report;
  const auto texts = texts_of(report.input);
  constexpr std::size_t kBefore = 4;
  if (fields.size() != kBefore + texts.size()) return std::nullopt;
  report.place.file = std::move(fields[0]);
  std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), report.place.line);
  report.input.media_type = media_type_called(fields[2]).value_or(MediaType::kText);
  report.input.verbatim = !fields[3].empty();
  for (std::size_t i = 0; i < texts.size(); ++i) *texts[i] = std::move(fields[kBefore + i]);
  return report;
}

}  // namespace dateline::cli
