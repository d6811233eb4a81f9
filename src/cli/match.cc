// `dateline match`: finds which reports of a chronicle tell of one happening. `ingest` ends with
// it; by itself it goes on where that was stopped, and brings a store of an older version up.
// SPDX-License-Identifier: Apache-2.0
#include "cli/match.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/interrupt.h"
#include "cli/store.h"
#include "dateline/matcher.h"

namespace dateline::cli {

int match_reports(Chronicle& chronicle) {
  const auto matcher = Matcher::open();
  if (!matcher) return complain_of(matcher.error());
  const bool shown = isatty(STDERR_FILENO) != 0;
  bool line_open = false;
  const auto matched = chronicle.match(*matcher, [&](std::size_t done, std::size_t all) {
    if (shown && (done % 20 == 0 || done == all)) {
      std::fputs(fmt::format("\rcomparing reports: {} of {}", done, all).c_str(), stderr);
      line_open = true;
    }
    return !stop_flag();
  });
  if (line_open) std::fputs("\r\x1b[K", stderr);
  if (!matched) return complain_of(matched.error());
  if (stop_flag()) {
    complain("stopped while reports were compared; the same command goes on from here");
    return kInterrupted;
  }
  return kDone;
}

namespace {

int run_match(const std::string& store) {
  if (const auto there = Chronicle::open(store); !there) return complain_of(there.error());
  auto chronicle = open_to_write(store);
  if (!chronicle) return complain_of(chronicle.error());
  if (const int status = match_reports(*chronicle); status != kDone) return status;
  const auto totals = chronicle->totals();
  if (!totals) return complain_of(totals.error());
  complain(fmt::format("{} holds {} happenings in {} reports", store, totals->happenings,
                       totals->reports));
  return kDone;
}

}  // namespace

void add_match(CLI::App& app, Run& command) {
  CLI::App* match =
      app.add_subcommand("match", "Find which reports of a chronicle tell of one happening");
  auto store = std::make_shared<std::string>();
  add_store(*match, *store);
  match->callback([&command, store] { command = [store] { return run_match(*store); }; });
}

}  // namespace dateline::cli
