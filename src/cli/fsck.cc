// `dateline fsck`: whether a chronicle is sound, a line for each thing that is not.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/store.h"
#include "dateline/examine.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

int run_fsck(const std::string& store) {
  Output output;
  stop_flag();  // From here on Ctrl-C ends it between two reports.
  const auto examined = examine(store, [&](const Finding& finding) {
    return output.data(fmt::format("{}: {}\n", finding.where, finding.what)) && !stop_flag();
  });
  if (!examined) return output.finish(complain_of(examined.error()));
  if (stop_flag()) return output.finish(kInterrupted);
  std::string said = fmt::format("{}: {} and {} examined, {}", store,
                                 exporting::count_of(examined->reports, "report"),
                                 exporting::count_of(examined->happenings, "happening"),
                                 exporting::count_of(examined->findings, "finding"));
  if (examined->waiting > 0) {
    said += fmt::format("; {} to be brought up to date by 'dateline match'", examined->waiting);
  }
  if (!examined->searched)
    said += "; not examined: the index of words, for the store cannot be written";
  complain(said);
  return output.finish(examined->findings == 0 ? kDone : kProblem);
}

}  // namespace

void add_fsck(CLI::App& app, Run& command) {
  CLI::App* fsck = app.add_subcommand("fsck", "Examine whether a chronicle is sound");
  auto store = std::make_shared<std::string>();
  add_store(*fsck, *store);
  fsck->callback([&command, store] { command = [store] { return run_fsck(*store); }; });
}

}  // namespace dateline::cli
