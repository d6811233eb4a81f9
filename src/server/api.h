// The REST API without its sockets: a request in, an answer out.
//
// Read only: nothing here changes the store, so nothing here asks for a token. Every answer is
// JSON, but for the pages that reports were read from; a failure is a problem of RFC 9457. What can
// be asked for stands in web/openapi.json, which is served at /api/openapi.json. Answers are
// bounded (kMostEvents, kMostFound, kMostCounts, kMostBytes) and say "more": true where they were
// cut. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline::server {

inline constexpr std::size_t kMostEvents = 2000;
inline constexpr std::size_t kMostFound = 200;      ///< Reports or actors.
inline constexpr std::size_t kMostCounts = 10'000;  ///< Places, sources, months and so on.
inline constexpr std::size_t kMostBytes = 16u << 20;
inline constexpr std::size_t kMostParameterBytes = 1000;

struct Request {
  std::string_view path;                                          ///< Decoded, without the query.
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< Decoded.
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  bool foreign = false;  ///< Somebody else's page: nothing in it may run, nor fetch anything.
  std::optional<Error> error{};  ///< What went wrong, as the body says it.
};

/// The answer to a GET of a path under /api/.
Answer answer(const Request& request, const Chronicle& chronicle);

/// An answer that says what went wrong.
Answer failure(int status, const Error& error);

}  // namespace dateline::server
