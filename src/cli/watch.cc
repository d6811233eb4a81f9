// `dateline watch DIR`: takes in new and changed files of a folder as they come, and tells which
// happenings they add or change.
//
// It looks into the folder every few seconds (cli/folder.h), and hands what lies still to what
// `ingest` does (cli/ingesting.h). What is in the store is never read again, so nothing is noted
// beside it: begun anew, the command looks at every file, and finds what came meanwhile.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "cli/choice.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/folder.h"
#include "cli/ingesting.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/store.h"
#include "export/json_line.h"
#include "export/json_lines.h"
#include "export/told.h"
#include "export/wording.h"
#include "stream/among.h"

namespace dateline::cli {

namespace {

struct WatchOptions {
  IngestOptions ingest;
  std::string folder;
  unsigned every = 5;
  bool once = false;
  Format format = Format::kAuto;
};

/// "read r17 · Northwire, 2026-03-07: Army says 11 rebels killed (inbox/a.html)"
std::string line_of(const ReportPlace& place, const ReportRef& report) {
  std::string line = "read " + report.handle + " · " + exporting::origin(report);
  if (!report.published.empty()) line += ", " + exporting::day_of(report);
  if (!report.title.empty()) line += ": " + report.title;
  return line + " (" + place.text() + ")\n";
}

/// "added h3f9c51d20b7e · 2026-03-07 · ASSAULT explosives: Karst Front → 14 people, Kolvar (TSM)"
std::string line_of(const Change& change) {
  std::string line = change.what + " " + change.id;
  if (!change.merged_into.empty()) line += " · it is now part of " + change.merged_into;
  if (change.happening) {
    const exporting::ToldHappening told(*change.happening);
    const std::string day = exporting::standing_day(*change.happening);
    if (!day.empty()) line += " · " + day;
    line += " · " + exporting::headline(told);
    const std::string doubts = exporting::doubts(told);
    if (!doubts.empty()) line += " · " + doubts;
  }
  return line + "\n";
}

class Watch {
 public:
  Watch(WatchOptions& options, const Reader& reader, std::string cursor)
      : options_(options),
        reader_(reader),
        cursor_(std::move(cursor)),
        folder_(options.folder, options.ingest.store),
        in_words_(decided(options.format) == Format::kTable) {
    IngestOptions& ingest = options.ingest;
    ingest.goes_on = "it is tried again";
    ingest.only_news = true;
    ingest.taken = [this](const ReportPlace& place, const ReportRef& report) {
      tell_of(place, report);
    };
  }

  int run() {
    int how = take_in();  // What an earlier run read and did not compare.
    for (unsigned looks = 1; may_go_on(how); ++looks) {
      if (const auto problem = folder_.look()) {
        if (options_.once) return usage_error(*problem);
        say(*problem + "; it is looked for again");
      } else if (folder_.ready() > 0 || how != kDone) {
        how = take_in();
      }
      if (!output_.flush()) return output_.finish(kDone);
      if (options_.once && looks == 2) return end_of_once(how);
      rest(std::chrono::seconds(options_.every));
      if (stop_flag()) {
        complain(fmt::format("stopped; {}", kGoesOn));
        return kInterrupted;
      }
    }
    return output_.finish(ended(how));
  }

 private:
  static bool may_go_on(int how) {
    return how == kDone || how == kNothingRead || how == kStoreFull || how == kStoreBusy;
  }

  /// What is ready, by what `ingest` does; then what became of happenings.
  int take_in() {
    IngestOptions& ingest = options_.ingest;
    auto source =
        stream::open_among(options_.folder, ingest.reading.source,
                           [this](const std::string& file) { return folder_.is_ready(file); });
    if (!source) {
      say(source.error().message);
      return kDone;
    }
    const int how = ingest_all(ingest, **source, reader_);
    ingest.said = how;
    if (how == kDone || how == kNothingRead) {
      folder_.take();
      said_.clear();
    }
    tell_changes();
    return how;
  }

  int end_of_once(int how) {
    if (const std::size_t left = folder_.unsettled(); left > 0) {
      complain(fmt::format("empty, or being written: {}; the next time takes in what lies still",
                           exporting::count_of(left, "file")));
    }
    return output_.finish(ended(how));
  }

  /// Once, however often it is met in a row.
  void say(const std::string& problem) {
    if (problem == said_) return;
    said_ = problem;
    complain(problem);
  }

  void tell_of(const ReportPlace& place, const ReportRef& report) {
    std::string line;
    if (in_words_) {
      line = line_of(place, report);
    } else {
      exporting::JsonLine json(line);
      json.known("read", place.text());
      json.report(report);
    }
    output_.data(line);
    output_.flush();  // This is a child: what it leaves in the buffer is lost.
  }

  void tell_changes() {
    const auto chronicle = Chronicle::open(options_.ingest.store);
    if (!chronicle) return say(chronicle.error().message);
    std::string line;
    const auto cursor = chronicle->changes(cursor_, 0, [&](const Change& change) {
      line.clear();
      if (in_words_) {
        line = line_of(change);
      } else {
        exporting::append_json_line(change, line);
      }
      return output_.data(line);
    });
    if (!cursor) return say(cursor.error().message);
    cursor_ = *cursor;
  }

  WatchOptions& options_;
  const Reader& reader_;
  std::string cursor_;
  Folder folder_;
  const bool in_words_;
  std::string said_;
  Output output_;
};

/// Of the store as it is before anything is taken in. It is made, or refused, here.
Result<std::string> cursor_in(const std::string& store) {
  const auto chronicle = open_to_write(store);
  if (!chronicle) return tl::unexpected(chronicle.error());
  return chronicle->cursor();
}

int run_watch(WatchOptions& options) {
  ReadingOptions& reading = options.ingest.reading;
  prepare(reading);
  reading.files = {options.folder};
  const auto there =
      stream::open_among(options.folder, reading.source, [](const std::string&) { return false; });
  if (!there) return complain_of(there.error());
  if (!std::filesystem::is_directory(options.folder)) {
    return usage_error(
        fmt::format("{} is no directory: 'dateline ingest' reads files", options.folder));
  }
  const auto reader = Reader::open(reading.reader);
  if (!reader) return complain_of(reader.error());
  auto cursor = cursor_in(options.ingest.store);
  if (!cursor) return complain_of(cursor.error());
  return Watch(options, *reader, std::move(*cursor)).run();
}

}  // namespace

void add_watch(CLI::App& app, Run& command) {
  CLI::App* watch =
      app.add_subcommand("watch", "Read what comes into a folder, until stopped, into a chronicle");
  auto options = std::make_shared<WatchOptions>();
  watch->add_option("DIR", options->folder, "The folder; its folders are looked into, too")
      ->required()
      ->option_text(" ");
  options->ingest.reading.declare_how(*watch);
  add_store(*watch, options->ingest.store);
  add_count(*watch, "--every", options->every, "Look so often (default: 5)", "SECONDS", 86'400u);
  watch->add_flag("--once", options->once, "Look twice, that far apart, and end");
  add_choice(*watch, "--format", options->format,
             {{"table", Format::kTable}, {"jsonl", Format::kJsonLines}},
             "Lines in words (table), or JSON Lines; where it is not given, in words on a terminal",
             "FORMAT");
  watch->callback([&command, options] { command = [options] { return run_watch(*options); }; });
}

}  // namespace dateline::cli
