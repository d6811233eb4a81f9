// SPDX-License-Identifier: Apache-2.0
#include "cli/ingesting.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <unordered_set>
#include <utility>

#include "cli/alone.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/in_hand.h"
#include "cli/interrupt.h"
#include "cli/match.h"
#include "cli/store.h"

namespace dateline::cli {

namespace {

/// A store that can take no more for now may be tried again later; all else ends a run for good.
int trouble(const IngestOptions& options, const Error& error, const std::string& how_far = "") {
  constexpr int kFull = 4005, kBusy = 4006;
  const int how = error.code == kFull ? kStoreFull : error.code == kBusy ? kStoreBusy : kDone;
  if (how != kDone && how == options.said) return how;
  const int status = complain_of(error);
  if (how_far.empty()) return how != kDone ? how : status;
  complain(fmt::format("{}; {}", how_far, options.goes_on));
  return how != kDone ? how : kProblem;
}

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
class Hanging {
 public:
  Hanging(const InHand& hand, unsigned limit_seconds)
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
      const End end = in_child([&] { return read_all_new(); }, hangs());
      if (!end.was_death()) {
        hand_.put_all_down();  // It ended in good order, in the middle of some.
        return end.signal == 0 ? end.status : kInterrupted;
      }
      const std::size_t left = hand_.size();
      if (left == 0) {
        complain(fmt::format("ended ({}) while no report was being read; {}", end.cause(),
                             options_.goes_on));
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
  std::function<bool()> hangs() const { return Hanging(hand_, options_.reading.time_limit); }

  Keeping keeping() const {
    Keeping keeping;
    keeping.run.threads = options_.reading.threads;
    keeping.run.stop = &stop_flag();
    keeping.run.time_limit = std::chrono::seconds(options_.reading.time_limit);
    keeping.retry = options_.retry;
    keeping.taken = options_.taken;
    return keeping;
  }

  int trouble(const Error& error, const std::string& how_far = "") const {
    return dateline::cli::trouble(options_, error, how_far);
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
    if (!chronicle) return trouble(chronicle.error());
    Progress progress(source_.size());
    Keeping all = keeping();
    all.settled = settled_;
    all.run.begin = [&](std::uint64_t number, const Found& found) {
      hand_.take(number, found.place, *found.input);
    };
    all.kept = [&](std::uint64_t number) { hand_.put_down(number); };
    auto [counts, looks, problem] = keep_all(source_, reader_, *chronicle, progress, all);
    counts += counts_;
    if (problem) return trouble(*problem, counts.text());
    if (stop_flag()) {
      complain(fmt::format("stopped: {}; {}", counts.text(), kGoesOn));
      return kInterrupted;
    }
    const std::string& knowledge = options_.reading.reader.knowledge;
    const auto say = [&](const Error& error) { return trouble(error); };
    if (const int status = match_reports(*chronicle, knowledge, say); status != kDone)
      return status;
    const auto not_read = files_not_read();
    for (const PassedOver& file : not_read) looks.add(Looks::Kind::kNotRead, file.file);
    if (const auto kept = chronicle->keep_passed_over(not_read); !kept) {
      return trouble(kept.error());
    }
    const auto needing = looks.lines();
    const bool is_news = counts.added + counts.replaced + counts.rejected > 0 || !needing.empty();
    if (options_.only_news && !is_news) return kDone;
    const auto totals = chronicle->totals();
    if (!totals) return trouble(totals.error());
    complain(fmt::format("{}; {} holds {} reports and {} events", counts.text(), options_.store,
                         totals->reports, totals->events));
    for (const std::string& line : needing) complain(line);
    if (!needing.empty()) {
      complain(fmt::format("'dateline show --attention --store {}' lists them", options_.store));
    }
    const bool nothing_read =
        counts.rejected > 0 && counts.added + counts.replaced + counts.skipped == 0;
    return nothing_read ? kNothingRead : kDone;
  }

  /// What a dead process had in hand, one by one; kDone once nothing is left.
  int read_what_is_in_hand() {
    while (const auto number = hand_.first()) {
      if (stop_flag()) return kInterrupted;
      if (const auto report = hand_.report(*number)) {
        const End end = in_child([&] { return read_alone(*report); }, hangs());
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
    if (!chronicle) return trouble(chronicle.error());
    OneReport source(report);
    Progress progress(std::nullopt);
    Keeping alone = keeping();
    alone.run.threads = 1;
    const auto outcome = keep_all(source, reader_, *chronicle, progress, alone);
    if (outcome.problem) return trouble(*outcome.problem);
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
    if (!chronicle) return trouble(chronicle.error());
    const Fingerprint print = fingerprint(report.input, reader_.read_by());
    const auto kept =
        chronicle->keep_rejected({report.input.id, report.place.file, report.place.line,
                                  print.content, error.code, error.message, print.reading});
    if (!kept) return trouble(kept.error());
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

}  // namespace

void prepare(ReadingOptions& reading) {
  reading.source.stop = &stop_flag();
  reading.reader.max_bytes = reading.source.max_bytes;
  reading.reader.source_map = true;  // Words are shown in their page.
}

int ingest_all(const IngestOptions& options, Source& source, const Reader& reader) {
  auto hand = InHand::beside(options.store);
  if (!hand) return trouble(options, hand.error());
  return Ingest(options, source, reader, std::move(*hand)).run();
}

int ended(int how) { return how >= kNothingRead && how <= kStoreBusy ? kProblem : how; }

}  // namespace dateline::cli
