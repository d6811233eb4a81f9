// SPDX-License-Identifier: Apache-2.0
#include "stream/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace dateline::stream {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kCannotStart = 1009;
constexpr std::size_t kPipePiece = 64 * 1024;
constexpr std::size_t kMostComplaint = 4096;
constexpr int kBetweenLooks = 50;  ///< Milliseconds between two looks at the clock and the flag.
constexpr int kMoment = 2;         ///< Milliseconds.
constexpr int kNotRun = 127;       ///< As shells say that a program cannot be run.
constexpr int kFileAt = 3;         ///< As kChildsFile says.
constexpr rlim_t kMostFiles = 32;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_ = -1;
};

/// The bytes as a file that nobody else sees.
Descriptor memory_file(std::string_view bytes) {
  Descriptor file(memfd_create("report", MFD_CLOEXEC));
  while (file.is_open() && !bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Descriptor();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file.is_open()) ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

struct Pipe {
  Descriptor reading, writing;
};

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {Descriptor(), Descriptor()};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void limit(int of, rlim_t most, rlim_t more = 0) {
  const rlimit both{most, most + more};
  setrlimit(static_cast<__rlimit_resource>(of), &both);
}

/// What the child needs, all of it made before the fork: after it, only calls that are safe beside
/// other threads are made.
struct Plan {
  const char* path;
  char* const* arguments;
  char* const* surroundings;
  int nothing, out, said, file;
  rlim_t memory, seconds;
  pid_t parent;
};

[[noreturn]] void be_child(const Plan& plan) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != plan.parent) _exit(kNotRun);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_AS, plan.memory);
  limit(RLIMIT_CPU, plan.seconds, 1);  // At the second of the two it is killed, whatever it does.
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, kMostFiles);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  // All of these lie above the four that they become.
  const bool placed = dup2(plan.nothing, 0) == 0 && dup2(plan.out, 1) == 1 &&
                      dup2(plan.said, 2) == 2 && dup2(plan.file, kFileAt) == kFileAt;
  if (placed) execve(plan.path, plan.arguments, plan.surroundings);
  _exit(kNotRun);
}

/// The same descriptor at a number that the child does not need.
Descriptor lifted(const Descriptor& low) {
  return Descriptor(fcntl(low.get(), F_DUPFD_CLOEXEC, kFileAt + 1));
}

/// Reads what both pipes give until they end, the child's time is over, or somebody wants no more.
class Listener {
 public:
  Listener(Descriptor out, Descriptor said, const ChildLimits& limits, const Halt& halt)
      : out_(std::move(out)),
        said_(std::move(said)),
        halt_(halt),
        end_(Clock::now() + limits.time) {
    for (const Descriptor* one : {&out_, &said_}) fcntl(one->get(), F_SETFL, O_NONBLOCK);
  }

  ChildEnd::Why listen(const std::function<bool(std::string_view)>& take, std::string& said) {
    std::string buffer(kPipePiece, '\0');
    const auto keep = [&](std::string_view piece) {
      said += piece.substr(0, kMostComplaint - std::min(said.size(), kMostComplaint));
      return true;
    };
    while (out_.is_open()) {
      if (const auto why = why_not(); why != ChildEnd::Why::kEnded) return why;
      std::array<pollfd, 2> ends{{{out_.get(), POLLIN, 0}, {said_.get(), POLLIN, 0}}};
      if (poll(ends.data(), ends.size(), kBetweenLooks) <= 0) continue;
      if (ends[1].revents != 0 && !read(said_, buffer, keep)) return ChildEnd::Why::kEnough;
      if (ends[0].revents != 0 && !read(out_, buffer, take)) return ChildEnd::Why::kEnough;
    }
    if (said_.is_open()) read(said_, buffer, keep);
    return ChildEnd::Why::kEnded;
  }

  /// For a moment; kEnded where there is time for more.
  ChildEnd::Why wait() const {
    poll(nullptr, 0, kMoment);
    return why_not();
  }

 private:
  ChildEnd::Why why_not() const {
    if (halt_.asked()) return ChildEnd::Why::kHalted;
    return Clock::now() > end_ ? ChildEnd::Why::kTooLong : ChildEnd::Why::kEnded;
  }

  template <typename Take>
  static bool read(Descriptor& from, std::string& buffer, const Take& take) {
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (got <= 0) {
      from.close();
      return true;
    }
    return take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
  }

  Descriptor out_, said_;
  const Halt& halt_;
  const Clock::time_point end_;
};

/// Leaves it to be waited for.
bool has_ended(pid_t child) {
  siginfo_t ended{};
  return waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
         ended.si_pid == child;
}

tl::unexpected<Error> cannot_start(const std::string& path) {
  return fail(kCannotStart, fmt::format("{} cannot be run: {}", path, std::strerror(errno)));
}

}  // namespace

Result<ChildEnd> run_child(const std::string& path, const std::vector<std::string>& arguments,
                           std::string_view file, const ChildLimits& limits, const Halt& halt,
                           const std::function<bool(std::string_view piece)>& take) {
  std::vector<char*> words;
  words.push_back(const_cast<char*>(path.c_str()));
  for (const std::string& argument : arguments) {
    words.push_back(const_cast<char*>(argument.c_str()));
  }
  words.push_back(nullptr);
  // Messages in English, and nothing else of ours; PATH is for programs that are scripts.
  const char* const paths = std::getenv("PATH");
  std::string own_path = fmt::format("PATH={}", paths != nullptr ? paths : "");
  std::string locale = "LC_ALL=C";
  std::array<char*, 3> surroundings{own_path.data(), locale.data(), nullptr};

  Pipe out = make_pipe(), said = make_pipe();
  const Descriptor memory = memory_file(file);
  const Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!out.writing.is_open() || !said.writing.is_open() || !memory.is_open() ||
      !nothing.is_open()) {
    return cannot_start(path);
  }
  Descriptor high[] = {lifted(nothing), lifted(out.writing), lifted(said.writing), lifted(memory)};
  if (!std::ranges::all_of(high, &Descriptor::is_open)) return cannot_start(path);
  const Plan plan{path.c_str(),
                  words.data(),
                  surroundings.data(),
                  high[0].get(),
                  high[1].get(),
                  high[2].get(),
                  high[3].get(),
                  static_cast<rlim_t>(limits.memory),
                  static_cast<rlim_t>(limits.time.count()),
                  getpid()};
  const pid_t child = fork();
  if (child < 0) return cannot_start(path);
  if (child == 0) be_child(plan);
  setpgid(child, child);  // Whoever comes first.
  out.writing.close();
  said.writing.close();
  for (Descriptor& one : high) one.close();

  ChildEnd end;
  Listener listener(std::move(out.reading), std::move(said.reading), limits, halt);
  end.why = listener.listen(take, end.said);
  // It may have closed its output and live on, or have left children behind. Its number, and that
  // of its group, is nobody else's until it is waited for.
  while (end.why == ChildEnd::Why::kEnded && !has_ended(child)) end.why = listener.wait();
  kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (end.why == ChildEnd::Why::kEnded && WIFSIGNALED(status)) {
    end.why = WTERMSIG(status) == SIGXCPU ? ChildEnd::Why::kTooLong : ChildEnd::Why::kKilled;
  }
  end.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  return end;
}

std::string find_program(const std::string& name) {
  const char* const paths = std::getenv("PATH");
  std::string_view rest = paths != nullptr ? paths : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string_view directory = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!directory.starts_with('/')) continue;
    std::string path = fmt::format("{}/{}", directory, name);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return {};
}

}  // namespace dateline::stream
