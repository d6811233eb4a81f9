// `dateline export`: all happenings of a chronicle, one JSON object a line.
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <set>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "export/json_lines.h"

namespace dateline::cli {

namespace {

struct ExportOptions {
  std::string store;
  bool clusters = false;
  bool happenings = false;
};

int run_export(const ExportOptions& options) {
  if (options.clusters == options.happenings) {
    return usage_error(
        "export what? --happenings gives the events of each, --clusters its reports");
  }
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  Output output;
  std::string line;
  const auto given = chronicle->members([&](const HappeningMembers& happening) {
    line.clear();
    if (options.clusters) {
      exporting::append_cluster(happening, line);
    } else {
      exporting::append_json_line(happening, line);
    }
    return output.data(line);
  });
  if (!given) return output.finish(complain_of(given.error()));
  return output.finish(kDone);
}

}  // namespace

void add_export(CLI::App& app, Run& command) {
  CLI::App* exported = app.add_subcommand("export", "Write all happenings of a chronicle");
  auto options = std::make_shared<ExportOptions>();
  add_store(*exported, options->store);
  exported->add_flag("--happenings", options->happenings,
                     "The events of each: {\"happening\", \"events\": [{\"report\", \"event\"}]}");
  exported->add_flag("--clusters", options->clusters,
                     "The reports of each: {\"cluster\", \"reports\"}");
  exported->callback([&command, options] { command = [options] { return run_export(*options); }; });
}

}  // namespace dateline::cli
