// The store as a file: what it is not made of, who may write it, and what a sudden end leaves.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "chronicle/sample.h"
#include "chronicle/schema.h"

namespace dateline::test {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

/// Runs SQL with nothing of ours between; gives the first value.
std::string raw(const std::string& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  sqlite3_open(path.c_str(), &handle);
  std::string first;
  char* message = nullptr;
  sqlite3_exec(
      handle, sql.c_str(),
      [](void* into, int, char** values, char**) {
        auto& text = *static_cast<std::string*>(into);
        if (text.empty() && values[0] != nullptr) text = values[0];
        return 0;
      },
      &first, &message);
  EXPECT_EQ(message, nullptr) << message;
  sqlite3_free(message);
  sqlite3_close(handle);
  return first;
}

int code_of(const std::string& path, Access access) {
  const auto chronicle = Chronicle::open(path, {.access = access, .wait_ms = 100});
  return chronicle ? 0 : chronicle.error().code;
}

Sample numbered(int number) {
  Sample sample("n" + std::to_string(number),
                "Crowd number " + std::to_string(number) + " marched.", "2026-03-01");
  for (int i = 0; i < 20; ++i) sample.event("PROTEST", "marched");
  return sample;
}

TEST(Store, AMissingOneIsNotMadeByReading) {
  const Folder folder;
  EXPECT_EQ(code_of(folder.file("none.db"), Access::kRead), 4001);
  EXPECT_FALSE(fs::exists(folder.file("none.db")));
  const auto nowhere = Chronicle::open(folder.file("no/such/dir.db"), {.access = Access::kWrite});
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, 4004);
  EXPECT_THAT(nowhere.error().message, HasSubstr("there is no directory"));
}

TEST(Store, WhatIsNoneIsLeftAlone) {
  const Folder folder;
  const std::string text = folder.file("text.db"), other = folder.file("other.db");
  std::ofstream(text) << std::string(5000, 'x');
  raw(other, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  for (const Access access : {Access::kRead, Access::kWrite}) {
    EXPECT_EQ(code_of(folder.path().string(), access), 4002);
    EXPECT_EQ(code_of("/dev/null", access), 4002);
    EXPECT_EQ(code_of(text, access), 4002);
    EXPECT_EQ(code_of(other, access), 4002);
  }
  EXPECT_EQ(fs::file_size(text), 5000u);
  EXPECT_EQ(raw(other, "PRAGMA journal_mode"), "delete");
  EXPECT_EQ(raw(other, "SELECT x FROM t"), "1");
}

TEST(Store, AnEmptyFileBecomesOne) {
  const Folder folder;
  const std::string path = folder.file("odd % name?#.db");
  std::ofstream(path).flush();
  EXPECT_EQ(code_of(path, Access::kRead), 4001);
  EXPECT_EQ(code_of(path, Access::kWrite), 0);
  EXPECT_EQ(code_of(path, Access::kRead), 0);
  EXPECT_GT(fs::file_size(path), 0u);
}

TEST(Store, ANewerVersionIsRefused) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
  }
  EXPECT_EQ(raw(path, "PRAGMA application_id"), std::to_string(chronicle::kApplicationId));
  raw(path, "PRAGMA user_version = 99");
  for (const Access access : {Access::kRead, Access::kWrite}) {
    const auto refused = Chronicle::open(path, {.access = access});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, 4003);
    EXPECT_THAT(refused.error().message, HasSubstr("newer version"));
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
  }
}

