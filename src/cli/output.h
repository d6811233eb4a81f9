// stdout, buffered, with write errors noticed.
//
// A full disk is an error the user must hear of; a reader that went away (`| head`) is not: the
// command only stops early. Commands write here and nowhere else, and return what finish() says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::cli {

class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  /// False once nothing can be written any more: the command should stop.
  bool write(std::string_view text);
  /// Hands over what is buffered; false as for write().
  bool flush();
  /// Flushes and gives the exit status: `status`, or kProblem with a line on stderr where output
  /// was lost, or kDone where its reader went away.
  int finish(int status);

 private:
  std::string buffer_;
  int error_ = 0;
};

}  // namespace dateline::cli
