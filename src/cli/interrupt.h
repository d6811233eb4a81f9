// Ctrl-C as a flag: the first one asks for a clean stop, the second one ends the process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>

namespace dateline::cli {

/// Exit status of a command that was stopped, as shells know it.
inline constexpr int kInterrupted = 130;

/// Set by SIGINT and SIGTERM from the first call on, also for the processes that are forked after
/// it; a command may set it itself, too.
std::atomic<bool>& stop_flag();

/// Waits so long, or until that flag is set.
void rest(std::chrono::seconds time);

}  // namespace dateline::cli
