// `dateline match`: finds which reports of a chronicle tell of one happening, and which of their
// entities are one actor. `ingest` ends with it; by itself it goes on where that was stopped, and
// brings a store of an older version up. SPDX-License-Identifier: Apache-2.0
#include "cli/match.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/interrupt.h"
#include "cli/store.h"
#include "dateline/actor_names.h"
#include "dateline/matcher.h"

namespace dateline::cli {

namespace {

/// A line that tells on a terminal how far it is.
class Shown {
 public:
  explicit Shown(const char* what) : what_(what) {}
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;
  ~Shown() {
    if (open_) std::fputs("\r\x1b[K", stderr);
  }

  /// Whether to go on.
  bool operator()(std::size_t done, std::size_t all) {
    if (terminal_ && (done % 20 == 0 || done == all)) {
      std::fputs(fmt::format("\r{}: {} of {}", what_, done, all).c_str(), stderr);
      open_ = true;
    }
    return !stop_flag();
  }

 private:
  const char* const what_;
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  bool open_ = false;
};

template <class Work>
Result<std::size_t> shown(const char* what, const Work& work) {
  Shown line(what);
  return work([&](std::size_t done, std::size_t all) { return line(done, all); });
}

}  // namespace

int match_reports(Chronicle& chronicle, const std::string& knowledge,
                  const std::function<int(const Error&)>& trouble) {
  const auto matcher = Matcher::open();
  if (!matcher) return trouble(matcher.error());
  const auto names = ActorNames::open(knowledge);
  if (!names) return trouble(names.error());
  const auto matched = shown("comparing reports", [&](const auto& compared) {
    return chronicle.match(*matcher, compared);
  });
  if (!matched) return trouble(matched.error());
  if (!stop_flag()) {
    const auto joined =
        shown("joining actors", [&](const auto& done) { return chronicle.join(*names, done); });
    if (!joined) return trouble(joined.error());
  }
  if (stop_flag()) {
    complain("stopped while reports were compared; the same command goes on from here");
    return kInterrupted;
  }
  return kDone;
}

namespace {

struct MatchOptions {
  std::string store, knowledge;
};

int run_match(const MatchOptions& options) {
  const std::string& store = options.store;
  if (const auto there = Chronicle::open(store); !there) return complain_of(there.error());
  auto chronicle = open_to_write(store);
  if (!chronicle) return complain_of(chronicle.error());
  if (const int status = match_reports(*chronicle, options.knowledge); status != kDone) {
    return status;
  }
  const auto totals = chronicle->totals();
  if (!totals) return complain_of(totals.error());
  complain(fmt::format("{} holds {} happenings and {} actors in {} reports", store,
                       totals->happenings, totals->actors, totals->reports));
  return kDone;
}

}  // namespace

void add_match(CLI::App& app, Run& command) {
  CLI::App* match = app.add_subcommand(
      "match", "Find which reports of a chronicle tell of one happening, and of one actor");
  auto options = std::make_shared<MatchOptions>();
  add_store(*match, options->store);
  match
      ->add_option("--knowledge", options->knowledge,
                   "Directory of tables (default: the installed)")
      ->option_text("DIR");
  match->callback([&command, options] { command = [options] { return run_match(*options); }; });
}

}  // namespace dateline::cli
