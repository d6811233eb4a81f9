// `dateline serve`: the chronicle in a browser, and its REST API.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "server/server.h"

namespace dateline::cli {

namespace {

constexpr int kDefaultPort = 7380;
constexpr unsigned kMostQueryMs = 5'000;

struct ServeOptions {
  std::string store;
  server::ServerOptions server{.port = kDefaultPort, .web = {}};
};

int run_serve(ServeOptions options) {
  // The signals that end us are taken by one thread, which stops the server in good order. They
  // must be blocked before any other thread starts.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);

  std::atomic<bool> stop = false;
  const auto chronicle = Chronicle::open(options.store, {.query_ms = kMostQueryMs, .stop = &stop});
  if (!chronicle) return complain_of(chronicle.error());
  auto web = server::find_web();
  if (!web) return complain_of(web.error());
  options.server.web = std::move(*web);
  auto server = server::Server::bind(options.server, *chronicle);
  if (!server) return complain_of(server.error());

  const std::string& host = options.server.host;
  const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  Output output;
  output.write(
      fmt::format("{} at http://{}:{}/ — Ctrl-C ends it\n", options.store, shown, server->port()));
  if (!output.flush()) return output.finish(kProblem);

  std::thread serving([&] { server->run(); });
  int signal = 0;
  sigwait(&ending, &signal);
  stop = true;
  server->stop();
  serving.join();
  return output.finish(kDone);
}

}  // namespace

void add_serve(CLI::App& app, Run& command) {
  CLI::App* serve =
      app.add_subcommand("serve", "Show a chronicle in the browser; REST API at /api/");
  auto options = std::make_shared<ServeOptions>();
  add_store(*serve, options->store);
  serve
      ->add_option("--host", options->server.host,
                   "Address to listen on; anything but loopback opens the store to others")
      ->check([](const std::string& host) { return host.empty() ? "an address is needed" : ""; })
      ->capture_default_str();
  serve->add_option("--port", options->server.port, "Port to listen on; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  serve->callback([&command, options] { command = [options] { return run_serve(*options); }; });
}

}  // namespace dateline::cli
