// stdout, or a file in its place, buffered, with write errors noticed.
//
// A full disk is an error the user must hear of; a reader that went away (`| head`) is not: the
// command only stops early. Commands write here and nowhere else, and return what finish() says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <string>
#include <string_view>

#include "cli/terminal.h"

namespace dateline::cli {

class Output {
 public:
  Output() : Output(STDOUT_FILENO) {}
  explicit Output(int descriptor)
      : descriptor_(descriptor), on_terminal_(is_terminal(descriptor)) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  /// False once nothing can be written any more: the command should stop.
  bool write(std::string_view text);
  /// What is for programs, and holds report text as it is: control characters are made visible
  /// where a terminal reads it after all. False as for write().
  bool data(std::string_view text);
  /// Hands over what is buffered; false as for write().
  bool flush();
  /// Whether all that was written so far arrived.
  bool is_whole() const { return error_ == 0; }
  /// Flushes and gives the exit status: `status`, or kProblem with a line on stderr where output
  /// was lost, or kDone where its reader went away.
  int finish(int status);

 private:
  std::string buffer_;
  const int descriptor_;
  const bool on_terminal_;
  int error_ = 0;
};

}  // namespace dateline::cli
