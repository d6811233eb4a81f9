// Rows of the chronicle as JSON Lines: one object a row, what is unknown left out, spans in code
// points.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/chronicle.h"

namespace dateline::exporting {

void append_json_line(const TimelineEvent& event, std::string& out);
/// A happening on one line: what most accounts say, who and where by the fullest of them.
void append_json_line(const Happening& happening, std::string& out);

/// What became of one, with all of it where it is there still.
void append_json_line(const Change& change, std::string& out);
/// The same with every account of it.
void append_accounts(const Happening& happening, std::string& out);
/// {"happening", "events": [{"report", "event"}]}
void append_json_line(const HappeningMembers& happening, std::string& out);
/// {"cluster", "reports"}
void append_cluster(const HappeningMembers& happening, std::string& out);
void append_json_line(const SearchHit& found, std::string& out);
void append_json_line(const Attention& one, std::string& out);
void append_json_line(const Correction& correction, std::string& out);
void append_json_line(const Rejection& rejection, std::string& out);

}  // namespace dateline::exporting
