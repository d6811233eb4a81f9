// SPDX-License-Identifier: Apache-2.0
#include "cli/last_words.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

#include "cli/terminal.h"

namespace dateline::cli {

namespace {

struct Fault {
  int signal;
  std::string_view name;
};
constexpr std::array<Fault, 5> kFaults{{{SIGSEGV, " (Segmentation fault)\n"},
                                        {SIGBUS, " (Bus error)\n"},
                                        {SIGILL, " (Illegal instruction)\n"},
                                        {SIGFPE, " (Arithmetic fault)\n"},
                                        {SIGABRT, " (Aborted)\n"}}};
std::array<struct sigaction, kFaults.size()> before;

/// What a handler may use: nothing that allocates. A stack of its own, should that be the fault.
struct Thread {
  std::array<char, 400> line{};
  std::size_t size = 0;
  std::array<char, 32 * 1024> stack{};
  bool prepared = false;
};
thread_local Thread thread;

void tell(int signal, siginfo_t* info, void*) {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (kFaults[i].signal != signal) continue;
    if (thread.size > 0) {
      const std::string_view name = kFaults[i].name;
      // Nothing can be done about a failed write.
      (void)!::write(STDERR_FILENO, thread.line.data(), thread.size);
      (void)!::write(STDERR_FILENO, name.data(), name.size());
    }
    // What was there before takes over: a fault comes again once this returns, what was sent must
    // be sent again.
    sigaction(signal, &before[i], nullptr);
    if (info->si_code <= 0) raise(signal);
  }
}

}  // namespace

void tell_last_words() {
  struct sigaction action{};
  action.sa_sigaction = tell;
  action.sa_flags = SA_ONSTACK | SA_SIGINFO;
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    sigaction(kFaults[i].signal, &action, &before[i]);
  }
}

void now_reading(const ReportPlace& place) {
  if (!thread.prepared) {
    thread.prepared = true;
    stack_t stack{};
    stack.ss_sp = thread.stack.data();
    stack.ss_size = thread.stack.size();
    sigaltstack(&stack, nullptr);
  }
  std::string line = "dateline: ended by a fault while reading ";
  append_visible(place.text(), line);
  std::ranges::replace(line, '\n', ' ');
  thread.size = 0;
  std::memcpy(thread.line.data(), line.data(), std::min(line.size(), thread.line.size()));
  thread.size = std::min(line.size(), thread.line.size());
}

}  // namespace dateline::cli
