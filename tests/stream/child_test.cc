// Programs that are run on bytes: bounded, alone, and gone at the end.
// SPDX-License-Identifier: Apache-2.0
#include "stream/child.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace dateline::stream {
namespace {

using Why = ChildEnd::Why;

/// What a program gave, and how it ended.
struct Outcome {
  std::string wrote;
  ChildEnd end;
};

Outcome run(const std::string& program, const std::vector<std::string>& arguments,
            std::string_view file = "", ChildLimits limits = {}, const Halt& halt = {}) {
  Outcome run;
  auto end =
      run_child(find_program(program), arguments, file, limits, halt, [&](std::string_view piece) {
        run.wrote += piece;
        return run.wrote.size() < 1'000'000;
      });
  EXPECT_TRUE(end) << end.error().message;
  if (end) run.end = *end;
  return run;
}

TEST(Child, ReadsItsFileAndIsHeard) {
  const std::string bytes = "bytes\0of a file" + std::string(300'000, 'a');
  const Outcome whole = run("cat", {kChildsFile}, bytes);
  EXPECT_EQ(whole.wrote, bytes);
  EXPECT_EQ(whole.end.why, Why::kEnded);
  EXPECT_EQ(whole.end.status, 0);
  const Outcome bad = run("cat", {"/no/such/file"});
  EXPECT_EQ(bad.end.status, 1);
  EXPECT_NE(bad.end.said.find("No such file"), std::string::npos);
  EXPECT_EQ(run("cat", {}).wrote, "") << "nothing is at its standard input";
  EXPECT_EQ(run_child("/no/such/program", {}, "", {}, {}, [](auto) { return true; })->status, 127);
}

TEST(Child, IsBounded) {
  using namespace std::chrono_literals;
  EXPECT_EQ(run("sleep", {"100"}, "", {.time = 1s}).end.why, Why::kTooLong);
  EXPECT_EQ(run("yes", {}).end.why, Why::kEnough);
  const std::atomic<bool> stop = true;
  EXPECT_EQ(run("sleep", {"100"}, "", {}, Halt(&stop, 0s)).end.why, Why::kHalted);
  EXPECT_EQ(run("sleep", {"100"}, "", {}, Halt(nullptr, 1s)).end.why, Why::kHalted);
  // It ends its output and goes on; it leaves children behind.
  EXPECT_EQ(run("sh", {"-c", "exec >&- 2>&-; sleep 100"}, "", {.time = 1s}).end.why, Why::kTooLong);
  EXPECT_EQ(run("sh", {"-c", "sleep 100 >/dev/null 2>&1 & echo done"}).wrote, "done\n");
  EXPECT_EQ(run("sh", {"-c", "kill -9 $$"}).end.why, Why::kKilled);
}

TEST(Child, ManyThreadsRunTheirOwn) {
  std::vector<std::jthread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&right, i] {
      const std::string bytes(static_cast<std::size_t>(100'000 + i), static_cast<char>('a' + i));
      for (int again = 0; again < 5; ++again) {
        right += run("cat", {kChildsFile}, bytes).wrote == bytes;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 40);
}

TEST(Child, ProgramsAreLookedForInAbsoluteDirectoriesAlone) {
  EXPECT_EQ(find_program("cat").front(), '/');
  EXPECT_EQ(find_program("no such program"), "");
}

}  // namespace
}  // namespace dateline::stream
