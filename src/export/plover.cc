// A sheet in the manner of POLECAT, the data set in PLOVER's types: columns that it has, too, are
// called as there; behind them stand the numbers, what is not sure, and the words of each value.
// SPDX-License-Identifier: Apache-2.0
#include "export/sheet.h"
#include "export/told.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

using PloverRow = ToldHappening;

/// One cell for several, each at its own place: what one lacks stays empty between the others.
std::string each(const std::vector<Who>& several, std::string Who::* what) {
  std::string all;
  bool is_known = false;
  for (const Who& who : several) {
    if (&who != &several.front()) all += "; ";
    all += who.*what;
    is_known = is_known || !(who.*what).empty();
  }
  return is_known ? all : "";
}

std::string first_sector(const std::vector<Who>& several) {
  return several.empty() ? "" : several.front().sector;
}

const Where& plover_place(const PloverRow& row) {
  static const Where nowhere;
  return row.fullest.place ? *row.fullest.place : nowhere;
}

template <std::optional<double> Where::* which>
Number of_point(const PloverRow& row) {
  const Where& place = plover_place(row);
  return is_point(place) ? place.*which : std::nullopt;
}

struct PloverNumber {
  double ToldToll::* value;
  Told ToldToll::* told;
};
constexpr PloverNumber kLow{&ToldToll::low, &ToldToll::lowest};
constexpr PloverNumber kBest{&ToldToll::best, &ToldToll::best_of};
constexpr PloverNumber kHigh{&ToldToll::high, &ToldToll::highest};

constexpr char kDead[] = "dead", kWounded[] = "wounded", kDetained[] = "detained",
               kDisplaced[] = "displaced", kCrowd[] = "participants";

template <const char* counts, const PloverNumber& number>
Number toll_of(const PloverRow& row) {
  const ToldToll* toll = row.toll(counts);
  return toll == nullptr ? std::nullopt : std::optional(toll->*number.value);
}

template <const char* counts>
std::string toll_quote(const PloverRow& row) {
  const ToldToll* toll = row.toll(counts);
  return toll == nullptr ? "" : toll->best_of.quote;
}

template <const char* counts>
std::string toll_report(const PloverRow& row) {
  const ToldToll* toll = row.toll(counts);
  return toll == nullptr ? "" : source_of(toll->best_of.by);
}

