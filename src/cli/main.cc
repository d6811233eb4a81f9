// The command line: finds out which command is meant and runs it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "dateline/version.h"

namespace dateline::cli {

void complain(std::string_view message) {
  std::string line = "dateline: ";
  append_visible(message, line);
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int usage_error(std::string_view message) {
  complain(message);
  return kUsage;
}

namespace {

int run(int argc, char** argv) {
  CLI::App app("Reads news reports and keeps a sourced chronology of what they say.", "dateline");
  app.set_version_flag("--version", fmt::format("dateline {}", kVersion));
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(32);
  Run command;
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& mistake) {
    return usage_error(fmt::format("{}; 'dateline --help' lists what there is", mistake.what()));
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
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is a failed write, not a death.
  try {
    return dateline::cli::run(argc, argv);
  } catch (const std::exception& problem) {  // Out of memory and the like, from any library.
    dateline::cli::complain(problem.what());
    return dateline::cli::kProblem;
  }
}
