// SPDX-License-Identifier: Apache-2.0
#include "export/happening_sheet.h"

#include "export/csv.h"
#include "export/wording.h"

namespace dateline::exporting {

namespace {

using HappeningRow = ToldHappening;

std::optional<double> count(std::size_t number) { return static_cast<double>(number); }

const Where& where(const HappeningRow& row) {
  static const Where nowhere;
  return row.fullest.place ? *row.fullest.place : nowhere;
}

std::optional<double> dead(const HappeningRow& row, double ToldToll::* which) {
  const ToldToll* toll = row.toll("dead");
  return toll == nullptr ? std::nullopt : std::optional(toll->*which);
}

Told dead(const HappeningRow& row, Told ToldToll::* which) {
  const ToldToll* toll = row.toll("dead");
  return toll == nullptr ? Told{} : toll->*which;
}

constexpr Column<HappeningRow> kHappeningColumns[] = {
    {"happening", [](const HappeningRow& row) -> Cell { return row.happening.id; }},
    {"begin", [](const HappeningRow& row) -> Cell { return row.happening.begin; }},
    {"end", [](const HappeningRow& row) -> Cell { return row.happening.end; }},
    {"type", [](const HappeningRow& row) -> Cell { return row.happening.type; }},
    {"main", [](const HappeningRow& row) -> Cell { return count(row.happening.main); }},
    {"reports", [](const HappeningRow& row) -> Cell { return count(row.happening.reports); }},
    {"sources", [](const HappeningRow& row) -> Cell { return count(row.happening.sources); }},
    {"disputed", [](const HappeningRow& row) -> Cell { return joined(row.happening.disputed); }},
    {"who", [](const HappeningRow& row) -> Cell { return row.actors.value; }},
    {"to_whom", [](const HappeningRow& row) -> Cell { return row.recipients.value; }},
    {"place", [](const HappeningRow& row) -> Cell { return where(row).name; }},
    {"country", [](const HappeningRow& row) -> Cell { return where(row).country; }},
    {"precision", [](const HappeningRow& row) -> Cell { return where(row).precision; }},
    {"lat", [](const HappeningRow& row) -> Cell { return where(row).lat; }},
    {"lon", [](const HappeningRow& row) -> Cell { return where(row).lon; }},
    {"dead_low", [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::low); }},
    {"dead_best", [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::best); }},
    {"dead_high", [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::high); }},
    {"tolls", [](const HappeningRow& row) -> Cell { return tolls(row.happening.tolls); }},
    {"words", [](const HappeningRow& row) -> Cell { return row.fullest.words; }},
    {"event", [](const HappeningRow& row) -> Cell { return row.fullest.handle; }},
    {"outlet", [](const HappeningRow& row) -> Cell { return row.fullest.report.outlet; }},
    {"published", [](const HappeningRow& row) -> Cell { return day_of(row.fullest.report); }},
    {"accounts",
     [](const HappeningRow& row) -> Cell {
       std::vector<std::string> handles;
       for (const Account& account : row.happening.accounts) handles.push_back(account.told.handle);
       return joined(handles);
     }},
    {"denied_by",
     [](const HappeningRow& row) -> Cell {
       std::vector<std::string> all;
       for (const TimelineEvent* told : row.denied_by) all.push_back(source_of(told));
       return joined(all);
     }},
    {"status", [](const HappeningRow& row) -> Cell { return row.fullest.status; }},
    {"according_to",
     [](const HappeningRow& row) -> Cell { return voices(row.fullest.according_to); }},
    {"day_from",
     [](const HappeningRow& row) -> Cell { return row.day.by ? row.day.by->day_from : ""; }},
    {"day_quote", [](const HappeningRow& row) -> Cell { return row.day.quote; }},
    {"day_report", [](const HappeningRow& row) -> Cell { return source_of(row.day.by); }},
    {"type_quote", [](const HappeningRow& row) -> Cell { return row.type.quote; }},
    {"type_report", [](const HappeningRow& row) -> Cell { return source_of(row.type.by); }},
    {"who_quote", [](const HappeningRow& row) -> Cell { return row.actors.quote; }},
    {"who_report", [](const HappeningRow& row) -> Cell { return source_of(row.actors.by); }},
    {"to_whom_quote", [](const HappeningRow& row) -> Cell { return row.recipients.quote; }},
    {"to_whom_report",
     [](const HappeningRow& row) -> Cell { return source_of(row.recipients.by); }},
    {"place_quote", [](const HappeningRow& row) -> Cell { return row.place.quote; }},
    {"place_report", [](const HappeningRow& row) -> Cell { return source_of(row.place.by); }},
    {"dead_low_quote",
     [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::lowest).quote; }},
    {"dead_low_report",
     [](const HappeningRow& row) -> Cell { return source_of(dead(row, &ToldToll::lowest).by); }},
    {"dead_best_quote",
     [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::best_of).quote; }},
    {"dead_best_report",
     [](const HappeningRow& row) -> Cell { return source_of(dead(row, &ToldToll::best_of).by); }},
    {"dead_high_quote",
     [](const HappeningRow& row) -> Cell { return dead(row, &ToldToll::highest).quote; }},
    {"dead_high_report",
     [](const HappeningRow& row) -> Cell { return source_of(dead(row, &ToldToll::highest).by); }},
    {"tolls_quotes", [](const HappeningRow& row) -> Cell { return quoted_tolls(row); }},
};

}  // namespace

std::span<const Column<ToldHappening>> happening_columns() { return kHappeningColumns; }

void append_happenings_csv_header(std::string& out) { append_header(happening_columns(), out); }

void append_csv(const Happening& happening, std::string& out) {
  append_cells(happening_columns(), ToldHappening(happening), out);
}

}  // namespace dateline::exporting
