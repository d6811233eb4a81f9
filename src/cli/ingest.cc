// `dateline ingest FILES`: reports into a chronicle, each once (cli/ingesting.h).
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/ingesting.h"
#include "cli/store.h"

namespace dateline::cli {

namespace {

int run_ingest(IngestOptions& options) {
  ReadingOptions& reading = options.reading;
  prepare(reading);
  auto source = open_source(reading.files, reading.source);
  if (!source) return complain_of(source.error());
  auto reader = Reader::open(reading.reader);
  if (!reader) return complain_of(reader.error());
  {
    // Made, or refused, before anything is begun. No child may inherit it.
    const auto chronicle = open_to_write(options.store);
    if (!chronicle) return complain_of(chronicle.error());
  }
  return ended(ingest_all(options, **source, *reader));
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