TEST(Store, AnOlderOneIsReadAndGetsWhatItLacksOnceItIsWritten) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  raw(path, std::string(chronicle::kReports) + "PRAGMA user_version = 1; PRAGMA application_id = " +
                std::to_string(chronicle::kApplicationId));
  raw(path,
      "INSERT INTO reports (content, reading, id, outlet, text, record) VALUES ('c', 'r', "
      "'old', 'Courier', 'Rain fell.', x'00')");
  {
    const auto reader = Chronicle::open(path);
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ(reader->totals()->reports, 1u);
  }
  EXPECT_EQ(raw(path, "PRAGMA user_version"), "1");
  {
    auto writer = writable(path);
    EXPECT_TRUE(writer.ingest(attack().record, attack().print(), "<p>page"));
    EXPECT_EQ(writer.page("attack-1")->bytes, "<p>page");
  }
  EXPECT_EQ(raw(path, "PRAGMA user_version"), std::to_string(chronicle::kSchemaVersion));
  EXPECT_EQ(Chronicle::open(path)->totals()->reports, 2u);
}

/// Does this in a process that may not write what it may not; gives what it returned.
template <typename Do>
int unprivileged(const Folder& folder, Do something) {
  constexpr uid_t kNobody = 65534;
  if (geteuid() != 0) return something();
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    if (chown(entry.path().c_str(), kNobody, kNobody) != 0) return -1;
  }
  if (chown(folder.path().c_str(), kNobody, kNobody) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) _exit(setgid(kNobody) != 0 || setuid(kNobody) != 0 ? -1 : something());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Store, AReadOnlyOneIsReadAndNotWritten) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
    put(chronicle, attack());
  }
  const auto write = [&] { return code_of(path, Access::kWrite) - 4000; };
  const auto read = [&] {
    const auto chronicle = Chronicle::open(path);
    return chronicle ? static_cast<int>(events(*chronicle).size()) : 100;
  };
  fs::permissions(path, fs::perms::owner_read);
  EXPECT_EQ(unprivileged(folder, write), 4);
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(unprivileged(folder, write), 4);
  EXPECT_EQ(unprivileged(folder, read), 2);
  // The log of changes is there, with nothing in it.
  fs::permissions(folder.path(), fs::perms::owner_all);
  std::ofstream(path + "-wal").flush();
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(unprivileged(folder, read), 2);
}

TEST(Store, WhereNoFileCanBeMadeIsSaid) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  const auto says = [&](Access access, std::string_view words) {
    const auto chronicle = Chronicle::open(path, {.access = access, .wait_ms = 100});
    if (chronicle) return 1;
    const std::string& message = chronicle.error().message;
    if (chronicle.error().code != 4004 || message.find(words) == std::string::npos) {
      std::cerr << message << '\n';
      return 2;
    }
    return 0;
  };
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(unprivileged(folder, [&] { return says(Access::kWrite, "Permission denied"); }), 0);
  // What a dead writer left in its log must be read, which needs a file beside it.
  fs::permissions(folder.path(), fs::perms::owner_all);
  const pid_t child = fork();
  if (child == 0) {
    auto chronicle = writable(path);
    put(chronicle, attack());
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  ASSERT_GT(fs::file_size(path + "-wal"), 0u);
  fs::remove(path + "-shm");
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(unprivileged(folder, [&] { return says(Access::kRead, "copy both"); }), 0);
}

TEST(Store, WhereThereIsNoRoomAReportIsLeftOutWhole) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  std::uint64_t kept = 0;
  {
    auto chronicle = writable(path, {.max_bytes = 400'000});
    for (int i = 0;; ++i) {
      const Sample sample = numbered(i);
      const auto outcome = chronicle.ingest(sample.record, sample.print());
      if (outcome) {
        ++kept;
        continue;
      }
      EXPECT_EQ(outcome.error().code, 4005);
      EXPECT_THAT(outcome.error().message, HasSubstr("full"));
      break;
    }
    EXPECT_GT(kept, 5u);
    EXPECT_EQ(chronicle.totals()->reports, kept);
    EXPECT_EQ(chronicle.totals()->events, kept * 20);
  }
  EXPECT_EQ(raw(path, "PRAGMA integrity_check"), "ok");
  auto roomier = writable(path);
  EXPECT_EQ(put(roomier, numbered(static_cast<int>(kept))), Ingested::kAdded);
}

TEST(Store, TwoWritersTakeTurns) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  constexpr int kEach = 40;
  std::atomic<int> added = 0;
  const auto write = [&] {
    auto chronicle = writable(path);
    for (int i = 0; i < kEach; ++i) added += put(chronicle, numbered(i)) == Ingested::kAdded;
  };
  std::thread one(write), two(write);
  one.join();
  two.join();
  EXPECT_EQ(added, kEach);
  EXPECT_EQ(Chronicle::open(path)->totals()->reports, static_cast<std::uint64_t>(kEach));
}

