// `dateline ingest FILES`: reports into a chronicle, each once.
//
// A report whose reading is in already is passed over before it is read, so that a run that was
// stopped, by whatever, is taken up again by the same command. Each report is kept as soon as it
// was read; one that cannot be read is kept with its reason.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <mutex>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/reading_options.h"
#include "cli/store.h"
#include "dateline/chronicle.h"
#include "dateline/stream.h"

namespace dateline::cli {

namespace {

struct Options {
  ReadingOptions reading;
  std::string store;
};

/// What the keeping side must know of a report beside its record; travels as the report's tag.
struct Expected {
  Fingerprint fingerprint;
  std::uint64_t size = 0;

  std::string tag() const {
    return fmt::format("{} {} {}", fingerprint.content, fingerprint.reading, size);
  }

  static Expected of(const std::string& tag) {
    Expected expected;
    const std::size_t first = tag.find(' '), second = tag.find(' ', first + 1);
    if (second == std::string::npos) return expected;
    expected.fingerprint = {tag.substr(0, first), tag.substr(first + 1, second - first - 1)};
    std::from_chars(tag.data() + second + 1, tag.data() + tag.size(), expected.size);
    return expected;
  }
};

/// The reports of a source that are not in the chronicle yet.
class NewReports : public Source {
 public:
  NewReports(Source& source, Chronicle& chronicle, ReadBy read_by, Progress& progress)
      : source_(source), chronicle_(chronicle), read_by_(std::move(read_by)), progress_(progress) {}

  std::optional<Found> next() override {
    while (auto found = source_.next()) {
      Expected expected{{}, found->size};
      if (found->input) {
        expected.fingerprint = fingerprint(*found->input, read_by_);
        const auto known =
            chronicle_.knows(expected.fingerprint, found->input->id, found->input->uri);
        if (!known) {
          const std::lock_guard lock(mutex_);
          problem_ = known.error();
          return std::nullopt;
        }
        if (*known) {
          const std::lock_guard lock(mutex_);
          ++skipped_;
          progress_.done(found->size);
          continue;
        }
      }
      found->tag = expected.tag();
      return found;
    }
    return std::nullopt;
  }

  std::uint64_t skipped() const {
    const std::lock_guard lock(mutex_);
    return skipped_;
  }

  std::optional<Error> problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
  }

 private:
  Source& source_;
  Chronicle& chronicle_;
  const ReadBy read_by_;
  Progress& progress_;
  mutable std::mutex mutex_;  ///< The source side runs on the reading threads.
  std::uint64_t skipped_ = 0;
  std::optional<Error> problem_;
};

struct Counts {
  std::uint64_t added = 0, replaced = 0, skipped = 0, rejected = 0;

  std::string text() const {
    std::string out = fmt::format("read {}", added + replaced);
    if (replaced > 0) out += fmt::format(" ({} anew)", replaced);
    return out + fmt::format(", skipped {}, rejected {}", skipped, rejected);
  }
};

/// Keeps what comes out of the runner.
class Keeper {
 public:
  Keeper(Chronicle& chronicle, Progress& progress) : chronicle_(chronicle), progress_(progress) {}

  /// False where the store can take no more.
  bool keep(Delivery&& delivery) {
    const Expected expected = Expected::of(delivery.tag);
    const bool kept = delivery.record ? keep_record(delivery, expected)
                                      : keep_reason(delivery, expected, delivery.record.error());
    progress_.done(expected.size);
    return kept;
  }

  const Counts& counts() const { return counts_; }
  const std::optional<Error>& problem() const { return problem_; }

 private:
  bool keep_record(const Delivery& delivery, const Expected& expected) {
    const auto ingested = chronicle_.ingest(
        *delivery.record, expected.fingerprint,
        delivery.record->source_map ? std::string_view(delivery.bytes) : std::string_view());
    if (!ingested) {
      constexpr int kRecordContradictsItself = 4009;
      if (ingested.error().code == kRecordContradictsItself) {
        return keep_reason(delivery, expected, ingested.error());
      }
      problem_ = ingested.error();
      return false;
    }
    switch (*ingested) {
      case Ingested::kAdded:
        ++counts_.added;
        break;
      case Ingested::kReplaced:
        ++counts_.replaced;
        break;
      case Ingested::kSkipped:
        ++counts_.skipped;
        break;  // The same twice in one run.
    }
    return true;
  }

  bool keep_reason(const Delivery& delivery, const Expected& expected, const Error& error) {
    progress_.clear();
    complain_of(delivery.place, error);
    ++counts_.rejected;
    const auto kept =
        chronicle_.keep_rejected({delivery.id, delivery.place.file, delivery.place.line,
                                  expected.fingerprint.content, error.code, error.message});
    if (!kept) problem_ = kept.error();
    return kept.has_value();
  }

  Chronicle& chronicle_;
  Progress& progress_;
  Counts counts_;
  std::optional<Error> problem_;
};

int run(Options& options) {
  ReadingOptions& reading = options.reading;
  const std::atomic<bool>& stop = stop_flag();
  reading.source.stop = &stop;
  reading.reader.max_bytes = reading.source.max_bytes;
  reading.reader.source_map = true;  // Words are shown in their page.
  auto source = open_source(reading.files, reading.source);
  if (!source) return complain_of(source.error());
  auto reader = Reader::open(reading.reader);
  if (!reader) return complain_of(reader.error());
  auto chronicle = Chronicle::open(options.store, {.access = Access::kWrite});
  if (!chronicle) return complain_of(chronicle.error());

  Progress progress((*source)->size());
  NewReports reports(**source, *chronicle, reader->read_by(), progress);
  Keeper keeper(*chronicle, progress);
  RunOptions run;
  run.threads = reading.threads;
  run.stop = &stop;
  const auto summary = read_all(
      reports, *reader, run, [&](Delivery&& delivery) { return keeper.keep(std::move(delivery)); });
  progress.clear();
  if (!summary) return complain_of(summary.error());
  Counts counts = keeper.counts();
  counts.skipped += reports.skipped();
  const auto problem = keeper.problem() ? keeper.problem() : reports.problem();
  if (problem) {
    complain_of(*problem);
    complain(counts.text() + "; the same command goes on from here");
    return kProblem;
  }
  if (stop) {
    complain("stopped: " + counts.text() + "; the same command goes on from here");
    return kInterrupted;
  }
  const auto totals = chronicle->totals();
  if (!totals) return complain_of(totals.error());
  complain(fmt::format("{}; {} holds {} reports and {} events", counts.text(), options.store,
                       totals->reports, totals->events));
  const bool nothing_read =
      counts.rejected > 0 && counts.added + counts.replaced + counts.skipped == 0;
  return nothing_read ? kProblem : kDone;
}

}  // namespace

void add_ingest(CLI::App& app, Run& command) {
  CLI::App* ingest = app.add_subcommand("ingest", "Read reports into a chronicle, each once");
  auto options = std::make_shared<Options>();
  options->reading.declare(*ingest);
  add_store(*ingest, options->store);
  ingest->callback([&command, options] { command = [options] { return run(*options); }; });
}

}  // namespace dateline::cli
