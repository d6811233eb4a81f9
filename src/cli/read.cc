// dateline read: reports in, records out.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <string>

#include "cli/choice.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/interrupt.h"
#include "cli/last_words.h"
#include "cli/output.h"
#include "cli/pretty.h"
#include "cli/reading_options.h"
#include "cli/terminal.h"
#include "dateline/stream.h"

namespace dateline::cli {

namespace {

enum class ReadFormat { kAuto, kJson, kPretty };

struct ReadOptions {
  ReadingOptions reading;
  ReadFormat format = ReadFormat::kAuto;
  Color color = Color::kAuto;
};

bool is_pretty(const ReadOptions& options) {
  return options.format == ReadFormat::kPretty ||
         (options.format == ReadFormat::kAuto && is_terminal(STDOUT_FILENO));
}

/// What becomes of one record; called on the threads that read.
std::function<void(Delivery&)> renderer(const ReadOptions& options) {
  if (!is_pretty(options)) {
    return [](Delivery& delivery) {
      append_json(*delivery.record, delivery.rendered);
      delivery.rendered += '\n';
    };
  }
  return [width = terminal_width(), color = use_color(options.color)](Delivery& delivery) {
    append_pretty(*delivery.record, width, color, delivery.rendered);
  };
}

int read(ReadOptions& options) {
  ReadingOptions& reading = options.reading;
  std::atomic<bool>& stop = stop_flag();
  reading.source.stop = &stop;
  reading.reader.max_bytes = reading.source.max_bytes;
  auto source = open_source(reading.files, reading.source);
  if (!source) return complain_of(source.error());
  auto reader = Reader::open(reading.reader);
  if (!reader) return complain_of(reader.error());

  Output output;
  RunOptions run;
  run.threads = reading.threads;
  run.stop = &stop;
  run.time_limit = std::chrono::seconds(reading.time_limit);
  tell_last_words();
  run.begin = [](std::uint64_t, const Found& found) { now_reading(found.place); };
  run.render = renderer(options);
  const bool pretty = is_pretty(options);
  run.idle = [&output] { output.flush(); };
  const auto summary = read_all(**source, *reader, run, [&](Delivery&& delivery) {
    if (!delivery.record) {
      complain_of(delivery.place, delivery.record.error());
      return true;
    }
    const bool written = pretty ? output.write(delivery.rendered) : output.data(delivery.rendered);
    if (!written) stop.store(true, std::memory_order_relaxed);  // Also a source that waits.
    return written;
  });
  if (!summary) return complain_of(summary.error());
  if (summary->stopped) return output.finish(kInterrupted);
  const bool nothing_read = summary->rejected > 0 && summary->read == 0;
  return output.finish(nothing_read ? kProblem : kDone);
}

}  // namespace

void add_read(CLI::App& app, Run& run) {
  auto options = std::make_shared<ReadOptions>();
  CLI::App* command = app.add_subcommand("read", "Read reports and write what they say as records");
  options->reading.declare(*command);
  ReaderOptions& reader = options->reading.reader;
  command->add_flag("--tokens", reader.tokens,
                    "Keep tokens and names of the language pipeline in the record");
  command->add_flag("--source-map", reader.source_map,
                    "Keep for each stretch of a page's text where it stands in the page");
  add_choice(
      *command, "--until", reader.until,
      {{"article", Until::kArticle}, {"language", Until::kLanguage}, {"reading", Until::kReading}},
      "Read no further than this: article, language or reading", "STAGE");
  add_choice(*command, "--format", options->format,
             {{"json", ReadFormat::kJson}, {"pretty", ReadFormat::kPretty}},
             "json (one record a line) or pretty; where it is not given, pretty on a terminal",
             "FORMAT");
  add_choice(*command, "--color", options->color,
             {{"auto", Color::kAuto}, {"always", Color::kAlways}, {"never", Color::kNever}},
             "auto, always or never; auto respects NO_COLOR", "WHEN");
  command->callback([options, &run] { run = [options] { return read(*options); }; });
}

}  // namespace dateline::cli
