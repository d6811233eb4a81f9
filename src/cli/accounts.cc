// `dateline accounts HAPPENING`: what each report says of a happening, side by side, which of them
// are one source, and where they contradict each other.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/json_lines.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

struct AccountsOptions {
  std::string store, name;
  Format format = Format::kAuto;
  TollRule tolls = TollRule::kLatestOfficial;
};

std::string marks_of(const Account& account) {
  std::string marks;
  if (account.copied) marks += " · copied";
  if (account.replaced) {
    marks += " · an earlier version of its page";
  } else if (account.superseded) {
    marks += " · its outlet gave other numbers later";
  }
  if (const std::string state = exporting::state(account.told); !state.empty()) {
    marks += " · " + state;
  }
  if (account.told.polarity == "negated") marks += " · says that it did not happen";
  return marks;
}

void print(const Happening& happening, Output& output) {
  std::string text = fmt::format("{} {} {}\n", happening.id, happening.type,
                                 exporting::days(happening.begin, happening.end));
  text += fmt::format("reports {}, independent sources {}\n", happening.reports, happening.sources);
  if (!happening.tolls.empty()) {
    text += fmt::format("how many: {}\n", exporting::tolls(happening.tolls));
  }
  if (!happening.disputed.empty()) {
    text += fmt::format("disputed: {}\n", fmt::join(happening.disputed, ", "));
  }
  text += "\n";
  Columns columns({"SOURCE", "TOLD", "WHEN", "WHO", "TO WHOM", "WHERE", "HOW MANY"}, 1);
  for (const Account& account : happening.accounts) {
    const TimelineEvent& told = account.told;
    const std::string voices = exporting::voices(told.according_to);
    columns.add({fmt::format("{}. {}", account.source + 1, exporting::origin(told.report)),
                 told.report.published.substr(0, 10), exporting::days(told.begin, told.end),
                 exporting::names(told.actors), exporting::names(told.recipients),
                 exporting::place(told), exporting::numbers_in_words(told.quantities)},
                {"“" + told.words + "”", (voices.empty() ? "" : "according to " + voices + " · ") +
                                             told.handle + marks_of(account)});
  }
  columns.print(terminal_width(), use_color(Color::kAuto), text);
  output.write(text);
}

int run_accounts(const AccountsOptions& options) {
  const Format format = decided(options.format);
  if (format == Format::kCsv) return usage_error("accounts are given as table or jsonl");
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const auto happening = chronicle->accounts(options.name, options.tolls);
  if (!happening) return complain_of(happening.error());
  Output output;
  if (format == Format::kTable) {
    print(*happening, output);
  } else {
    std::string line;
    exporting::append_accounts(*happening, line);
    output.data(line);
  }
  return output.finish(kDone);
}

}  // namespace

void add_accounts(CLI::App& app, Run& command) {
  CLI::App* accounts =
      app.add_subcommand("accounts", "Set side by side what each report says of a happening");
  auto options = std::make_shared<AccountsOptions>();
  accounts->add_option("HAPPENING", options->name, "Its id (h3f9c51d20b7e), or an event (r17.v3)")
      ->required();
  add_store(*accounts, options->store);
  add_format(*accounts, options->format);
  add_toll_rule(*accounts, options->tolls);
  accounts->callback(
      [&command, options] { command = [options] { return run_accounts(*options); }; });
}

}  // namespace dateline::cli
