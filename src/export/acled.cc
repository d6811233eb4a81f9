// A sheet in the manner of ACLED's: its columns, coded by the tables of knowledge/exports/, and
// beside each what was read from which report (..._quote, ..._report). What no report tells stays
// empty; no number is made up, so `fatalities` is not 0 where nobody counts.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "export/acled_codes.h"
#include "export/calendar.h"
#include "export/sheet.h"
#include "export/told.h"
#include "export/wording.h"
#include "export/writers.h"
#include "installation.h"

namespace dateline::exporting {

namespace {

/// ACLED's geo_precision: 1 a town, 2 near one, 3 a region or more.
constexpr std::array<std::pair<std::string_view, int>, 6> kGeoPrecision = {
    {{"point", 1}, {"town", 1}, {"admin2", 2}, {"admin1", 3}, {"country", 3}, {"region", 3}}};

/// One of the two sides, as ACLED has them: the second is who it is done to, or, of a mutual deed,
/// the other who does it.
struct AcledSide {
  const Who* first = nullptr;
  std::vector<std::string> others;  ///< Names of those beside it.
  std::string_view inter;
};

struct AcledRow {
  AcledRow(const ToldHappening& of, const AcledCodes& with) : told(of), codes(with) {
    const std::vector<Who>&actors = told.fullest.actors, &recipients = told.fullest.recipients;
    const bool is_mutual = recipients.empty();
    for (const Who& who : actors) {
      add(is_mutual && &who != &actors.front() ? two : one, who, "actor");
    }
    for (const Who& who : recipients) add(two, who, "recipient");
    type = &codes.type_of(told.happening.type, told.fullest.mode, two.inter);
  }

  void add(AcledSide& side, const Who& who, std::string_view role) {
    if (side.first != nullptr) {
      side.others.push_back(who.name);
      return;
    }
    side.first = &who;
    side.inter = codes.inter(told.happening.type, told.fullest.mode, role, who.sector);
  }

  const Where& place() const {
    static const Where nowhere;
    return told.fullest.place ? *told.fullest.place : nowhere;
  }

