// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>
#include <string>

#include "dateline/reader.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace dateline::fuzz {

namespace {

/// The trunk is many times slower than all the rest, and sees words alone: a few are enough.
constexpr std::size_t kMostForTrunk = 256;

std::optional<Reader> open_reader(Depth depth) {
  ReaderOptions options;
  options.tokens = true;
  options.depth = depth;
  auto reader = Reader::open(options);
  if (!reader) return std::nullopt;
  return std::move(*reader);
}

void read_twice(const Reader& reader, const Input& input) {
  const auto record = reader.read(input);
  if (!record) return;
  require_promises(*record);
  // The scratch space is warm now; the record must not show it.
  std::string first, second;
  append_json(*record, first);
  append_json(*reader.read(input), second);
  if (first != second) throw std::logic_error("a second reading differs from the first");
}

}  // namespace

void fuzz_reading(std::string_view bytes) {
  static const std::optional<Reader> fast = open_reader(Depth::kFast);
  static const std::optional<Reader> exact = open_reader(Depth::kExact);
  if (!fast || !exact) return;
  Input input;
  input.bytes = bytes;
  input.verbatim = true;
  input.date = "2026-03-09";
  read_twice(*fast, input);
  if (bytes.size() <= kMostForTrunk) read_twice(*exact, input);
}

}  // namespace dateline::fuzz
