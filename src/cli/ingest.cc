// `dateline ingest FILES`: reports into a chronicle, each once.
//
// A report whose reading is in already is passed over before it is read, so that a run that was
// stopped, by whatever, is taken up again by the same command. Each report is kept as soon as it
// was read; one that cannot be read is kept with its reason.
//
// Reports are read in a child process. When that dies, what it had in hand is read again, each
// report in a process of its own; one that ends that too is rejected, and the run goes on. Where
// this process dies as well, the next run does the same.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/alone.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/in_hand.h"
#include "cli/interrupt.h"
#include "cli/keeping.h"
#include "cli/match.h"
#include "cli/reading_options.h"
#include "cli/store.h"

namespace dateline::cli {

namespace {

struct IngestOptions {
  ReadingOptions reading;
  std::string store;
  bool retry = false;
};

/// A single report as a source.
class OneReport : public Source {
 public:
  explicit OneReport(InHand::Report report) : report_(std::move(report)) {}

  std::optional<Found> next() override {
    auto report = std::exchange(report_, std::nullopt);
    if (!report) return std::nullopt;
    const std::uint64_t size = report->input.bytes.size();
    return Found{std::move(report->place), std::move(report->input), {}, {}, size};
  }

 private:
  std::optional<InHand::Report> report_;
};

/// Asked once a second: whether the same report has been in hand for far longer than it may, so
/// that something hangs that cannot be asked to end.
class Watch {
 public:
  Watch(const InHand& hand, unsigned limit_seconds)
      : hand_(hand), most_(2ull * limit_seconds + 10) {}

  bool operator()() {
    const auto first = hand_.first();
    seconds_ = first && first == watched_ ? seconds_ + 1 : 0;
    watched_ = first;
    return seconds_ > most_;
  }

 private:
  const InHand& hand_;
  const std::uint64_t most_;
  std::optional<std::uint64_t> watched_;
  std::uint64_t seconds_ = 0;
};

class Ingest {
 public:
  Ingest(const IngestOptions& options, Source& source, const Reader& reader, InHand hand)
      : options_(options), source_(source), reader_(reader), hand_(std::move(hand)) {}

  int run() {
    while (true) {
      if (const int status = read_what_is_in_hand(); status != kDone) return status;
      const End end = in_child([&] { return read_all_new(); }, watch());
      if (!end.was_death()) {
        hand_.put_all_down();  // It ended in good order, in the middle of some.
        return end.signal == 0 ? end.status : kInterrupted;
      }
      const std::size_t left = hand_.size();
      if (left == 0) {
        complain(
            fmt::format("ended ({}) while no report was being read; the same command goes on "
                        "from here",
                        end.cause()));
        return kProblem;
      }
      complain(fmt::format("reading ended ({}) with {} report{} in hand; each is read alone now",
                           end.cause(), left, left == 1 ? "" : "s"));
      if (const int status = read_what_is_in_hand(); status != kDone) return status;
      if (!can_be_read_again()) {
        complain(
            "what came through a pipe is gone: give it again; the same command goes on from here");
        return kProblem;
      }
    }
  }

 private:
  std::function<bool()> watch() const { return Watch(hand_, options_.reading.time_limit); }

  Keeping keeping() const {
    Keeping keeping;
    keeping.run.threads = options_.reading.threads;
    keeping.run.stop = &stop_flag();
    keeping.run.time_limit = std::chrono::seconds(options_.reading.time_limit);
    keeping.retry = options_.retry;
    return keeping;
  }

  bool can_be_read_again() const {
    std::error_code ignored;
    for (const std::string& path : options_.reading.files) {
      if (!std::filesystem::is_regular_file(path, ignored) &&
          !std::filesystem::is_directory(path, ignored)) {
        return false;
      }
    }
    return true;
  }

  /// The store's own files may lie among the reports.
  std::vector<PassedOver> files_not_read() const {
    auto files = source_.passed_over();
    std::error_code ignored;
    const auto whole = [&](const std::string& path) {
      return std::filesystem::weakly_canonical(path, ignored).string();
    };
    const std::string store = whole(options_.store);
    std::erase_if(files, [&](const PassedOver& one) { return whole(one.file).starts_with(store); });
    return files;
  }

