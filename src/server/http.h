// HTTP/1.1 without its sockets' whims (Boost.Beast): one thread waits for all clients, a few
// answer.
//
// A client is waited for by nobody: only a request that has come whole takes a thread, and only
// until its answer is made, or the next piece of it. Whoever does not finish asking or listening in
// time is let go, and the one who has been waited for longest is where there are too many.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline::server {

struct HttpRequest {
  int refusal = 0;  ///< Where it is no request that can be answered: the status that says so.
  std::string method;
  bool known_method = true;  ///< HTTP has such a method.
  std::string target;        ///< Path and query as they stood in the request.
  /// As they stood in the header; empty where that has none.
  std::string host, origin, authorization, accept, accept_encoding, content_type, if_none_match,
      last_event_id;
  std::string body;
};

/// How a request is taken in, told by its head.
struct Reception {
  std::size_t most_body = 0;  ///< A longer body is refused; 0: none is read.
  bool is_slow = false;       ///< Its answer takes long; a few threads are set aside for such.
};

/// The next piece of a long answer. Empty: none yet, ask again in a second.
struct Piece {
  std::string text;
  enum {
    kMore,
    kLast,
    kBroken
  } then = kMore;  ///< kBroken: the client is to see that it ends early.
};
using Stream = std::function<Piece()>;

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string_view, std::string>> headers{};
  std::shared_ptr<const std::string> body{};  ///< Null: none.
  Stream stream{};                            ///< Where set, the body comes in its pieces.
};

class HttpServer {
 public:
  /// Called on the thread that waits: must not take long.
  using Receive = std::function<Reception(const HttpRequest&)>;
  /// Called on several threads at once; throws nothing, nor do the streams it gives.
  using Answer = std::function<HttpResponse(const HttpRequest&)>;

  /// Listens on an address or a name of this machine; port 0: any that is free.
  static Result<HttpServer> bind(const std::string& host, int port);

  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();

  int port() const;
  /// Whether only this machine can reach the address that was bound, however it was spelled.
  bool on_loopback() const;

  /// Answers until stop() is called, from any thread.
  void run(Receive receive, Answer answer);
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::server
