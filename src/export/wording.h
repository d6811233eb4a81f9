// How parts of an event are put in words, the same in every format that has one cell for them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::exporting {

/// "Karst Front; gunmen"
std::string names(const std::vector<Who>& several);

/// "Karst Front (4); KF (2)": with how many reports use each.
std::string names(const std::vector<ActorName>& several);

/// "at least 12 soldiers; 40 wounded", the report's words.
std::string numbers_in_words(const std::vector<HowMany>& several);

/// "Kolvar (TSM)": with its country where it is not one itself; empty where none is told.
std::string place(const TimelineEvent& event);

/// "12", "30..40": a number as far as it is known; empty where its words give none ("dozens").
std::string value_of(const HowMany& counted);

/// "dead=12; wounded=30..40": what is counted and how many, where that was read.
std::string numbers_counted(const std::vector<HowMany>& several);

/// "4 to 14 dead (13); 41 wounded": the lowest, the highest and the best of what sources tell.
std::string tolls(const std::vector<Toll>& several);

/// "army of Velia (denies), via a spokesman"; a source the report leaves unnamed is "unnamed".
std::string voices(const std::vector<Voice>& several);

/// "dead; day"
std::string joined(const std::vector<std::string>& several);

/// The words that name those who take part: "Fighters of the Karst Front; gunmen".
std::string words_of(const std::vector<Who>& several);

/// "4 to 14 dead (13)", or the report's own words where one report alone tells of it.
std::string how_many(const Happening& happening);

/// "1 report", "3 reports"
std::string count_of(std::size_t number, std::string_view what);

/// Whether a place is a point of a map. What is wider than a town is an area.
bool is_point(const Where& place);

/// The day of publication; some reports say the hour too.
std::string day_of(const ReportRef& report);

/// "Northwire, 2026-03-07 (r14.v11)": which report says so; empty where none does.
std::string source_of(const TimelineEvent* told);
/// "person-corrected: day, place"; empty where no person had a hand in it.
std::string state(const TimelineEvent& event);

/// What a reader knows a report by: its outlet, else its address or file, else its id.
const std::string& origin(const ReportRef& report);

/// "2026-03-07", "2026-03" or "2026" for a whole month or year, else "2026-03-07 – 2026-03-09".
std::string days(const std::string& begin, const std::string& end);

/// A number as briefly as it can be read back unchanged.
std::string number(double value);

}  // namespace dateline::exporting
