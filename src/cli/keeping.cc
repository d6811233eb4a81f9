// SPDX-License-Identifier: Apache-2.0
#include "cli/keeping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <mutex>
#include <utility>

#include "cli/complaints.h"

namespace dateline::cli {

namespace {

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
  NewReports(Source& source, Chronicle& chronicle, ReadBy read_by, Progress& progress,
             const Keeping& keeping)
      : source_(source),
        chronicle_(chronicle),
        read_by_(std::move(read_by)),
        progress_(progress),
        keeping_(keeping) {}

  std::optional<Found> next() override {
    while (auto found = source_.next()) {
      Expected expected{{}, found->size};
      if (found->input) {
        expected.fingerprint = fingerprint(*found->input, read_by_);
        if (keeping_.settled.contains(expected.fingerprint.content)) continue;
        const auto past = is_past(expected.fingerprint, *found);
        if (!past) {
          const std::lock_guard lock(mutex_);
          problem_ = past.error();
          return std::nullopt;
        }
        if (*past) {
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

  Looks looks() const {
    const std::lock_guard lock(mutex_);
    return looks_;
  }

  std::optional<Error> problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
  }

 private:
  /// Whether there is nothing to do: it is in, or it is not to be read again.
  Result<bool> is_past(const Fingerprint& print, const Found& found) {
    const auto known = chronicle_.knows(print, *found.input);
    if (!known) return tl::unexpected(known.error());
    if (*known == Known::kElsewhere) {
      const std::lock_guard lock(mutex_);
      looks_.add(Looks::Kind::kCopy, found.place.text());
    }
    if (*known != Known::kNo) return true;
    if (keeping_.retry) return false;
    return chronicle_.has_rejected(print, kEndedTheProcess);
  }

  Source& source_;
  Chronicle& chronicle_;
  const ReadBy read_by_;
  Progress& progress_;
  const Keeping& keeping_;
  mutable std::mutex mutex_;  ///< The source side runs on the reading threads.
  std::uint64_t skipped_ = 0;
  Looks looks_;
  std::optional<Error> problem_;
};

/// Keeps what comes out of the runner.
class Keeper {
 public:
  Keeper(Chronicle& chronicle, Progress& progress, Looks& looks, const Keeping& keeping)
      : chronicle_(chronicle), progress_(progress), looks_(looks), keeping_(keeping) {}

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
        leads_back(*delivery.record) ? std::string_view(delivery.bytes) : std::string_view());
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
        ++counts_.skipped;  // The same twice in one run.
        looks_.add(Looks::Kind::kCopy, delivery.place.text());
        return true;
    }
    if (keeping_.taken) {
      const auto stored = chronicle_.show(expected.fingerprint.content);
      progress_.clear();
      if (stored) keeping_.taken(delivery.place, stored->ref);
    }
    const std::string name = delivery.place.text();
    if (!delivery.record->published) looks_.add(Looks::Kind::kUndated, name);
    if (!delivery.record->warnings.empty()) looks_.add(Looks::Kind::kWarned, name);
    return true;
  }

  bool keep_reason(const Delivery& delivery, const Expected& expected, const Error& error) {
    progress_.clear();
    complain_of(delivery.place, error);
    ++counts_.rejected;
    const auto kept = chronicle_.keep_rejected(
        {delivery.id, delivery.place.file, delivery.place.line, expected.fingerprint.content,
         error.code, error.message, expected.fingerprint.reading});
    if (!kept) problem_ = kept.error();
    return kept.has_value();
  }

  Chronicle& chronicle_;
  Progress& progress_;
  Looks& looks_;
  const Keeping& keeping_;
  Counts counts_;
  std::optional<Error> problem_;
};

}  // namespace

Counts& Counts::operator+=(const Counts& more) {
  added += more.added;
  replaced += more.replaced;
  skipped += more.skipped;
  rejected += more.rejected;
  return *this;
}

std::string Counts::text() const {
  std::string out = fmt::format("read {}", added + replaced);
  if (replaced > 0) out += fmt::format(" ({} anew)", replaced);
  return out + fmt::format(", skipped {}, rejected {}", skipped, rejected);
}

void Looks::add(Kind kind, const std::string& name) {
  constexpr std::size_t kShown = 3;
  Seen& seen = seen_[kind];
  ++seen.count;
  if (seen.first.size() < kShown) seen.first.push_back(name);
}

Looks& Looks::operator+=(const Looks& more) {
  for (const auto& [kind, seen] : more.seen_) {
    for (const std::string& name : seen.first) add(kind, name);
    seen_[kind].count += seen.count - seen.first.size();
  }
  return *this;
}

std::vector<std::string> Looks::lines() const {
  struct Wording {
    const char *what, *do_what;
  };
  static const std::map<Kind, Wording> kWordings = {
      {Kind::kUndated, {"without a day", "; --date or --about gives them one"}},
      {Kind::kWarned, {"with a warning", ""}},
      {Kind::kCopy, {"the same as one that is in", ""}},
      {Kind::kNotRead, {"not read", ""}},
  };
  std::vector<std::string> lines;
  for (const auto& [kind, seen] : seen_) {
    const Wording& wording = kWordings.at(kind);
    lines.push_back(fmt::format("{}: {} ({}{}){}", wording.what, seen.count,
                                fmt::join(seen.first, ", "),
                                seen.count > seen.first.size() ? ", \u2026" : "", wording.do_what));
  }
  return lines;
}

Outcome keep_all(Source& source, const Reader& reader, Chronicle& chronicle, Progress& progress,
                 const Keeping& keeping) {
  NewReports reports(source, chronicle, reader.read_by(), progress, keeping);
  Looks looks;
  Keeper keeper(chronicle, progress, looks, keeping);
  const auto summary = read_all(reports, reader, keeping.run, [&](Delivery&& delivery) {
    const std::uint64_t number = delivery.number;
    const bool kept = keeper.keep(std::move(delivery));
    if (kept && keeping.kept) keeping.kept(number);
    return kept;
  });
  progress.clear();
  looks += reports.looks();
  Outcome outcome{keeper.counts(), std::move(looks), keeper.problem()};
  outcome.counts.skipped += reports.skipped();
  if (!outcome.problem) outcome.problem = reports.problem();
  if (!summary) outcome.problem = summary.error();
  return outcome;
}

}  // namespace dateline::cli
