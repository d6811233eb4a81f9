// Actors of the chronicle as JSON Lines and CSV.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/chronicle.h"

namespace dateline::exporting {

void append_json_line(const Actor& actor, std::string& out);
/// The same with all that is known of it.
void append_json_line(const ActorLife& life, std::string& out);

void append_actors_csv_header(std::string& out);
void append_csv(const Actor& actor, std::string& out);

}  // namespace dateline::exporting
