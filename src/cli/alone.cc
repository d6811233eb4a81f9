// SPDX-License-Identifier: Apache-2.0
#include "cli/alone.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>

#include "cli/commands.h"
#include "cli/complaints.h"

namespace dateline::cli {

namespace {

constexpr int kSecond = 1'000;

[[noreturn]] void be_child(pid_t parent, const std::function<int()>& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(kProblem);  // It died before this could be asked for.
  int status = kProblem;
  try {
    status = work();
  } catch (const std::exception& problem) {
    complain(problem.what());
  }
  std::fflush(nullptr);
  _exit(status);
}

}  // namespace

bool End::was_death() const {
  const int asked[] = {0, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  return std::ranges::find(asked, signal) == std::end(asked);
}

std::string End::cause() const { return strsignal(signal); }

End in_child(const std::function<int()>& work, const std::function<bool()>& hangs) {
  // The child holds one end for as long as it lives.
  int lives[2];
  if (pipe2(lives, O_CLOEXEC) != 0) return {work(), 0};
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) {
    close(lives[0]);
    be_child(parent, work);
  }
  close(lives[1]);
  if (child < 0) {
    close(lives[0]);
    return {work(), 0};
  }
  pollfd ended{lives[0], POLLIN, 0};
  int ready = 0;
  while ((ready = poll(&ended, 1, kSecond)) <= 0) {
    if (ready == 0 && hangs()) kill(child, SIGKILL);
  }
  close(lives[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? End{0, WTERMSIG(status)} : End{WEXITSTATUS(status), 0};
}

}  // namespace dateline::cli
