// The commands of `dateline`, one file each.
//
// add_xxx declares a command's options on the app and, when the command is chosen, leaves in `run`
// what is to be done; main runs it after the whole command line was understood. What a command
// returns is the exit status: 0 all well, 1 something outside is wrong, or of all that was to be
// read nothing could be; 2 the command line asks for what cannot be done. A user's mistake is one
// clear line: return usage_error("...").
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace dateline::cli {

using Run = std::function<int()>;

inline constexpr int kDone = 0;
inline constexpr int kProblem = 1;
inline constexpr int kUsage = 2;

void add_read(CLI::App& app, Run& run);
void add_ingest(CLI::App& app, Run& run);
void add_watch(CLI::App& app, Run& run);
void add_timeline(CLI::App& app, Run& run);
void add_show(CLI::App& app, Run& run);
void add_search(CLI::App& app, Run& run);
void add_match(CLI::App& app, Run& run);
void add_counting(CLI::App& app, Run& run);
void add_changes(CLI::App& app, Run& run);
void add_accounts(CLI::App& app, Run& run);
void add_actors(CLI::App& app, Run& run);
void add_correct(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_doctor(CLI::App& app, Run& run);
void add_fsck(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);
void add_knowledge(CLI::App& app, Run& run);
void add_serve(CLI::App& app, Run& run);
void add_mcp(CLI::App& app, Run& run);

}  // namespace dateline::cli
