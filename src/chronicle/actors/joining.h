// Actors of a store: which entities of which reports are one.
//
// An entity with a name joins the persona that its name, country, sector and time make (naming.h);
// what its report says of it is counted there. Personas that share a name are weighed against each
// other (evidence.h) and grouped into actors: a function of what is counted, so that the order in
// which reports come does not matter, and a new report touches only personas with a name of its
// own. The most personas of one name that are weighed is kMostPersonas, however many reports name
// them; beyond that the order may matter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "chronicle/actors/naming.h"
#include "chronicle/database.h"
#include "dateline/record.h"

namespace dateline::chronicle::actors {

inline constexpr std::size_t kMostPersonas = 100;

/// Keeps of a new report what the other tables lack.
void keep(Database& database, std::int64_t report, const Record& record);

/// Takes a report out again, before it is read anew.
void forget(Database& database, std::int64_t report);

/// Takes all out that other tables of names joined.
void start_over(Database& database, std::string_view names);

/// Joins a kept report's entities to their personas.
void join(Database& database, std::int64_t report, const Names& names);

/// Groups some of the personas that changed anew; false once there is none.
bool group_some(Database& database);

/// Brings some of the actors that changed up to date; false once there is none.
bool summarise_some(Database& database);

}  // namespace dateline::chronicle::actors
