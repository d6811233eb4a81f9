// Another program, run on bytes that nobody trusts: no shell, no standard input, no files but the
// bytes themselves (in memory), little memory and time, and nothing of it left when it ends.
//
// The child has a process group of its own, which is killed when its time is over, when the caller
// has had enough, and in any case at the end. It dies with its parent. Any number of threads may
// run children at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/halt.h"
#include "dateline/result.h"

namespace dateline::stream {

/// Where a program finds the bytes it is to read: a file of its descriptor 3.
inline constexpr char kChildsFile[] = "/proc/self/fd/3";

struct ChildLimits {
  std::chrono::seconds time{120};     ///< On the clock.
  std::uint64_t memory = 1ULL << 30;  ///< Bytes of address space.
};

struct ChildEnd {
  enum class Why { kEnded, kKilled, kTooLong, kHalted, kEnough };
  Why why = Why::kEnded;
  int status = 0;    ///< What it ended with; the signal where it was killed.
  std::string said;  ///< The beginning of what it wrote to standard error.
};

/// Runs the program at `path`, which reads `file` at kChildsFile, and gives `take` what it writes,
/// piece by piece, until that returns false. Fails only where it cannot be started.
Result<ChildEnd> run_child(const std::string& path, const std::vector<std::string>& arguments,
                           std::string_view file, const ChildLimits& limits, const Halt& halt,
                           const std::function<bool(std::string_view piece)>& take);

/// The program of this name in the directories of PATH, absolute ones alone; empty where there is
/// none.
std::string find_program(const std::string& name);

}  // namespace dateline::stream
