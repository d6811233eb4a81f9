// `dateline changes --since CURSOR`: which happenings were added, changed or removed since, and the
// cursor to go on from.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/choice.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "export/json_lines.h"

namespace dateline::cli {

namespace {

struct ChangesOptions {
  std::string store, since;
  std::size_t limit = 0;
};

int run_changes(const ChangesOptions& options) {
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  Output output;
  std::string line;
  const auto cursor = chronicle->changes(options.since, options.limit, [&](const Change& change) {
    line.clear();
    exporting::append_json_line(change, line);
    return output.data(line);
  });
  if (!cursor) return output.finish(complain_of(cursor.error()));
  complain(fmt::format("go on with --since {}", *cursor));
  return output.finish(kDone);
}

}  // namespace

void add_changes(CLI::App& app, Run& command) {
  CLI::App* changes = app.add_subcommand(
      "changes", "Print which happenings were added, changed or removed, as JSON Lines");
  auto options = std::make_shared<ChangesOptions>();
  add_store(*changes, options->store);
  changes
      ->add_option("--since", options->since,
                   "Only since this cursor: the last one that was printed; without it all")
      ->type_name("CURSOR");
  add_count(*changes, "--limit", options->limit, "At most so many", "N");
  changes->callback([&command, options] { command = [options] { return run_changes(*options); }; });
}

}  // namespace dateline::cli
