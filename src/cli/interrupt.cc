// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <sys/mman.h>

#include <csignal>
#include <new>
#include <thread>

namespace dateline::cli {

namespace {

using Flag = std::atomic<bool>;
static_assert(Flag::is_always_lock_free, "a signal handler sets it, and another process sees it");

Flag* flag = nullptr;

/// In memory that child processes share: whichever of them the signal reaches, all see it.
Flag* shared_flag() {
  void* const memory =
      mmap(nullptr, sizeof(Flag), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? new Flag(false) : new (memory) Flag(false);
}

}  // namespace

std::atomic<bool>& stop_flag() {
  static const bool installed = [] {
    flag = shared_flag();
    struct sigaction action{};
    action.sa_handler = [](int) { flag->store(true, std::memory_order_relaxed); };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return true;
  }();
  (void)installed;
  return *flag;
}

void rest(std::chrono::seconds time) {
  constexpr std::chrono::milliseconds kNap(100);
  const auto end = std::chrono::steady_clock::now() + time;
  while (!stop_flag() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(kNap);
}

}  // namespace dateline::cli
