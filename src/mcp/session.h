// The Model Context Protocol (modelcontextprotocol.io) without its pipe: a line in, a line out.
//
// JSON-RPC 2.0. Revisions up to 2025-11-25 begin with `initialize`; 2026-07-28 keeps no state and
// begins with `server/discover`. Of what the protocol offers only tools are served.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcp/tools.h"

namespace dateline::mcp {

inline constexpr std::size_t kMostLine = 1u << 20;  ///< Bytes of a message.

class Session {
 public:
  explicit Session(Tools& tools) : tools_(tools) {}

  /// The line to answer; nothing to a notification.
  std::optional<std::string> answer(std::string_view line);

  /// The line to answer to one that is longer than kMostLine.
  static std::string too_long();

 private:
  Tools& tools_;
};

}  // namespace dateline::mcp
