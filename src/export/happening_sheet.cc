// SPDX-License-Identifier: Apache-2.0
#include "export/happening_sheet.h"

#include "export/csv.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

using HappeningRow = ToldHappening;

Number count(std::size_t number) { return static_cast<double>(number); }

const Where& where(const HappeningRow& row) {
  static const Where nowhere;
  return row.fullest.place ? *row.fullest.place : nowhere;
}

Number dead(const HappeningRow& row, double ToldToll::* which) {
  const ToldToll* toll = row.toll("dead");
  return toll == nullptr ? std::nullopt : std::optional(toll->*which);
}

Told dead(const HappeningRow& row, Told ToldToll::* which) {
  const ToldToll* toll = row.toll("dead");
  return toll == nullptr ? Told{} : toll->*which;
}

const Column<HappeningRow> kHappeningColumns[] = {
    {"happening", [](const HappeningRow& row) -> std::string { return row.happening.id; }},
    {"begin", [](const HappeningRow& row) -> std::string { return row.happening.begin; }},
    {"end", [](const HappeningRow& row) -> std::string { return row.happening.end; }},
    {"type", [](const HappeningRow& row) -> std::string { return row.happening.type; }},
    {"main", [](const HappeningRow& row) -> Number { return count(row.happening.main); }},
    {"reports", [](const HappeningRow& row) -> Number { return count(row.happening.reports); }},
    {"sources", [](const HappeningRow& row) -> Number { return count(row.happening.sources); }},
    {"disputed",
     [](const HappeningRow& row) -> std::string { return joined(row.happening.disputed); }},
    {"who", [](const HappeningRow& row) -> std::string { return row.actors.value; }},
    {"to_whom", [](const HappeningRow& row) -> std::string { return row.recipients.value; }},
    {"place", [](const HappeningRow& row) -> std::string { return where(row).name; }},
    {"country", [](const HappeningRow& row) -> std::string { return where(row).country; }},
    {"precision", [](const HappeningRow& row) -> std::string { return where(row).precision; }},
    {"lat", [](const HappeningRow& row) -> Number { return where(row).lat; }},
    {"lon", [](const HappeningRow& row) -> Number { return where(row).lon; }},
    {"dead_low", [](const HappeningRow& row) -> Number { return dead(row, &ToldToll::low); }},
    {"dead_best", [](const HappeningRow& row) -> Number { return dead(row, &ToldToll::best); }},
    {"dead_high", [](const HappeningRow& row) -> Number { return dead(row, &ToldToll::high); }},
    {"tolls", [](const HappeningRow& row) -> std::string { return tolls(row.happening.tolls); }},
    {"words", [](const HappeningRow& row) -> std::string { return row.fullest.words; }},
    {"event", [](const HappeningRow& row) -> std::string { return row.fullest.handle; }},
    {"outlet", [](const HappeningRow& row) -> std::string { return row.fullest.report.outlet; }},
    {"published",
     [](const HappeningRow& row) -> std::string { return day_of(row.fullest.report); }},
    {"accounts",
     [](const HappeningRow& row) -> std::string {
       std::vector<std::string> handles;
       for (const Account& account : row.happening.accounts) handles.push_back(account.told.handle);
       return joined(handles);
     }},
    {"denied_by",
     [](const HappeningRow& row) -> std::string {
       std::vector<std::string> all;
       for (const TimelineEvent* told : row.denied_by) all.push_back(source_of(told));
       return joined(all);
     }},
    {"status", [](const HappeningRow& row) -> std::string { return row.fullest.status; }},
    {"according_to",
     [](const HappeningRow& row) -> std::string { return voices(row.fullest.according_to); }},
    {"day_from",
     [](const HappeningRow& row) -> std::string { return row.day.by ? row.day.by->day_from : ""; }},
    {"day_quote", [](const HappeningRow& row) -> std::string { return row.day.quote; }},
    {"day_report", [](const HappeningRow& row) -> std::string { return source_of(row.day.by); }},
    {"type_quote", [](const HappeningRow& row) -> std::string { return row.type.quote; }},
    {"type_report", [](const HappeningRow& row) -> std::string { return source_of(row.type.by); }},
    {"who_quote", [](const HappeningRow& row) -> std::string { return row.actors.quote; }},
    {"who_report", [](const HappeningRow& row) -> std::string { return source_of(row.actors.by); }},
    {"to_whom_quote", [](const HappeningRow& row) -> std::string { return row.recipients.quote; }},
    {"to_whom_report",
     [](const HappeningRow& row) -> std::string { return source_of(row.recipients.by); }},
    {"place_quote", [](const HappeningRow& row) -> std::string { return row.place.quote; }},
    {"place_report",
     [](const HappeningRow& row) -> std::string { return source_of(row.place.by); }},
    {"dead_low_quote",
     [](const HappeningRow& row) -> std::string { return dead(row, &ToldToll::lowest).quote; }},
    {"dead_low_report",
     [](const HappeningRow& row) -> std::string {
       return source_of(dead(row, &ToldToll::lowest).by);
     }},
    {"dead_best_quote",
     [](const HappeningRow& row) -> std::string { return dead(row, &ToldToll::best_of).quote; }},
    {"dead_best_report",
     [](const HappeningRow& row) -> std::string {
       return source_of(dead(row, &ToldToll::best_of).by);
     }},
    {"dead_high_quote",
     [](const HappeningRow& row) -> std::string { return dead(row, &ToldToll::highest).quote; }},
    {"dead_high_report",
     [](const HappeningRow& row) -> std::string {
       return source_of(dead(row, &ToldToll::highest).by);
     }},
    {"tolls_quotes", [](const HappeningRow& row) -> std::string { return quoted_tolls(row); }},
    {"state", [](const HappeningRow& row) -> std::string { return row.happening.state; }},
};

class HappeningSheet : public SheetOf<ToldHappening> {
  std::span<const Column<ToldHappening>> columns() const override { return kHappeningColumns; }

  void each_row(const Happening& happening,
                const std::function<void(const ToldHappening&)>& visit) const override {
    visit(ToldHappening(happening));
  }
};

}  // namespace

std::span<const Column<ToldHappening>> happening_columns() { return kHappeningColumns; }

void append_happenings_csv_header(std::string& out) { append_header(happening_columns(), out); }

void append_csv(const Happening& happening, std::string& out) {
  append_cells(happening_columns(), ToldHappening(happening), out);
}

Result<std::unique_ptr<Writer>> open_happenings_csv(const std::string&) {
  return std::make_unique<HappeningSheet>();
}

}  // namespace dateline::exporting
