// SPDX-License-Identifier: Apache-2.0
#include "stream/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace dateline::stream {

namespace {

/// The sign that stands most often in the first line.
char separator_of(std::string_view start) {
  const std::string_view line = start.substr(0, start.find_first_of("\r\n"));
  char best = ',';
  for (const char sign : {';', '\t'}) {
    if (std::ranges::count(line, sign) > std::ranges::count(line, best)) best = sign;
  }
  return best;
}

}  // namespace

CsvRows::CsvRows(Bytes bytes, std::size_t max_bytes)
    : bytes_(std::move(bytes)), max_bytes_(max_bytes), parser_(new csv_parser) {
  csv_init(parser_.get(), 0);
}

Result<std::optional<CsvRow>> CsvRows::next() {
  while (reading_->rows.empty()) {
    auto more = read_piece();
    if (!more) return tl::unexpected(std::move(more.error()));
    if (!*more && reading_->rows.empty()) return std::nullopt;
  }
  CsvRow row = std::move(reading_->rows.front());
  reading_->rows.pop_front();
  ++number_;
  return row;
}

Result<bool> CsvRows::read_piece() {
  auto piece = bytes_.look(1);
  if (!piece) return tl::unexpected(std::move(piece.error()));
  if (!begun_) {
    begun_ = true;
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    piece = bytes_.look(4096);
    if (!piece) return tl::unexpected(std::move(piece.error()));
    const bool marked = piece->starts_with(kMark);
    csv_set_delim(parser_.get(),
                  static_cast<unsigned char>(separator_of(piece->substr(marked ? 3 : 0))));
    if (marked) {
      if (auto skipped = bytes_.skip(kMark.size()); !skipped) {
        return tl::unexpected(std::move(skipped.error()));
      }
      return true;
    }
  }
  const auto cell = [](void* text, std::size_t size, void* reading) {
    static_cast<Reading*>(reading)->row.emplace_back(static_cast<const char*>(text), size);
  };
  const auto end = [](int, void* reading) {
    auto* const into = static_cast<Reading*>(reading);
    into->rows.push_back(std::move(into->row));
    into->row.clear();
    into->bytes = 0;
  };
  if (piece->empty()) {
    csv_fini(parser_.get(), cell, end, reading_.get());
    return false;
  }
  const std::size_t size = std::min<std::size_t>(piece->size(), 64 * 1024);
  reading_->bytes += size;
  if (csv_parse(parser_.get(), piece->data(), size, cell, end, reading_.get()) != size) {
    return fail(1009, "it could not be read: out of memory");
  }
  if (reading_->bytes > max_bytes_) {
    return fail(1001, fmt::format("the row has more than {} bytes (--max-bytes): is a quote not "
                                  "closed?",
                                  max_bytes_));
  }
  if (auto skipped = bytes_.skip(size); !skipped) {
    return tl::unexpected(std::move(skipped.error()));
  }
  return true;
}

std::vector<std::optional<Field>> columns_of(const CsvRow& names) {
  std::vector<std::optional<Field>> fields;
  for (std::string name : names) {
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    fields.push_back(field_called(name));
  }
  return fields;
}

}  // namespace dateline::stream
