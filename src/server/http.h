// HTTP/1.1 without its sockets' whims (Boost.Beast): one thread waits for all clients, a few
// answer.
//
// A client is waited for by nobody: only a request that has come whole takes a thread, and only
// until its answer is made. Whoever does not finish asking or listening in time is let go, and the
// one who has taken longest is where there are too many. One request a connection.
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
  std::string host;          ///< As it stood in the header; empty where that has none.
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;
};

class HttpServer {
 public:
  /// Called on several threads at once; throws nothing.
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
  void run(Answer answer);
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::server
