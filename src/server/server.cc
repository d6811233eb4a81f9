// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <iterator>
#include <map>

#include "article/ascii.h"
#include "installation.h"
#include "server/api.h"
#include "server/http.h"
#include "server/target.h"

namespace dateline::server {

namespace fs = std::filesystem;

namespace {

struct PageFile {
  std::string_view path;  ///< As asked for.
  std::string_view name;  ///< In the directory.
  std::string_view content_type;
};

constexpr PageFile kPageFiles[] = {
    {"/", "dist/index.html", "text/html; charset=utf-8"},
    {"/page.js", "dist/page.js", "text/javascript; charset=utf-8"},
    {"/world.js", "dist/world.js", "text/javascript; charset=utf-8"},
    {"/style.css", "dist/style.css", "text/css; charset=utf-8"},
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

/// Of a PDF: browsers show none in a sandbox, and have one of their own for it.
constexpr char kPdfPolicy[] = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const char* policy_of(const Answer& answer) {
  if (!answer.foreign) return kOwnPolicy;
  return answer.content_type == "application/pdf" ? kPdfPolicy : kForeignPolicy;
}

/// Whether a Host header names this machine.
bool is_loopback(std::string_view given) {
  const std::string host = article::lower(given);
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  in_addr address{};  // "127.0.0.1.example.org" is a name like any other.
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
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
    if (fs::exists(candidate / "dist/index.html", ignored)) return candidate;
  }
  return fail(6002,
              "the web page is not installed: set DATELINE_HOME to the directory that holds web/");
}

struct Server::Impl {
  Impl(const Chronicle& kept, HttpServer bound)
      : chronicle(kept), http(std::move(bound)), loopback_only(http.on_loopback()) {}

  const Chronicle& chronicle;
  HttpServer http;
  const bool loopback_only;
  std::map<std::string, Answer, std::less<>> page;

  Result<void> load(const fs::path& directory) {
    for (const PageFile& file : kPageFiles) {
      std::ifstream in(directory / file.name, std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (!in || bytes.empty()) {
        return fail(6002, fmt::format("'{}' of the web page cannot be read in '{}'", file.name,
                                      directory.string()));
      }
      page[std::string(file.path)] = {200, std::string(file.content_type), std::move(bytes)};
    }
    return {};
  }

  Answer answer_to(const HttpRequest& request) const {
    if (request.refusal != 0) {
      return failure(request.refusal, {6009, "this is no request that can be answered", {}});
    }
    if (loopback_only && !is_loopback(without_port(request.host))) {
      return failure(403, {6008, "this server answers on loopback only; --host opens it", {}});
    }
    if (request.method != "GET" && request.method != "HEAD") {
      return failure(request.known_method ? 405 : 501, {6005, "read only: GET or HEAD", {}});
    }
    const Target target = split(request.target);
    const auto file = page.find(target.path);
    if (file != page.end()) return file->second;
    return answer({.path = target.path, .parameters = target.parameters}, chronicle);
  }

  HttpResponse respond(const HttpRequest& request) const {
    Answer given;
    try {
      given = answer_to(request);
    } catch (const std::exception&) {  // Want of memory, from any library.
      given = failure(500, {6010, "the request could not be answered", {}});
    }
    HttpResponse response{.status = given.status, .headers = {}, .body = std::move(given.body)};
    response.headers = {{"Content-Security-Policy", policy_of(given)},
                        {"Content-Type", std::move(given.content_type)},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cache-Control", "no-store"}};
    if (given.status == 405 || given.status == 501) {
      response.headers.emplace_back("Allow", "GET, HEAD");
    }
    return response;
  }
};

Result<Server> Server::bind(const ServerOptions& options, const Chronicle& chronicle) {
  auto http = HttpServer::bind(options.host, options.port);
  if (!http) return tl::unexpected(http.error());
  auto impl = std::make_unique<Impl>(chronicle, std::move(*http));
  if (auto loaded = impl->load(options.web); !loaded) return tl::unexpected(loaded.error());
  return Server(std::move(impl));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

int Server::port() const { return impl_->http.port(); }
bool Server::on_loopback() const { return impl_->loopback_only; }
void Server::run() {
  impl_->http.run([this](const HttpRequest& request) { return impl_->respond(request); });
}
void Server::stop() { impl_->http.stop(); }

}  // namespace dateline::server
