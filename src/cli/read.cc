// dateline read: reports in, records out.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>

#include "article/dates.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/reading_options.h"
#include "dateline/stream.h"

namespace dateline::cli {

namespace {

struct ReadOptions {
  ReadingOptions reading;
};

int read(ReadOptions& options) {
  ReadingOptions& reading = options.reading;
  std::atomic<bool>& stop = stop_flag();
  reading.source.stop = &stop;
  reading.reader.max_bytes = reading.source.max_bytes;
  auto source = open_source(reading.files, reading.source);
  if (!source) return usage_error(source.error().message);
  auto reader = Reader::open(reading.reader);
  if (!reader) return usage_error(reader.error().message);

  Output output;
  RunOptions run;
  run.threads = reading.threads;
  run.stop = &stop;
  run.render = [](Delivery& delivery) {
    append_json(*delivery.record, delivery.rendered);
    delivery.rendered += '\n';
  };
  run.idle = [&output] { output.flush(); };
  const auto summary = read_all(**source, *reader, run, [&](Delivery&& delivery) {
    if (!delivery.record) {
      complain_of(delivery.place, delivery.record.error());
      return true;
    }
    const bool written = output.write(delivery.rendered);
    if (!written) stop.store(true, std::memory_order_relaxed);  // Also a source that waits.
    return written;
  });
  if (!summary) return usage_error(summary.error().message);
  const int status = summary->stopped ? kInterrupted : summary->rejected > 0 ? kProblem : kDone;
  return output.finish(status);
}

}  // namespace

void add_read(CLI::App& app, Run& run) {
  auto options = std::make_shared<ReadOptions>();
  CLI::App* command = app.add_subcommand("read", "Read reports and write what they say as records");
  options->reading.declare(*command);
  static const std::map<std::string, Until> kRooms = {
      {"article", Until::kArticle}, {"language", Until::kLanguage}, {"reading", Until::kReading}};
  command->add_flag("--tokens", options->reading.reader.tokens,
                    "Keep tokens and names of the language pipeline in the record");
  command
      ->add_option("--until", options->reading.reader.until,
                   "Read no further than this room: article, language or reading")
      ->transform(CLI::Transformer(kRooms))
      ->option_text("ROOM");
  command->callback([options, &run] { run = [options] { return read(*options); }; });
}

}  // namespace dateline::cli
