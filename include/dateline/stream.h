// Reading many reports: where they come from, and a runner that reads them on many threads.
//
//   auto source = dateline::open_source({"reports/", "more.jsonl", "-"}, {});
//   if (!source) return complain(source.error().message);
//   auto summary = dateline::read_all(**source, *reader, {}, [](dateline::Delivery&& delivery) {
//     delivery.record ? keep(*delivery.record) : keep_reason(delivery.place,
//     delivery.record.error()); return true;  // false stops the run
//   });
//
// Reports are delivered in the order in which they were found, whatever the number of threads. Each
// is read as if it were alone: one that cannot be read is delivered as an error and stops nothing.
// Memory is bounded: JSON Lines are read a line at a time, WARC files a record at a time, and no
// more than a window of reports is in flight.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dateline/reader.h"

namespace dateline {

/// Where a report stood: "FILE", or "FILE:LINE" for JSON Lines, "FILE:RECORD" for WARC and ARC,
/// "FILE/ENTRY" for what lies in an archive. Standard input is "-".
struct ReportPlace {
  std::string file;
  std::uint64_t line = 0;  ///< From 1; 0 where the file is the report.

  std::string text() const;
};

/// A report as a source gives it, or why there is none at this place.
struct Found {
  ReportPlace place;
  Result<Input> input;
  std::vector<std::string> warnings;  ///< Go into the record.
  std::string tag;         ///< Comes back with the delivery: for sources that wrap another.
  std::uint64_t size = 0;  ///< Bytes it takes of what the source gives in all.
};

/// What lay in a directory, or was said of it, and was not used.
struct PassedOver {
  std::string file;
  std::string reason;
};

/// Gives reports one after another. Used by one thread at a time. A source may wrap another one, to
/// leave out what is known already, say.
class Source {
 public:
  virtual ~Source() = default;
  /// The next report; nothing at the end, or once the stop flag is set.
  virtual std::optional<Found> next() = 0;
  /// Files of directories that were not read, and why: by then known, the first thousand.
  virtual std::vector<PassedOver> passed_over() const { return {}; }
  /// Bytes of all that it gives, where that can be told beforehand.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
};

/// What files hold. kAuto: by extension (.txt, .text, .html, .htm, .xhtml, .jsonl, .ndjson, .warc,
/// .arc, .wacz, .zip, .tar, .tgz, .mht, .mhtml, .eml, .mbox, .rss, .atom, .docx, .odt, .pdf,
/// .vtt, .srt, and, of a file that was named itself, .json and .csv), else by the first bytes. Each
/// may be compressed with gzip (.gz) or zstd (.zst). The reports of an archive are found as if it
/// were a directory. kJson: an array of what JSON Lines have one a line, or one of them, or
/// several, however they are laid out. kCsv: a row each, under a row of the same names.
enum class SourceFormat {
  kAuto,
  kText,
  kHtml,
  kJsonLines,
  kJson,
  kCsv,
  kWarc,
  kArc,
  kWacz,
  kArchive,
  kMhtml,
  kMail,
  kMailbox,
  kFeed,
  kOffice,
  kPdf,
  kSubtitles
};

struct SourceOptions {
  SourceFormat format = SourceFormat::kAuto;
  bool verbatim = false;  ///< As Input::verbatim; the text of JSON Lines is always kept as given.
  std::string date;       ///< Publication date of reports that bring none.
  Beside beside{};        ///< What is known of all reports.
  std::string about;      ///< A sheet (CSV) that says more, a row a file; empty: none.
  std::size_t max_bytes = ReaderOptions{}.max_bytes;  ///< A longer file or line is never held.
  const std::atomic<bool>* stop = nullptr;            ///< Ends the source, also in mid-wait.
};

/// Opens files, directories and standard input ("-"). A directory is walked in the byte order of
/// its names; hidden files are left out, and so are, with kAuto, files without one of the
/// extensions; so too the entries of archives. Fails at once where a path does not exist or cannot
/// be read, or a directory holds no report.
Result<std::unique_ptr<Source>> open_source(const std::vector<std::string>& paths,
                                            const SourceOptions& options);

/// What became of one report.
struct Delivery {
  std::uint64_t number = 0;  ///< From 0, in the order of the sources.
  ReportPlace place;
  std::string id;  ///< Of the record, or of the report that was rejected, where known.
  std::string uri;
  std::string file;
  std::string tag;
  Result<Record> record;  ///< Or the reason why the report was rejected.
  std::string bytes;      ///< The report as it was given.
  std::string rendered;   ///< What RunOptions::render made of it.
};

struct RunOptions {
  unsigned threads = 0;  ///< 0: as many as this process may use (available_threads).
  const std::atomic<bool>* stop = nullptr;  ///< Ends the run, also in mid-report.
  std::chrono::seconds time_limit{0};       ///< A report that takes longer is rejected; 0: none.
  /// Called on the thread that will read a report, before it does. `number` as in its Delivery.
  std::function<void(std::uint64_t number, const Found& found)> begin;
  /// Work that can be done beside the reading, such as writing JSON: called on the thread that has
  /// read the record, for several records at once; not for rejected reports.
  std::function<void(Delivery&)> render;
  /// Called on the delivering thread before it waits for the next report: time to flush.
  std::function<void()> idle;
};

struct RunSummary {
  std::uint64_t read = 0;
  std::uint64_t rejected = 0;
  bool stopped = false;  ///< The stop flag was set, or `deliver` returned false.
};

/// Reads all reports of the source and calls `deliver` for each, on the calling thread and in
/// order, until it returns false. An id given to two reports is kept for both; the later one gets a
/// warning, unless a million others lie between. Fails only where no thread can be started.
Result<RunSummary> read_all(Source& source, const Reader& reader, const RunOptions& options,
                            const std::function<bool(Delivery&&)>& deliver);

/// Reads bytes that are one report, of any format that holds one: what read_all does for a file of
/// theirs. `format` says which, or kAuto, by the first bytes; the input's media type is set by it.
/// What is known of the report from the input outranks what its file says.
Result<Record> read_one(Input input, SourceFormat format, const Reader& reader,
                        const Halt& halt = {});

/// CPUs this process may use.
unsigned available_threads();

}  // namespace dateline
