// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/commands.h"
#include "cli/complaints.h"

namespace dateline::cli {

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

}  // namespace

bool Output::write(std::string_view text) {
  if (error_ != 0) return false;
  buffer_ += text;
  return buffer_.size() < kBufferBytes || flush();
}

bool Output::data(std::string_view text) {
  if (!on_terminal_) return write(text);
  std::string shown;
  append_visible(text, shown);
  return write(shown);
}

bool Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && error_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
  return error_ == 0;
}

int Output::finish(int status) {
  if (flush()) return status;
  if (error_ == EPIPE) return kDone;
  complain(fmt::format("cannot write the output: {}", std::strerror(error_)));
  return kProblem;
}

}  // namespace dateline::cli
