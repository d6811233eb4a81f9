// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <httplib.h>

#include <fstream>
#include <iterator>
#include <map>

#include "installation.h"
#include "server/api.h"

namespace dateline::server {

namespace fs = std::filesystem;

namespace {

struct PageFile {
  std::string_view path;  ///< As asked for.
  std::string_view name;  ///< In the directory.
  std::string_view content_type;
};

constexpr PageFile kPageFiles[] = {
    {"/", "index.html", "text/html; charset=utf-8"},
    {"/element.js", "element.js", "text/javascript; charset=utf-8"},
    {"/page.js", "page.js", "text/javascript; charset=utf-8"},
    {"/report.js", "report.js", "text/javascript; charset=utf-8"},
    {"/style.css", "style.css", "text/css; charset=utf-8"},
    {"/api/openapi.json", "openapi.json", "application/json"},
};

/// Of our own page and of every answer but the next.
constexpr char kOwnPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Of a page that a report was read from: no script, no form, no frame, nothing from the network.
constexpr char kForeignPolicy[] =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

constexpr int kThreads = 4;
constexpr int kTimeoutSeconds = 5;

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  in_addr address{};  // "127.0.0.1.example.org" is a name like any other.
  return inet_pton(AF_INET, std::string(host).c_str(), &address) == 1 &&
         (ntohl(address.s_addr) >> 24) == 127;
}

/// "localhost:8080" to "localhost", "[::1]:8080" to "[::1]".
std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || bracket < colon);
  return has_port ? host.substr(0, colon) : host;
}

}  // namespace

Result<fs::path> find_web() {
  std::error_code ignored;
  for (const fs::path& home : homes()) {
    fs::path candidate = home / "web";
    if (fs::exists(candidate / "index.html", ignored)) return candidate;
  }
  return fail(6002,
              "the web page is not installed: set DATELINE_HOME to the directory that holds web/");
}

struct Server::Impl {
  explicit Impl(const Chronicle& kept) : chronicle(kept) {}

  const Chronicle& chronicle;
  bool loopback_only = true;
  int port = 0;
  std::map<std::string_view, Answer> page;
  httplib::Server http;

  Result<void> load(const fs::path& directory) {
    for (const PageFile& file : kPageFiles) {
      std::ifstream in(directory / file.name, std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (!in || bytes.empty()) {
        return fail(6002, fmt::format("'{}' of the web page cannot be read in '{}'", file.name,
                                      directory.string()));
      }
      page[file.path] = {200, std::string(file.content_type), std::move(bytes)};
    }
    return {};
  }

  Answer respond(const httplib::Request& request) const {
    if (loopback_only && !is_loopback(without_port(request.get_header_value("Host")))) {
      return failure(403, {6008, "this server answers on loopback only; --host opens it", {}});
    }
    if (request.method != "GET" && request.method != "HEAD") {
      return failure(405, {6005, "read only: GET or HEAD", {}});
    }
    const auto file = page.find(std::string_view(request.path));
    if (file != page.end()) return file->second;
    Request asked{.path = request.path};
    asked.parameters.assign(request.params.begin(), request.params.end());
    return answer(asked, chronicle);
  }

  void handle(const httplib::Request& request, httplib::Response& response) const {
    if (request.has_header("Range")) {
      // Many ranges of one body would multiply it; nothing here needs any.
      response.status = 416;
      return;
    }
    Answer given = respond(request);
    response.status = given.status;
    if (given.status == 405) response.set_header("Allow", "GET, HEAD");
    if (given.foreign) {
      response.headers.erase("Content-Security-Policy");
      response.set_header("Content-Security-Policy", kForeignPolicy);
    }
    response.set_content(std::move(given.body), given.content_type);
  }

  void set_up() {
    http.set_default_headers({{"Content-Security-Policy", kOwnPolicy},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Referrer-Policy", "no-referrer"},
                              {"Cache-Control", "no-store"}});
    // Without this, httplib lets a second server take the same port and half of the requests.
    http.set_socket_options([](int socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    http.set_keep_alive_max_count(1);
    http.set_read_timeout(kTimeoutSeconds);
    http.set_write_timeout(kTimeoutSeconds);
    http.set_payload_max_length(0);
    http.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // Before httplib's own routing, which matches paths by std::regex and can serve files.
    http.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          handle(request, response);
          return httplib::Server::HandlerResponse::Handled;
        });
    // What httplib refuses itself (a request that is no HTTP, a path too long) in our words.
    http.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty() || response.status == 416) return;
      Answer given =
          failure(response.status, {6009, "this is no request that can be answered", {}});
      response.set_content(std::move(given.body), given.content_type);
    });
    http.set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
          Answer given = failure(500, {6010, "the request could not be answered", {}});
          response.status = given.status;
          response.set_content(std::move(given.body), given.content_type);
        });
  }
};

Result<Server> Server::bind(const ServerOptions& options, const Chronicle& chronicle) {
  auto impl = std::make_unique<Impl>(chronicle);
  impl->loopback_only = is_loopback(options.host);
  if (auto loaded = impl->load(options.web); !loaded) return tl::unexpected(loaded.error());
  impl->set_up();
  impl->port = options.port;
  if (options.port == 0) {
    impl->port = impl->http.bind_to_any_port(options.host);
  } else if (!impl->http.bind_to_port(options.host, options.port)) {
    impl->port = -1;
  }
  if (impl->port <= 0) {
    return fail(6001, fmt::format("cannot listen on {} port {}: not an address of this machine, or "
                                  "another program has the port",
                                  options.host, options.port));
  }
  return Server(std::move(impl));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

int Server::port() const { return impl_->port; }
void Server::run() { impl_->http.listen_after_bind(); }
void Server::stop() { impl_->http.stop(); }

}  // namespace dateline::server
