// SPDX-License-Identifier: Apache-2.0
#include "chronicle/filter_options.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace dateline::chronicle {

namespace {

/// Within so many kilometres, where none are given.
constexpr double kUsualKm = 50;

std::optional<double> number_in(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto got = std::from_chars(text.data(), end, number);
  return got.ec == std::errc() && got.ptr == end && std::isfinite(number) ? std::optional(number)
                                                                          : std::nullopt;
}

/// Numbers with commas between them; nothing where it is anything else.
std::optional<std::vector<double>> numbers_in(std::string_view text, std::size_t wanted) {
  std::vector<double> numbers;
  while (true) {
    const auto number = number_in(text.substr(0, text.find(',')));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    if (text.find(',') == std::string_view::npos) break;
    text.remove_prefix(text.find(',') + 1);
  }
  return numbers.size() == wanted ? std::optional(std::move(numbers)) : std::nullopt;
}

Around& around_of(Filter& filter) {
  if (!filter.around) filter.around = Around{{}, {}, kUsualKm};
  return *filter.around;
}

template <std::string Filter::* kText>
std::optional<Error> set_text(Filter& filter, const std::string& value) {
  filter.*kText = value;
  return std::nullopt;
}

template <std::vector<std::string> Filter::* kTexts>
std::optional<Error> add_text(Filter& filter, const std::string& value) {
  (filter.*kTexts).push_back(value);
  return std::nullopt;
}

std::optional<Error> set_role(Filter& filter, const std::string& value) {
  if (value != "by" && value != "against") {
    return Error{4024, fmt::format("'{}' is no role: give by or against", value), {}};
  }
  filter.side = value == "by" ? Side::kBy : Side::kAgainst;
  return std::nullopt;
}

std::optional<Error> set_box(Filter& filter, const std::string& value) {
  const auto edges = numbers_in(value, 4);
  if (!edges) {
    return Error{
        4020, fmt::format("'{}' is no box: give west,south,east,north in degrees", value), {}};
  }
  filter.box = Box{(*edges)[0], (*edges)[1], (*edges)[2], (*edges)[3]};
  return std::nullopt;
}

std::optional<Error> set_near(Filter& filter, const std::string& value) {
  Around& around = around_of(filter);
  if (const auto point = numbers_in(value, 2)) {
    around.centre = Point{(*point)[0], (*point)[1]};
  } else {
    around.place = value;
  }
  return std::nullopt;
}

std::optional<Error> set_within(Filter& filter, const std::string& value) {
  const auto km = number_in(value);
  if (!km) return Error{4020, fmt::format("'{}' is no number of kilometres", value), {}};
  around_of(filter).km = *km;
  return std::nullopt;
}

std::optional<Error> set_confidence(Filter& filter, const std::string& value) {
  filter.confidence = number_in(value);
  if (filter.confidence) return std::nullopt;
  return Error{4023, fmt::format("'{}' is no confidence: give a number from 0 to 1", value), {}};
}

constexpr std::array kOptions = std::to_array<FilterOption>({
    {"since", "DATE", "From this day, month or year on: 2026-03-09, 2026-03", false,
     set_text<&Filter::since>},
    {"until", "DATE", "Up to and with this day, month or year", false, set_text<&Filter::until>},
    {"actor", "NAME", "Somebody by this name or country code takes part", false,
     set_text<&Filter::actor>},
    {"role", "by|against", "It is done by that actor, or against it", false, set_role},
    {"place", "NAME", "At a place of this name or country code", false, set_text<&Filter::place>},
    {"country", "CODE", "In this country (ISO 3166 code)", false, set_text<&Filter::country>},
    {"box", "W,S,E,N", "Within these degrees: west, south, east, north", false, set_box},
    {"near", "PLACE", "Near a place of this name, or a point LAT,LON: within 50 km", false,
     set_near},
    {"within", "KM", "As near as this to the place of --near", false, set_within},
    {"type", "TYPE", "Of this type, such as ASSAULT; may be repeated; 'help' lists them", true,
     add_text<&Filter::types>},
    {"mode", "MODE", "Of this mode, such as explosives; may be repeated", true,
     add_text<&Filter::modes>},
    {"state", "STATE",
     "In this state: machine-read, machine-merged, person-confirmed, person-corrected or "
     "person-added; may be repeated",
     true, add_text<&Filter::states>},
    {"source", "NAME", "From this outlet or address, or according to somebody of this name", false,
     set_text<&Filter::source>},
    {"confidence", "SHARE", "Read with this confidence or more, from 0 to 1", false,
     set_confidence},
    {"text", "WORDS", "Told by a report with these words", false, set_text<&Filter::text>},
});

}  // namespace

std::span<const FilterOption> filter_options() { return kOptions; }

}  // namespace dateline::chronicle