  const ToldHappening& told;
  const AcledCodes& codes;
  const AcledCodes::Type* type = nullptr;
  AcledSide one, two;
};

/// 1 a day, 2 a week, 3 longer.
Number time_precision(const AcledRow& row) {
  const auto days = days_between(row.told.happening.begin, row.told.happening.end);
  if (!days) return std::nullopt;
  constexpr int kWeek = 7;
  return Number(*days == 0 ? 1 : *days < kWeek ? 2 : 3);
}

Number geo_precision(const AcledRow& row) {
  const auto* found = std::ranges::find(kGeoPrecision, row.place().precision,
                                        &std::pair<std::string_view, int>::first);
  if (found == kGeoPrecision.end()) return std::nullopt;
  return Number(found->second);
}

template <std::optional<double> Where::* which>
Number of_town(const AcledRow& row) {
  return is_point(row.place()) ? row.place().*which : std::nullopt;
}

template <double ToldToll::* which>
Number fatalities(const AcledRow& row) {
  const ToldToll* dead = row.told.toll("dead");
  return dead == nullptr ? std::nullopt : std::optional(dead->*which);
}

template <Told ToldToll::* which>
std::string fatalities_quote(const AcledRow& row) {
  const ToldToll* dead = row.told.toll("dead");
  return dead == nullptr ? "" : (dead->*which).quote;
}

template <Told ToldToll::* which>
std::string fatalities_report(const AcledRow& row) {
  const ToldToll* dead = row.told.toll("dead");
  return dead == nullptr ? "" : source_of((dead->*which).by);
}

template <AcledSide AcledRow::* side>
std::string actor(const AcledRow& row) {
  return (row.*side).first == nullptr ? "" : (row.*side).first->name;
}

template <AcledSide AcledRow::* side>
std::string actor_quote(const AcledRow& row) {
  return (row.*side).first == nullptr ? "" : (row.*side).first->words;
}

template <AcledSide AcledRow::* side>
std::string actor_report(const AcledRow& row) {
  return (row.*side).first == nullptr ? "" : source_of(&row.told.fullest);
}

template <AcledSide AcledRow::* side>
std::string with_actor(const AcledRow& row) {
  return joined((row.*side).others);
}

template <AcledSide AcledRow::* side>
std::string inter(const AcledRow& row) {
  return std::string((row.*side).inter);
}

std::string outlets(const AcledRow& row) {
  std::vector<std::string> all;
  for (const Account& account : row.told.happening.accounts) {
    const std::string& name = origin(account.told.report);
    if (std::ranges::find(all, name) == all.end()) all.push_back(name);
  }
  return joined(all);
}

const Column<AcledRow> kAcledColumns[] = {
    {"event_id_cnty",
     [](const AcledRow& row) -> std::string {
       return row.place().country + row.told.happening.id;
     }},
    {"event_date", [](const AcledRow& row) -> std::string { return row.told.happening.begin; }},
    {"event_date_end", [](const AcledRow& row) -> std::string { return row.told.happening.end; }},
    {"year",
     [](const AcledRow& row) -> std::string { return row.told.happening.begin.substr(0, 4); }},
    {"time_precision", time_precision},
    {"event_date_quote", [](const AcledRow& row) -> std::string { return row.told.day.quote; }},
    {"event_date_report",
     [](const AcledRow& row) -> std::string { return source_of(row.told.day.by); }},
    {"event_type", [](const AcledRow& row) -> std::string { return row.type->event_type; }},
    {"sub_event_type", [](const AcledRow& row) -> std::string { return row.type->sub_event_type; }},
    {"event_type_quote", [](const AcledRow& row) -> std::string { return row.told.type.quote; }},
    {"event_type_report",
     [](const AcledRow& row) -> std::string { return source_of(row.told.type.by); }},
    {"actor1", actor<&AcledRow::one>},
    {"assoc_actor_1", with_actor<&AcledRow::one>},
    {"inter1", inter<&AcledRow::one>},
    {"actor1_quote", actor_quote<&AcledRow::one>},
    {"actor1_report", actor_report<&AcledRow::one>},
    {"actor2", actor<&AcledRow::two>},
    {"assoc_actor_2", with_actor<&AcledRow::two>},
    {"inter2", inter<&AcledRow::two>},
    {"actor2_quote", actor_quote<&AcledRow::two>},
    {"actor2_report", actor_report<&AcledRow::two>},
    {"country",
     [](const AcledRow& row) -> std::string {
       return std::string(row.codes.country(row.place().country));
     }},
    {"admin1", [](const AcledRow& row) -> std::string { return row.place().admin1; }},
    {"location", [](const AcledRow& row) -> std::string { return row.place().name; }},
    {"latitude", of_town<&Where::lat>},
    {"longitude", of_town<&Where::lon>},
    {"geo_precision", geo_precision},
    {"location_quote", [](const AcledRow& row) -> std::string { return row.told.place.quote; }},
    {"location_report",
     [](const AcledRow& row) -> std::string { return source_of(row.told.place.by); }},
    {"source", outlets},
    {"notes", [](const AcledRow& row) -> std::string { return row.told.fullest.words; }},
    {"notes_report",
     [](const AcledRow& row) -> std::string { return source_of(&row.told.fullest); }},
    {"fatalities", fatalities<&ToldToll::best>},
    {"fatalities_quote", fatalities_quote<&ToldToll::best_of>},
    {"fatalities_report", fatalities_report<&ToldToll::best_of>},
    {"fatalities_low", fatalities<&ToldToll::low>},
    {"fatalities_low_quote", fatalities_quote<&ToldToll::lowest>},
    {"fatalities_low_report", fatalities_report<&ToldToll::lowest>},
    {"fatalities_high", fatalities<&ToldToll::high>},
    {"fatalities_high_quote", fatalities_quote<&ToldToll::highest>},
    {"fatalities_high_report", fatalities_report<&ToldToll::highest>},
    {"plover_type", [](const AcledRow& row) -> std::string { return row.told.happening.type; }},
    {"plover_mode", [](const AcledRow& row) -> std::string { return row.told.fullest.mode; }},
    {"independent_sources",
     [](const AcledRow& row) -> Number {
       return std::optional(static_cast<double>(row.told.happening.sources));
     }},
    {"not_sure", [](const AcledRow& row) -> std::string { return doubts(row.told); }},
};

class Acled : public SheetOf<AcledRow> {
 public:
  explicit Acled(AcledCodes codes) : codes_(std::move(codes)) {}

 private:
  std::span<const Column<AcledRow>> columns() const override { return kAcledColumns; }

  void each_row(const Happening& happening,
                const std::function<void(const AcledRow&)>& visit) const override {
    const ToldHappening told(happening);
    visit(AcledRow(told, codes_));
  }

  AcledCodes codes_;
};

}  // namespace

Result<std::unique_ptr<Writer>> open_acled(const std::string& knowledge) {
  const auto directory = find_knowledge(knowledge);
  if (!directory) return tl::unexpected(directory.error());
  auto codes = AcledCodes::load(*directory);
  if (!codes) return tl::unexpected(codes.error());
  return std::make_unique<Acled>(std::move(*codes));
}

}  // namespace dateline::exporting
