// SPDX-License-Identifier: Apache-2.0
#include "knowledge/place_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(BesidePlace::kCount)> kClasses = {
    "street", "numbered", "water", "land",  "division", "facility",
    "body",   "where",    "side",  "title", "team"};

std::string_view without_the(std::string_view words) {
  if (words.starts_with("the ")) words.remove_prefix(4);
  return words;
}

}  // namespace

Result<PlaceWords> PlaceWords::load(const Directory& directory) {
  PlaceWords made;
  const auto path = directory / "places.tsv";
  const auto areas =
      Table::load(path, {"kind", "country", "name", "words", "postal", "demonyms", "lat", "lon"});
  if (!areas) return tl::unexpected(areas.error());
  for (const auto& [cells, line] : areas->rows()) {
    Area area{cells[0], cells[1], cells[2], {}};
    if (area.kind != "admin1") {
      const auto lat = parse_double(cells[6]), lon = parse_double(cells[7]);
      if (!lat || !lon || !(std::abs(*lat) <= 90) || !(std::abs(*lon) <= 180)) {
        return fail(3010, fmt::format("{}:{}: lat or lon is wrong", path.string(), line));
      }
      area.point = {*lat, *lon};
    }
    const auto number = static_cast<std::uint32_t>(made.areas_.size());
    const auto add = [&](std::string_view words, AreaWord as) {
      made.words_.emplace(without_the(normalise(words)), Entry{number, as});
    };
    // The name of a subdivision finds it in the gazetteer, with the towns of that name.
    if (area.point) add(area.name, AreaWord::kName);
    for (const auto word : split_cell(cells[3])) add(word, AreaWord::kName);
    for (const auto word : split_cell(cells[5])) add(word, AreaWord::kDemonym);
    for (const auto word : split_cell(cells[4])) {
      made.postal_.emplace(word, Entry{number, AreaWord::kPostal});
    }
    made.areas_.push_back(std::move(area));
  }
  const auto context = directory / "place_context.tsv";
  const auto words = Table::load(context, {"class", "words"});
  if (!words) return tl::unexpected(words.error());
  for (const auto& [cells, line] : words->rows()) {
    const auto* found = std::find(kClasses.begin(), kClasses.end(), cells[0]);
    if (found == kClasses.end()) {
      return fail(3010, fmt::format("{}:{}: no class '{}'", context.string(), line, cells[0]));
    }
    for (const auto word : split_cell(cells[1])) {
      made.beside_[std::string(word)] |= std::uint32_t{1} << (found - kClasses.begin());
    }
  }
  return made;
}

std::optional<PlaceWords::Found> PlaceWords::find(std::string_view words) const {
  if (words.size() > kLongestKey) return std::nullopt;
  const Entry* entry = knowledge::find(postal_, words);
  if (!entry) entry = knowledge::find(words_, without_the(normalise(words)));
  if (!entry) return std::nullopt;
  return Found{&areas_[entry->area], entry->as};
}

std::uint32_t PlaceWords::beside(std::string_view lower) const {
  const std::uint32_t* found = knowledge::find(beside_, lower);
  return found ? *found : 0;
}

}  // namespace dateline::knowledge