TEST(Store, OneChronicleServesManyThreads) {
  const Folder folder;
  auto chronicle = writable(folder.file("a.db"));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        put(chronicle, numbered(t * 10 + i));
        events(chronicle, {.limit = 5});
        EXPECT_TRUE(chronicle.search("crowd", {.limit = 3}));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(chronicle.totals()->reports, 40u);
}

TEST(Store, ReadersDoNotWaitForEachOther) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
    for (int i = 0; i < 3; ++i) put(chronicle, numbered(i));
  }
  const auto chronicle = Chronicle::open(path);
  ASSERT_TRUE(chronicle) << chronicle.error().message;
  int asked = 0;
  const auto given = chronicle->timeline({}, [&](const TimelineEvent&) {
    // The timeline has its connection still.
    std::thread another([&] { asked += chronicle->search("crowd", {})->size() == 3; });
    another.join();
    return asked < 5;
  });
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(asked, 5);
}

TEST(Store, AQueryThatTakesTooLongIsGivenUp) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
    for (int i = 0; i < 100; ++i) put(chronicle, numbered(i));
  }
  const auto code = [](const auto& result) { return result ? 0 : result.error().code; };
  const auto all = [](const TimelineEvent&) { return true; };
  const auto hurried = Chronicle::open(path, {.query_ms = 1});
  ASSERT_TRUE(hurried) << hurried.error().message;
  const auto slowly = [](const TimelineEvent&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return true;
  };
  EXPECT_EQ(code(hurried->timeline({}, slowly)), 4015);
  EXPECT_EQ(code(hurried->show("r1")), 0);  // The connection is as good as before.

  std::atomic<bool> stop = false;
  const auto stopped = Chronicle::open(path, {.stop = &stop});
  ASSERT_TRUE(stopped) << stopped.error().message;
  EXPECT_EQ(code(stopped->timeline({}, all)), 0);
  stop = true;
  EXPECT_EQ(code(stopped->timeline({}, all)), 4015);
}

TEST(Store, AWriterThatNeverEndsIsNamed) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  auto chronicle = writable(path, {.wait_ms = 50});
  sqlite3* other = nullptr;
  sqlite3_open(path.c_str(), &other);
  sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  const auto outcome = chronicle.ingest(attack().record, attack().print());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, 4006);
  EXPECT_EQ(events(chronicle).size(), 0u);  // Readers do not wait.
  sqlite3_close(other);
  EXPECT_EQ(put(chronicle, attack()), Ingested::kAdded);
}

TEST(Store, AKillLeavesWholeReports) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  for (int round = 0; round < 5; ++round) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto chronicle = writable(path);
      for (int i = 0;; ++i) {
        put(chronicle, numbered(i));
        if (i == round * 30 + 3 && ::write(ready[1], "x", 1) != 1) _exit(1);
      }
    }
    char byte;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    usleep(static_cast<useconds_t>(1000 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ready[0]);
    close(ready[1]);
    {
      const auto chronicle = Chronicle::open(path);
      ASSERT_TRUE(chronicle) << chronicle.error().message;
      const auto totals = chronicle->totals();
      EXPECT_GE(totals->reports, static_cast<std::uint64_t>(round * 30 + 4));
      EXPECT_EQ(totals->events, totals->reports * 20);
    }
    EXPECT_EQ(raw(path, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(raw(path,
                  "SELECT count(*) FROM reports r WHERE NOT EXISTS (SELECT 1 FROM "
                  "report_words WHERE rowid = r.key AND report_words MATCH 'crowd')"),
              "0");
  }
}

TEST(Store, ADamagedOneIsNamed) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
    for (int i = 0; i < 50; ++i) put(chronicle, numbered(i));
  }
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    for (int i = 0; i < 300'000; ++i) file.put('\x5a');
  }
  auto chronicle = Chronicle::open(path);
  const int code = chronicle ? [&] {
    const auto totals = chronicle->timeline({}, [](const auto&) { return true; });
    return totals ? 0 : totals.error().code;
  }()
                             : chronicle.error().code;
  EXPECT_EQ(code, 4007);
}

