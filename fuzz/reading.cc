// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>
#include <string>

#include "dateline/reader.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace dateline::fuzz {

namespace {

std::optional<Reader> open_reader() {
  ReaderOptions options;
  options.tokens = true;
  auto reader = Reader::open(options);
  if (!reader) return std::nullopt;
  return std::move(*reader);
}

}  // namespace

void fuzz_reading(std::string_view bytes) {
  static const std::optional<Reader> reader = open_reader();
  if (!reader) return;
  Input input;
  input.bytes = bytes;
  input.verbatim = true;
  input.date = "2026-03-09";
  const auto record = reader->read(input);
  if (!record) return;
  require_promises(*record);
  // The scratch space is warm now; the record must not show it.
  std::string first, second;
  append_json(*record, first);
  append_json(*reader->read(input), second);
  if (first != second) throw std::logic_error("a second reading differs from the first");
}

}  // namespace dateline::fuzz