const Column<PloverRow> kPloverColumns[] = {
    {"Event ID", [](const PloverRow& row) -> std::string { return row.happening.id; }},
    {"Event Date", [](const PloverRow& row) -> std::string { return row.happening.begin; }},
    {"Event Type", [](const PloverRow& row) -> std::string { return row.happening.type; }},
    {"Event Mode", [](const PloverRow& row) -> std::string { return row.fullest.mode; }},
    {"Contexts", [](const PloverRow& row) -> std::string { return joined(row.fullest.contexts); }},
    {"Actor Name", [](const PloverRow& row) -> std::string { return row.actors.value; }},
    {"Actor Country",
     [](const PloverRow& row) -> std::string { return each(row.fullest.actors, &Who::country); }},
    {"Primary Actor Sector",
     [](const PloverRow& row) -> std::string { return first_sector(row.fullest.actors); }},
    {"Actor Sectors",
     [](const PloverRow& row) -> std::string { return each(row.fullest.actors, &Who::sector); }},
    {"Actor Name Raw", [](const PloverRow& row) -> std::string { return row.actors.quote; }},
    {"Recipient Name", [](const PloverRow& row) -> std::string { return row.recipients.value; }},
    {"Recipient Country",
     [](const PloverRow& row) -> std::string {
       return each(row.fullest.recipients, &Who::country);
     }},
    {"Primary Recipient Sector",
     [](const PloverRow& row) -> std::string { return first_sector(row.fullest.recipients); }},
    {"Recipient Sectors",
     [](const PloverRow& row) -> std::string {
       return each(row.fullest.recipients, &Who::sector);
     }},
    {"Recipient Name Raw",
     [](const PloverRow& row) -> std::string { return row.recipients.quote; }},
    {"Placename", [](const PloverRow& row) -> std::string { return plover_place(row).name; }},
    {"Province", [](const PloverRow& row) -> std::string { return plover_place(row).admin1; }},
    {"Country", [](const PloverRow& row) -> std::string { return plover_place(row).country; }},
    {"Latitude", of_point<&Where::lat>},
    {"Longitude", of_point<&Where::lon>},
    {"GeoNames ID",
     [](const PloverRow& row) -> Number {
       return std::optional<double>(plover_place(row).geonameid);
     }},
    {"Raw Placename", [](const PloverRow& row) -> std::string { return row.place.quote; }},
    {"Source", [](const PloverRow& row) -> std::string { return origin(row.fullest.report); }},
    {"Publication Date",
     [](const PloverRow& row) -> std::string { return day_of(row.fullest.report); }},
    {"Text", [](const PloverRow& row) -> std::string { return row.fullest.words; }},
    {"Event Date End", [](const PloverRow& row) -> std::string { return row.happening.end; }},
    {"Event Date From",
     [](const PloverRow& row) -> std::string { return row.day.by ? row.day.by->day_from : ""; }},
    {"Event Date Quote", [](const PloverRow& row) -> std::string { return row.day.quote; }},
    {"Event Date Report",
     [](const PloverRow& row) -> std::string { return source_of(row.day.by); }},
    {"Event Type Quote", [](const PloverRow& row) -> std::string { return row.type.quote; }},
    {"Event Type Report",
     [](const PloverRow& row) -> std::string { return source_of(row.type.by); }},
    {"Place Precision",
     [](const PloverRow& row) -> std::string { return plover_place(row).precision; }},
    {"Polarity", [](const PloverRow& row) -> std::string { return row.fullest.polarity; }},
    {"Status", [](const PloverRow& row) -> std::string { return row.fullest.status; }},
    {"According To",
     [](const PloverRow& row) -> std::string { return voices(row.fullest.according_to); }},
    {"Dead Low", toll_of<kDead, kLow>},
    {"Dead Best", toll_of<kDead, kBest>},
    {"Dead High", toll_of<kDead, kHigh>},
    {"Dead Quote", toll_quote<kDead>},
    {"Dead Report", toll_report<kDead>},
    {"Wounded Low", toll_of<kWounded, kLow>},
    {"Wounded Best", toll_of<kWounded, kBest>},
    {"Wounded High", toll_of<kWounded, kHigh>},
    {"Wounded Quote", toll_quote<kWounded>},
    {"Wounded Report", toll_report<kWounded>},
    {"Detained Best", toll_of<kDetained, kBest>},
    {"Detained Quote", toll_quote<kDetained>},
    {"Detained Report", toll_report<kDetained>},
    {"Displaced Best", toll_of<kDisplaced, kBest>},
    {"Displaced Quote", toll_quote<kDisplaced>},
    {"Displaced Report", toll_report<kDisplaced>},
    {"Crowd Best", toll_of<kCrowd, kBest>},
    {"Crowd Quote", toll_quote<kCrowd>},
    {"Crowd Report", toll_report<kCrowd>},
    {"Tolls", [](const PloverRow& row) -> std::string { return quoted_tolls(row); }},
    {"Report", [](const PloverRow& row) -> std::string { return source_of(&row.fullest); }},
    {"Report URL", [](const PloverRow& row) -> std::string { return row.fullest.report.uri; }},
    {"Reports",
     [](const PloverRow& row) -> Number {
       return std::optional(static_cast<double>(row.happening.reports));
     }},
    {"Independent Sources",
     [](const PloverRow& row) -> Number {
       return std::optional(static_cast<double>(row.happening.sources));
     }},
    {"Disputed",
     [](const PloverRow& row) -> std::string { return joined(row.happening.disputed); }},
    {"Not Sure", [](const PloverRow& row) -> std::string { return doubts(row); }},
};

class Plover : public SheetOf<PloverRow> {
  std::span<const Column<PloverRow>> columns() const override { return kPloverColumns; }

  void each_row(const Happening& happening,
                const std::function<void(const PloverRow&)>& visit) const override {
    visit(ToldHappening(happening));
  }
};

}  // namespace

Result<std::unique_ptr<Writer>> open_plover(const std::string&) {
  return std::make_unique<Plover>();
}

}  // namespace dateline::exporting
