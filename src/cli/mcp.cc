// `dateline mcp`: the chronicle for an assistant, by the Model Context Protocol.
// SPDX-License-Identifier: Apache-2.0
#include <poll.h>

#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/reading_options.h"
#include "cli/store.h"
#include "mcp/session.h"

namespace dateline::cli {

namespace {

constexpr unsigned kMostQueryMs = 5'000;

/// The lines of the standard input, one at a time. Of one that is too long only that is told.
class Lines {
 public:
  struct Line {
    std::string_view text;
    bool too_long = false;
  };

  /// Nothing at the end.
  std::optional<Line> next() {
    buffer_.erase(0, taken_);
    bool too_long = false;
    std::size_t looked = 0;
    while (true) {
      if (const std::size_t end = buffer_.find('\n', looked); end != std::string::npos) {
        taken_ = end + 1;
        return Line{std::string_view(buffer_).substr(0, end), too_long};
      }
      looked = buffer_.size();
      if (looked > mcp::kMostLine) {
        too_long = true;
        buffer_.clear();
        looked = 0;
      }
      char some[1 << 16];
      const ssize_t got = ::read(STDIN_FILENO, some, sizeof some);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return std::nullopt;
      buffer_.append(some, static_cast<std::size_t>(got));
    }
  }

 private:
  std::string buffer_;
  std::size_t taken_ = 0;
};

struct McpOptions {
  std::string store;
  ReaderOptions reader;
};

int run_mcp(const McpOptions& options) {
  const auto chronicle = Chronicle::open(options.store, {.query_ms = kMostQueryMs});
  if (!chronicle) return complain_of(chronicle.error());
  mcp::Tools tools(*chronicle, options.reader);
  mcp::Session session(tools);
  Lines lines;
  Output output;
  while (const auto line = lines.next()) {
    const auto answer =
        line->too_long ? std::optional(mcp::Session::too_long()) : session.answer(line->text);
    if (answer && (!output.write(*answer) || !output.flush())) break;
  }
  return output.finish(kDone);
}

}  // namespace

void add_mcp(CLI::App& app, Run& command) {
  CLI::App* mcp = app.add_subcommand(
      "mcp", "Answer an assistant over standard input and output (Model Context Protocol)");
  auto options = std::make_shared<McpOptions>();
  add_store(*mcp, options->store);
  mcp->callback([&command, options] { command = [options] { return run_mcp(*options); }; });
}

}  // namespace dateline::cli