TEST(Store, WhateverPageIsDamagedNothingWorseThanAnErrorComes) {
  const Folder folder;
  const std::string path = folder.file("a.db"), damaged = folder.file("b.db");
  {
    auto chronicle = writable(path);
    put(chronicle, attack());
    for (int i = 0; i < 30; ++i) put(chronicle, numbered(i));
  }
  constexpr std::size_t kPage = 4096;
  const std::size_t pages = fs::file_size(path) / kPage;
  ASSERT_GT(pages, 30u);
  std::mt19937 draw(7);
  std::set<int> codes;
  for (std::size_t page = 0; page < pages; ++page) {
    fs::copy_file(path, damaged, fs::copy_options::overwrite_existing);
    {
      std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
      // A piece of the page, sometimes its head; the file's own head stays.
      const std::size_t at = page * kPage + (page == 0 ? 100 : draw() % 2 * (draw() % kPage));
      file.seekp(static_cast<std::streamoff>(at));
      for (std::size_t i = 0; i < 200 && at + i < (page + 1) * kPage; ++i) {
        file.put(static_cast<char>(draw()));
      }
    }
    const auto note = [&](const auto& result) {
      codes.insert(result ? 0 : result.error().code);
      return result.has_value();
    };
    for (const Access access : {Access::kRead, Access::kWrite}) {
      auto chronicle = Chronicle::open(damaged, {.access = access, .query_ms = 10'000});
      if (!note(chronicle)) continue;
      note(chronicle->totals());
      note(chronicle->timeline({.actor = "karst"}, [](const TimelineEvent&) { return true; }));
      note(chronicle->search("crowd marched", {}));
      note(chronicle->show("r1"));
      note(chronicle->rejected());
      if (access == Access::kWrite) {
        note(chronicle->ingest(numbered(99).record, numbered(99).print()));
      }
    }
    for (const char* side : {"-wal", "-shm", "-journal"}) fs::remove(damaged + side);
  }
  // All is well, damaged, no record any more, or what SQLite says itself.
  EXPECT_THAT(codes,
              testing::IsSubsetOf({0, 1090, 1092, 4001, 4002, 4003, 4007, 4008, 4009, 4010}));
  EXPECT_TRUE(codes.contains(0) && codes.contains(4007));
}

TEST(Store, TheDocumentedTablesAreTheTables) {
  std::ifstream file(DATELINE_SOURCE_DIR "/docs/store.md");
  std::stringstream page;
  page << file.rdbuf();
  std::string tables;
  for (const char* step : chronicle::kSteps) tables += step;
  EXPECT_THAT(page.str(), HasSubstr("```sql" + tables + "```"));
}

TEST(Store, SpansCountCodePointsOfTheText) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  {
    auto chronicle = writable(path);
    put(chronicle, attack());
  }
  for (const char* table : {"mentions", "places", "quantities", "participants"}) {
    EXPECT_EQ(raw(path, "SELECT count(*) FROM " + std::string(table) +
                            " t JOIN reports r ON r.key = t.report WHERE substr(r.text, "
                            "span_begin + 1, span_end - span_begin) <> words"),
              "0")
        << table;
    EXPECT_NE(raw(path, "SELECT count(*) FROM " + std::string(table)), "0");
  }
}

}  // namespace
}  // namespace dateline::test
