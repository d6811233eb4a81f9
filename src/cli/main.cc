// The command line: finds out which command is meant and runs it.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "dateline/event_types.h"
#include "dateline/version.h"

namespace dateline::cli {

namespace {

/// A closed stdin, stdout or stderr must not become the number of some file opened later. What
/// takes its place fails every use, as the closed one would.
void fill_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The lowest free number is this one.
      (void)open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

/// Every command, or every option of one.
std::vector<std::string> names_of(const CLI::App& app, bool options) {
  std::vector<std::string> names;
  if (options) {
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  } else {
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  }
  return names;
}

/// What is not understood, and what was perhaps meant.
std::string about_mistake(const CLI::App& app, const CLI::ParseError& mistake, int argc,
                          char** argv) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const std::string called = chosen.empty() ? "dateline" : "dateline " + command.get_name();
  if (dynamic_cast<const CLI::ExtrasError*>(&mistake) == nullptr) {
    return fmt::format("{}; '{} --help' says more", mistake.what(), called);
  }
  const auto known_options = names_of(command, true), known_commands = names_of(app, false);
  for (int i = 1; i < argc; ++i) {
    const std::string given = argv[i], word = given.substr(0, given.find('='));
    const bool is_option = word.starts_with("--");
    const auto& known = is_option ? known_options : known_commands;
    if (std::ranges::find(known, word) != known.end() || (!is_option && !chosen.empty())) continue;
    const std::string near = nearest_word(word, {known.begin(), known.end()});
    return fmt::format("there is no {} '{}'{}", is_option ? "option" : "command", word,
                       near.empty() ? fmt::format("; '{} --help' lists what there is", called)
                                    : fmt::format(": did you mean '{}'?", near));
  }
  return fmt::format("{}; '{} --help' lists what there is", mistake.what(), called);
}

int run(int argc, char** argv) {
  CLI::App app("Reads news reports and keeps a sourced chronology of what they say.", "dateline");
  app.set_version_flag("--version", fmt::format("dateline {}", kVersion));
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(32);
  Run command;
  add_read(app, command);
  add_ingest(app, command);
  add_watch(app, command);
  add_timeline(app, command);
  add_counting(app, command);
  add_accounts(app, command);
  add_actors(app, command);
  add_changes(app, command);
  add_show(app, command);
  add_search(app, command);
  add_match(app, command);
  add_correct(app, command);
  add_export(app, command);
  add_explain(app, command);
  add_knowledge(app, command);
  add_doctor(app, command);
  add_fsck(app, command);
  add_serve(app, command);
  add_mcp(app, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& mistake) {
    return usage_error(about_mistake(app, mistake, argc, argv));
  }
  if (!command) {
    std::fputs(app.help().c_str(), stderr);
    return kUsage;
  }
  return command();
}

}  // namespace
}  // namespace dateline::cli

int main(int argc, char** argv) {
  dateline::cli::fill_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is a failed write, not a death.
  try {
    return dateline::cli::run(argc, argv);
  } catch (const std::exception& problem) {  // Out of memory and the like, from any library.
    dateline::cli::complain(problem.what());
    return dateline::cli::kProblem;
  }
}
