// What the commands that ask a chronicle share: which store, which events, in what format.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/output.h"
#include "dateline/chronicle.h"

namespace dateline::cli {

enum class Format { kAuto, kTable, kJsonLines, kCsv };

/// --store, chronicle.db where it is not given.
void add_store(CLI::App& command, std::string& store);

/// Opens a chronicle for writing, and says where a copy of it was kept, if one was.
Result<Chronicle> open_to_write(const std::string& store);

/// --format; kAuto becomes a table on a terminal and JSON Lines elsewhere.
void add_format(CLI::App& command, Format& format);
Format decided(Format format);

/// Where a type asked for is "help", lists the types: there is nothing else to do then.
bool listed_types(const Filter& filter, Output& output);

/// --tolls: which of several numbers is the best.
void add_toll_rule(CLI::App& command, TollRule& rule);

/// What a filter can be given (chronicle/filter_options.h), and --limit.
void add_filter(CLI::App& command, Filter& filter);

}  // namespace dateline::cli
