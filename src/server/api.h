// The REST API without its sockets: a request in, an answer out.
//
// Every answer is JSON, but for the pages that reports were read from and for exports; a failure is
// a problem of RFC 9457. What can be asked for stands in web/openapi.json, which is served at
// /api/openapi.json. Answers are bounded (kMostEvents, kMostFound, kMostCounts, kMostBytes) and say
// "more": true where they were cut; what has no end comes as a stream.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chronicle/store_state.h"
#include "dateline/chronicle.h"
#include "server/http.h"

namespace dateline::server {

class Corrector;
class Metrics;
class SharedReader;

inline constexpr std::size_t kMostEvents = 2000;
inline constexpr std::size_t kMostFound = 200;      ///< Reports or actors.
inline constexpr std::size_t kMostCounts = 10'000;  ///< Places, sources, months and so on.
inline constexpr std::size_t kMostBytes = 16u << 20;
inline constexpr std::size_t kMostParameterBytes = 1000;
inline constexpr std::size_t kMostReportBytes = 2u << 20;       ///< Of a report that is posted.
inline constexpr std::size_t kMostCorrectionBytes = 64u << 10;  ///< Of a correction.

/// What answers are made from.
struct Desk {
  const Chronicle& chronicle;
  chronicle::StoreState* state = nullptr;
  SharedReader* reader = nullptr;
  Corrector* corrector = nullptr;  ///< Null: nothing is written.
  const Metrics* metrics = nullptr;
};

struct Request {
  std::string_view path;                                          ///< Decoded, without the query.
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< Decoded.
  std::string_view method = "GET";
  std::string_view accept{}, content_type{}, last_event_id{}, body{};
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
  bool foreign = false;     ///< Somebody else's page: nothing in it may run, nor fetch anything.
  std::string file_name{};  ///< What it is to be kept as; empty: it is not for keeping.
  std::string allow{};      ///< Of a refused method: those that the path takes.
  std::optional<Error> error{};  ///< What went wrong, as the body says it.
  Stream stream{};               ///< In place of the body.
};

/// What can be asked for.
struct Route {
  std::string_view method;
  std::string_view path;  ///< "/api/reports/{id}"
  Answer (*answer)(const Request&, const Desk&);
  Reception reception{};
  enum Kind {
    kOfStore,  ///< The same for as long as the store is.
    kStream,   ///< Comes in pieces.
    kOther,    ///< Another each time.
    kOpen,     ///< The same; needs no token, wherever the server listens.
    kWriting,  ///< Needs the token, wherever the server listens.
  } kind = kOfStore;
};

/// Whether an Accept header asks for events as they come.
bool follows(std::string_view accept);

/// Null where there is no such path, or it takes no such method; HEAD is as GET.
const Route* route_of(std::string_view method, std::string_view path);

/// "GET, HEAD, POST": what a path takes; empty where there is none.
std::string methods_of(std::string_view path);

/// The answer to a request under /api/.
Answer answer(const Request& request, const Desk& desk);

/// An answer that says what went wrong.
Answer failure(int status, const Error& error);

}  // namespace dateline::server
