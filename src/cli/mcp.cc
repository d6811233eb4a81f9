// `dateline mcp`: the chronicle for an assistant, by the Model Context Protocol.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "mcp/session.h"
#include "stream/bytes.h"

namespace dateline::cli {

namespace {

constexpr unsigned kMostQueryMs = 5'000;

int run_mcp(const std::string& store) {
  const auto chronicle = Chronicle::open(store, {.query_ms = kMostQueryMs});
  if (!chronicle) return complain_of(chronicle.error());
  auto input = stream::Bytes::open("-", nullptr);
  if (!input) return complain_of(input.error());
  mcp::Tools tools(*chronicle);
  mcp::Session session(tools);
  Output output;
  while (true) {
    const auto line = input->next_line(mcp::kMostLine);
    if (!line) return complain_of(line.error());
    if (!*line) return output.finish(kDone);
    const auto answer =
        (*line)->too_long ? std::optional(mcp::Session::too_long()) : session.answer((*line)->text);
    if (answer && (!output.write(*answer) || !output.flush())) return output.finish(kDone);
  }
}

}  // namespace

void add_mcp(CLI::App& app, Run& command) {
  CLI::App* mcp = app.add_subcommand(
      "mcp", "Answer an assistant over standard input and output (Model Context Protocol)");
  auto store = std::make_shared<std::string>();
  add_store(*mcp, *store);
  mcp->callback([&command, store] { command = [store] { return run_mcp(*store); }; });
}

}  // namespace dateline::cli
