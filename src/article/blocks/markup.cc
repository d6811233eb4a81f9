// SPDX-License-Identifier: Apache-2.0
#include "article/blocks/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "article/ascii.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Mark::kCount)> kMarkNames = {
    "body",    "article", "navigation", "share",  "advert", "related", "comments", "newsletter",
    "overlay", "sidebar", "labels",     "writer", "hidden", "pulled",  "embed",    "caption",
    "credit",  "dek",     "byline",     "date",   "meta",   "figure",  "apart"};

constexpr std::size_t kLongestValue = 300;  // Bytes of an attribute that are looked at.

}  // namespace

Result<PageMarkers> PageMarkers::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"kind", "names"});
  if (!table) return tl::unexpected(table.error());
  PageMarkers markers;
  for (const auto& [cells, line] : table->rows()) {
    const auto kind = std::find(kMarkNames.begin(), kMarkNames.end(), cells[0]);
    if (kind == kMarkNames.end()) {
      return fail(3010, fmt::format("{}:{}: no kind '{}'", path.string(), line, cells[0]));
    }
    for (const std::string_view name : knowledge::split_cell(cells[1])) {
      markers.names_[std::string(name)] |= bit(static_cast<Mark>(kind - kMarkNames.begin()));
      const auto words = static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
      markers.most_words_ = std::max(markers.most_words_, words);
    }
  }
  return markers;
}

Marks PageMarkers::match(std::string_view value) const {
  // The words of the value, parted by one blank each, and where they begin.
  std::array<char, 2 * kLongestValue> words;
  std::array<std::uint16_t, kLongestValue> begins;
  std::size_t size = 0, count = 0;
  bool inner = false;  // A small letter or a digit was last: "storyBody" is two words.
  for (const char c : value.substr(0, kLongestValue)) {
    const bool upper = is_upper(c);
    const bool plain = is_lower(c) || is_digit(c);
    if ((!plain && !upper) || (upper && inner)) {
      if (size > 0 && words[size - 1] != ' ') words[size++] = ' ';
    }
    if (plain || upper) {
      if (size == 0 || words[size - 1] == ' ') begins[count++] = static_cast<std::uint16_t>(size);
      words[size++] = lower(c);
    }
    inner = plain;
  }
  if (size > 0 && words[size - 1] == ' ') --size;
  const std::string_view text(words.data(), size);
  Marks marks = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t n = 1; n <= most_words_ && i + n <= count; ++n) {
      const std::size_t end = i + n < count ? begins[i + n] - 1u : size;
      if (const Marks* found = knowledge::find(names_, text.substr(begins[i], end - begins[i]))) {
        marks |= *found;
      }
    }
  }
  return marks;
}

}  // namespace dateline::article
