// Rows of the chronicle as CSV (RFC 4180): a header, CRLF, quotes where a cell needs them.
//
// A text cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a
// carriage return) gets an apostrophe in front, as spreadsheets themselves write it; JSON Lines has
// the text unchanged. Cells that hold several things separate them by "; ".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/chronicle.h"

namespace dateline::exporting {

void append_timeline_csv_header(std::string& out);
void append_csv(const TimelineEvent& event, std::string& out);

void append_happenings_csv_header(std::string& out);
void append_csv(const Happening& happening, std::string& out);

void append_search_csv_header(std::string& out);
void append_csv(const SearchHit& found, std::string& out);

}  // namespace dateline::exporting
