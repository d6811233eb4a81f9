// The API and the web page over HTTP.
//
// Binds to loopback unless another address is given, and on loopback answers only requests that
// name a loopback host: a page elsewhere cannot have a browser read the store by a name of its own
// that points here. Elsewhere a token is asked for, and to write everywhere. The page's files are
// read once, at the start; no path of a request ever reaches the file system.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "dateline/chronicle.h"
#include "dateline/result.h"

namespace dateline::server {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                 ///< 0: any that is free.
  std::filesystem::path web{};  ///< Directory of the page's files.
  std::string store{};          ///< The chronicle's file, opened where something is written.
  std::string token{};          ///< Of those who may write, and read from elsewhere.
  bool read_only = false;       ///< Nobody may write.
  const std::atomic<bool>* stop = nullptr;  ///< Gives up what is being read or written.
};

/// Directory of the installed web page.
Result<std::filesystem::path> find_web();

class Server {
 public:
  /// Reads the page's files and takes the port. The chronicle must outlive the server.
  static Result<Server> bind(const ServerOptions& options, const Chronicle& chronicle);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  int port() const;
  /// Whether only this machine can reach it.
  bool on_loopback() const;
  /// Answers until stop() is called, from any thread.
  void run();
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::server