  /// In the child: everything that is not in yet.
  int read_all_new() const {
    auto chronicle = open_to_write(options_.store);
    if (!chronicle) return complain_of(chronicle.error());
    Progress progress(source_.size());
    Keeping all = keeping();
    all.settled = settled_;
    all.run.begin = [&](std::uint64_t number, const Found& found) {
      hand_.take(number, found.place, *found.input);
    };
    all.kept = [&](std::uint64_t number) { hand_.put_down(number); };
    auto [counts, looks, problem] = keep_all(source_, reader_, *chronicle, progress, all);
    counts += counts_;
    if (problem) {
      complain_of(*problem);
      complain(counts.text() + "; the same command goes on from here");
      return kProblem;
    }
    if (stop_flag()) {
      complain("stopped: " + counts.text() + "; the same command goes on from here");
      return kInterrupted;
    }
    const std::string& knowledge = options_.reading.reader.knowledge;
    if (const int status = match_reports(*chronicle, knowledge); status != kDone) return status;
    const auto totals = chronicle->totals();
    if (!totals) return complain_of(totals.error());
    const auto not_read = files_not_read();
    for (const PassedOver& file : not_read) looks.add(Looks::Kind::kNotRead, file.file);
    if (const auto kept = chronicle->keep_passed_over(not_read); !kept) {
      return complain_of(kept.error());
    }
    complain(fmt::format("{}; {} holds {} reports and {} events", counts.text(), options_.store,
                         totals->reports, totals->events));
    const auto needing = looks.lines();
    for (const std::string& line : needing) complain(line);
    if (!needing.empty()) {
      complain(fmt::format("'dateline show --attention --store {}' lists them", options_.store));
    }
    const bool nothing_read =
        counts.rejected > 0 && counts.added + counts.replaced + counts.skipped == 0;
    return nothing_read ? kProblem : kDone;
  }

  /// What a dead process had in hand, one by one; kDone once nothing is left.
  int read_what_is_in_hand() {
    while (const auto number = hand_.first()) {
      if (stop_flag()) return kInterrupted;
      if (const auto report = hand_.report(*number)) {
        const End end = in_child([&] { return read_alone(*report); }, watch());
        if (end.was_death()) {
          if (const int status = reject(*report, end); status != kDone) return status;
        } else if (end.signal != 0 || end.status != kDone) {
          return end.signal != 0 ? kInterrupted : end.status;
        } else {
          ++counts_.added;
        }
        settled_.insert(fingerprint(report->input, reader_.read_by()).content);
      }
      hand_.put_down(*number);
    }
    return kDone;
  }

  /// In a child of its own.
  int read_alone(const InHand::Report& report) const {
    auto chronicle = open_to_write(options_.store);
    if (!chronicle) return complain_of(chronicle.error());
    OneReport source(report);
    Progress progress(std::nullopt);
    Keeping alone = keeping();
    alone.run.threads = 1;
    const auto outcome = keep_all(source, reader_, *chronicle, progress, alone);
    if (outcome.problem) return complain_of(*outcome.problem);
    return stop_flag() ? kInterrupted : kDone;
  }

  int reject(const InHand::Report& report, const End& end) {
    const Error error{kEndedTheProcess,
                      fmt::format("it ends the process that reads it ({}), also alone: it is "
                                  "passed over from now on (--retry)",
                                  end.cause()),
                      {}};
    complain_of(report.place, error);
    auto chronicle = open_to_write(options_.store);
    if (!chronicle) return complain_of(chronicle.error());
    const Fingerprint print = fingerprint(report.input, reader_.read_by());
    const auto kept =
        chronicle->keep_rejected({report.input.id, report.place.file, report.place.line,
                                  print.content, error.code, error.message, print.reading});
    if (!kept) return complain_of(kept.error());
    ++counts_.rejected;
    return kDone;
  }

  const IngestOptions& options_;
  Source& source_;
  const Reader& reader_;
  const InHand hand_;
  Counts counts_;  ///< Of what was read alone.
  std::unordered_set<std::string> settled_;
};

int run_ingest(IngestOptions& options) {
  ReadingOptions& reading = options.reading;
  reading.source.stop = &stop_flag();
  reading.reader.max_bytes = reading.source.max_bytes;
  reading.reader.source_map = true;  // Words are shown in their page.
  auto source = open_source(reading.files, reading.source);
  if (!source) return complain_of(source.error());
  auto reader = Reader::open(reading.reader);
  if (!reader) return complain_of(reader.error());
  {
    // Made, or refused, before anything is begun. No child may inherit it.
    const auto chronicle = open_to_write(options.store);
    if (!chronicle) return complain_of(chronicle.error());
  }
  auto hand = InHand::beside(options.store);
  if (!hand) return complain_of(hand.error());
  return Ingest(options, **source, *reader, std::move(*hand)).run();
}

}  // namespace

void add_ingest(CLI::App& app, Run& command) {
  CLI::App* ingest = app.add_subcommand("ingest", "Read reports into a chronicle, each once");
  auto options = std::make_shared<IngestOptions>();
  options->reading.declare(*ingest);
  add_store(*ingest, options->store);
  ingest->add_flag("--retry", options->retry,
                   "Also read again what ended the process that read it");
  ingest->callback([&command, options] { command = [options] { return run_ingest(*options); }; });
}

}  // namespace dateline::cli
