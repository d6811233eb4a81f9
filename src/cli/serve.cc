// `dateline serve`: the chronicle in a browser, and its REST API.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "server/server.h"
#include "server/token.h"

namespace dateline::cli {

namespace {

constexpr int kDefaultPort = 7380;
constexpr unsigned kMostQueryMs = 5'000;

struct ServeOptions {
  std::string store;
  std::string token_file;
  bool opens = false;
  server::ServerOptions server{.port = kDefaultPort};
};

/// Has the desktop show an address; where there is none, it stays printed.
void show_in_browser(const std::string& address) {
  const char* const command[] = {"xdg-open", address.c_str(), nullptr};
  pid_t child = 0;
  posix_spawnattr_t as_usual;  // Without the signals that are blocked here.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_init(&as_usual);
  posix_spawnattr_setsigmask(&as_usual, &none);
  posix_spawnattr_setflags(&as_usual, POSIX_SPAWN_SETSIGMASK);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&quiet, output, "/dev/null", O_WRONLY, 0);
  }
  if (posix_spawnp(&child, command[0], &quiet, &as_usual, const_cast<char* const*>(command),
                   environ) != 0) {
    complain("no browser can be opened here (xdg-open): open the address by hand");
  }
  posix_spawn_file_actions_destroy(&quiet);
  posix_spawnattr_destroy(&as_usual);
}

Result<std::string> token_of(const ServeOptions& options) {
  return options.token_file.empty() ? server::new_token() : server::token_in(options.token_file);
}

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
  options.server.store = options.store;
  options.server.stop = &stop;
  auto token = token_of(options);
  if (!token) {
    complain_of(token.error());
    return kUsage;
  }
  options.server.token = *token;
  auto server = server::Server::bind(options.server, *chronicle);
  if (!server) return complain_of(server.error());

  const std::string& host = options.server.host;
  const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  const std::string address = fmt::format("http://{}:{}/", shown, server->port());
  Output output;
  output.write(fmt::format("{} at {} — Ctrl-C ends it\n", options.store, address));
  if (options.token_file.empty() && !(options.server.read_only && server->on_loopback())) {
    output.write(fmt::format("token {}: {}\n",
                             server->on_loopback() ? "to correct" : "to read and correct", *token));
  }
  if (!output.flush()) return output.finish(kProblem);

  std::thread serving([&] { server->run(); });
  if (options.opens) show_in_browser(address);
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
  serve->add_flag("--read-only", options->server.read_only, "Nobody may correct anything");
  serve
      ->add_option("--token-file", options->token_file,
                   "File whose first line is the token; without it one is made and printed")
      ->type_name("FILE");
  serve->add_flag("--open", options->opens, "Open the page in the browser");
  serve->callback([&command, options] { command = [options] { return run_serve(*options); }; });
}

}  // namespace dateline::cli
