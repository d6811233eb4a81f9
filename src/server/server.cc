// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "article/ascii.h"
#include "installation.h"
#include "server/api.h"
#include "server/corrector.h"
#include "server/gzip.h"
#include "server/http.h"
#include "server/kept.h"
#include "server/metrics.h"
#include "server/shared_reader.h"
#include "server/target.h"
#include "server/token.h"

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

const char* policy_of(const KeptAnswer& answer) {
  if (!answer.is_foreign) return kOwnPolicy;
  return answer.content_type == "application/pdf" ? kPdfPolicy : kForeignPolicy;
}

/// Whether a Host header names this machine.
bool is_loopback(std::string_view given) {
  const std::string host = article::lower(given);
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  in_addr address{};  // "127.0.0.1.example.org" is a name like any other.
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

/// "http://localhost:8080" to "localhost:8080".
std::string_view host_in(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  return scheme == std::string_view::npos ? "" : origin.substr(scheme + 3);
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
  Impl(const ServerOptions& given, const Chronicle& chronicle, HttpServer bound,
       chronicle::StoreState watched)
      : options(given),
        http(std::move(bound)),
        loopback_only(http.on_loopback()),
        state(std::move(watched)),
        reader(given.stop),
        corrector(given.store, given.stop),
        desk{chronicle, &state, &reader, given.read_only ? nullptr : &corrector, &metrics} {}

  const ServerOptions options;
  HttpServer http;
  const bool loopback_only;
  chronicle::StoreState state;
  SharedReader reader;
  Corrector corrector;
  Metrics metrics;
  const Desk desk;
  /// Tells this run of the server from another, whose store may count its versions alike.
  const std::string run_id = fmt::format("{:x}", std::random_device()());
  std::map<std::string, KeptAnswer, std::less<>> page, packed_page;
  KeptAnswers kept;

  Result<void> load(const fs::path& directory) {
    for (const PageFile& file : kPageFiles) {
      std::ifstream in(directory / file.name, std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (!in || bytes.empty()) {
        return fail(6002, fmt::format("'{}' of the web page cannot be read in '{}'", file.name,
                                      directory.string()));
      }
      const std::string path(file.path), type(file.content_type);
      if (auto packed = gzip(bytes, type)) {
        packed_page[path] = {type, std::make_shared<const std::string>(std::move(*packed)), true};
      }
      page[path] = {type, std::make_shared<const std::string>(std::move(bytes))};
    }
    return {};
  }

  /// A request, taken apart, and who may be answered what.
  struct Asked {
    const HttpRequest& request;
    Target target;
    const Route* route = nullptr;
  };

  Asked taken_apart(const HttpRequest& request) const {
    Asked asked{request, split(request.target)};
    asked.route = route_of(request.method, asked.target.path);
    return asked;
  }

  /// Why a request is not answered.
  std::optional<Answer> refusal_of(const Asked& asked) const {
    const HttpRequest& request = asked.request;
    switch (request.refusal) {
      case 0:
        break;
      case 413:
        return failure(413, {6012, "the body is longer than is taken here", {}});
      case 503:
        return failure(503, {6015, "too much is being read already: ask again later", {}});
      default:
        return failure(request.refusal, {6009, "this is no request that can be answered", {}});
    }
    if (loopback_only && !is_loopback(without_port(request.host))) {
      return failure(403, {6008, "this server answers on loopback only; --host opens it", {}});
    }
    const bool changes_nothing = request.method == "GET" || request.method == "HEAD";
    if (!changes_nothing && !request.origin.empty() && host_in(request.origin) != request.host) {
      return failure(403, {6016, "a page of another origin may send nothing here", {}});
    }
    const bool is_page = page.contains(asked.target.path);
    if (asked.route == nullptr && !(is_page && changes_nothing)) {
      const std::string methods = is_page ? "GET, HEAD" : methods_of(asked.target.path);
      if (methods.empty() && request.known_method) {
        return failure(404, {6004, "no such path; /api/openapi.json says what there is", {}});
      }
      Answer refused = failure(request.known_method ? 405 : 501,
                               {6005, fmt::format("this takes {} alone", methods), {}});
      refused.allow = methods;
      return refused;
    }
    if (asked.route == nullptr || asked.route->kind == Route::kOpen) return std::nullopt;
    const bool writes = asked.route->kind == Route::kWriting && desk.corrector != nullptr;
    if ((!loopback_only || writes) && !is_authorized(request.authorization, options.token)) {
      return failure(401, {6011,
                           "give the token that the server printed when it was started: "
                           "Authorization: Bearer ...",
                           {}});
    }
    return std::nullopt;
  }

  Reception receive(const HttpRequest& request) const {
    if (request.method != "POST") return {};
    const Asked asked = taken_apart(request);
    return refusal_of(asked) ? Reception{} : asked.route->reception;
  }

  HttpResponse respond(const HttpRequest& request) {
    const auto begun = std::chrono::steady_clock::now();
    HttpResponse response;
    std::string_view path = "other";
    try {
      const Asked asked = taken_apart(request);
      if (asked.route != nullptr) path = asked.route->path;
      response = response_to(asked);
    } catch (const std::exception&) {  // Want of memory, from any library.
      path = "other";
      response = sent(failure(500, {6010, "the request could not be answered", {}}), "");
    }
    metrics.note(path, response.status, std::chrono::steady_clock::now() - begun);
    return response;
  }

  HttpResponse response_to(const Asked& asked) {
    if (auto refused = refusal_of(asked)) return sent(std::move(*refused), "");
    const HttpRequest& request = asked.request;
    if (asked.route == nullptr) {
      const auto packed = packed_page.find(asked.target.path);
      const bool is_packed = packed != packed_page.end() && takes_gzip(request.accept_encoding);
      const KeptAnswer& file = is_packed ? packed->second : page.find(asked.target.path)->second;
      return is_known(request, "page") ? unchanged("page") : with_headers(file, "page");
    }
    if (asked.route->kind != Route::kOfStore || follows(request.accept)) {
      return sent(answered(asked), "");
    }
    const auto version = desk.state->version();
    if (!version) return sent(failure(500, version.error()), "");
    const std::string tag = fmt::format("{}", *version);
    if (is_known(request, tag)) return unchanged(tag);
    const bool packs = takes_gzip(request.accept_encoding);
    const std::string target = (packs ? "gzip " : "plain ") + request.target;
    if (const auto answer = kept.find(target, *version)) return with_headers(*answer, tag);
    Answer made = answered(asked);
    if (made.status != 200) return sent(std::move(made), "");
    KeptAnswer answer{std::move(made.content_type), nullptr, false, made.foreign};
    if (packs) {
      if (auto packed = gzip(made.body, answer.content_type)) {
        made.body = std::move(*packed);
        answer.is_packed = true;
      }
    }
    answer.body = std::make_shared<const std::string>(std::move(made.body));
    kept.keep(target, *version, answer);
    return with_headers(answer, tag);
  }

  Answer answered(const Asked& asked) const {
    const HttpRequest& request = asked.request;
    return answer({.path = asked.target.path,
                   .parameters = asked.target.parameters,
                   .method = request.method == "HEAD" ? "GET" : request.method,
                   .accept = request.accept,
                   .content_type = request.content_type,
                   .last_event_id = request.last_event_id,
                   .body = request.body},
                  desk);
  }

  std::string entity_tag(std::string_view tag) const {
    return fmt::format("W/\"{}-{}\"", run_id, tag);
  }
  bool is_known(const HttpRequest& request, std::string_view tag) const {
    return request.if_none_match.find(entity_tag(tag)) != std::string::npos;
  }

  HttpResponse unchanged(std::string_view tag) const {
    return {.status = 304, .headers = {{"ETag", entity_tag(tag)}, {"Cache-Control", "no-cache"}}};
  }

  /// `tag`: empty where it is not for keeping.
  HttpResponse with_headers(const KeptAnswer& answer, std::string_view tag) const {
    HttpResponse response{.status = 200, .headers = {}, .body = answer.body};
    response.headers = {{"Content-Security-Policy", policy_of(answer)},
                        {"Content-Type", answer.content_type},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Vary", "Accept, Accept-Encoding, Authorization"},
                        {"Cache-Control", tag.empty() ? "no-store" : "no-cache"}};
    if (!tag.empty()) response.headers.emplace_back("ETag", entity_tag(tag));
    if (answer.is_packed) response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
  }

  HttpResponse sent(Answer given, std::string_view tag) const {
    HttpResponse response = with_headers(
        {std::move(given.content_type), std::make_shared<const std::string>(std::move(given.body)),
         false, given.foreign},
        tag);
    response.status = given.status;
    response.stream = std::move(given.stream);
    for (const auto& [name, value] :
         {std::pair("Allow", given.allow),
          std::pair("WWW-Authenticate", std::string(given.status == 401 ? "Bearer" : "")),
          std::pair("Retry-After", std::string(given.status == 503 ? "2" : "")),
          std::pair("Content-Disposition",
                    given.file_name.empty()
                        ? ""
                        : fmt::format("attachment; filename=\"{}\"", given.file_name))}) {
      if (!value.empty()) response.headers.emplace_back(name, value);
    }
    return response;
  }
};

Result<Server> Server::bind(const ServerOptions& options, const Chronicle& kept) {
  auto http = HttpServer::bind(options.host, options.port);
  if (!http) return tl::unexpected(http.error());
  auto state = chronicle::StoreState::open(options.store);
  if (!state) return tl::unexpected(std::move(state.error()));
  auto impl = std::make_unique<Impl>(options, kept, std::move(*http), std::move(*state));
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
  impl_->http.run([this](const HttpRequest& request) { return impl_->receive(request); },
                  [this](const HttpRequest& request) { return impl_->respond(request); });
}
void Server::stop() { impl_->http.stop(); }

}  // namespace dateline::server
