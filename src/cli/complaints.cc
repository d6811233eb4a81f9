// SPDX-License-Identifier: Apache-2.0
#include "cli/complaints.h"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"

namespace dateline::cli {

void complain(std::string_view message) {
  std::string line = "dateline: ";
  append_visible(message, line);
  // One complaint is one line, also where a file's name has a line break.
  for (std::size_t at = 0; (at = line.find('\n', at)) != std::string::npos;) {
    line.replace(at, 1, "\u240A");
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int complain_of(const Error& error) {
  complain(fmt::format("{} (DL{})", error.message, error.code));
  const bool other_words_would_do = error.code <= 4004 ||
                                    (error.code >= 4010 && error.code < 4100) ||
                                    (error.code >= 5000 && error.code < 6000);
  return other_words_would_do ? kUsage : kProblem;
}

void complain_of(const ReportPlace& place, const Error& error) {
  complain(fmt::format("{}: {} (DL{})", place.text(), error.message, error.code));
}

int usage_error(std::string_view message) {
  complain(message);
  return kUsage;
}

}  // namespace dateline::cli
