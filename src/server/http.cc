// SPDX-License-Identifier: Apache-2.0
#include "server/http.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <limits>
#include <list>
#include <optional>

namespace dateline::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;

namespace {

constexpr std::size_t kThreads = 8;  // That answer.
constexpr std::size_t kMostClients = 256;
constexpr std::size_t kMostBytesHeld = std::size_t{256} << 20;  // Of answers on their way.
constexpr std::uint32_t kMostHeaderBytes = 16 * 1024;
constexpr std::chrono::seconds kToAsk(10), kToListen(60), kToLeave(2);

class Client;

/// Everybody who is connected, the longest first; used by the waiting thread alone.
class Clients {
 public:
  using Place = std::list<Client*>::iterator;

  Place enter(Client& client) { return all_.insert(all_.end(), &client); }
  void leave(Place place, std::size_t bytes) {
    all_.erase(place);
    bytes_ -= bytes;
  }
  void hold(std::size_t bytes) { bytes_ += bytes; }
  /// Lets the longest go where there are too many; false where all are being answered.
  bool make_room();
  bool let_one_go();

 private:
  std::list<Client*> all_;
  std::size_t bytes_ = 0;
};

class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, Clients& clients, asio::thread_pool& pool,
         const HttpServer::Answer& answer)
      : stream_(std::move(socket)),
        clients_(clients),
        place_(clients.enter(*this)),
        pool_(pool),
        answer_(answer) {
    parser_.header_limit(kMostHeaderBytes);
    parser_.body_limit(std::numeric_limits<std::uint64_t>::max());  // No body is read.
  }
  ~Client() { clients_.leave(place_, held_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void listen() {
    stream_.expires_after(kToAsk);
    http::async_read_header(
        stream_, buffer_, parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->asked(error); });
  }

  /// Whether it is the client who is waited for.
  bool is_slow() const { return !answering_ && !gone_; }
  void let_go() {
    gone_ = true;
    error_code ignored;
    stream_.socket().close(ignored);
  }

 private:
  void asked(error_code error) {
    // Gone, or too slow: there is nobody to answer.
    if (error && error.category() != http::make_error_code(http::error::bad_method).category()) {
      return;
    }
    if (error == http::error::end_of_stream) return;
    HttpRequest request = taken(error);
    answering_ = true;
    stream_.expires_never();
    // Handed on, not shared: it is the waiting thread that ends a client.
    asio::post(pool_, [self = shared_from_this(), request = std::move(request)]() mutable {
      HttpResponse response = self->answer_(request);
      const auto executor = self->stream_.get_executor();
      asio::post(executor, [self = std::move(self), response = std::move(response)]() mutable {
        self->say(std::move(response));
      });
    });
  }

  HttpRequest taken(error_code error) const {
    HttpRequest request;
    if (error) {
      request.refusal = error == http::error::header_limit ? 431 : 400;
      return request;
    }
    const auto& header = parser_.get();
    if (header.count(http::field::host) > 1) request.refusal = 400;
    request.method = std::string(header.method_string());
    request.known_method = header.method() != http::verb::unknown;
    request.target = std::string(header.target());
    request.host = std::string(header[http::field::host]);
    return request;
  }

  void say(HttpResponse said) {
    answering_ = false;
    held_ = said.body.size();
    clients_.hold(held_);
    clients_.make_room();
    response_.result(static_cast<unsigned>(said.status));
    for (const auto& [name, value] : said.headers) {
      response_.set(boost::string_view(name.data(), name.size()), value);
    }
    response_.keep_alive(false);
    response_.body() = std::move(said.body);
    response_.prepare_payload();
    const bool whole = parser_.get().method() != http::verb::head;
    serializer_.emplace(response_);
    stream_.expires_after(kToListen);
    const auto then = [self = shared_from_this()](error_code error, std::size_t) {
      if (!error) self->part();
    };
    if (whole) {
      http::async_write(stream_, *serializer_, then);
    } else {
      http::async_write_header(stream_, *serializer_, then);
    }
  }

  /// A connection closed on bytes that were sent and not read takes the answer with it.
  void part() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kToLeave);
    drain();
  }

  void drain() {
    stream_.async_read_some(asio::buffer(rest_),
                            [self = shared_from_this()](error_code error, std::size_t got) {
                              self->drained_ += got;
                              constexpr std::size_t kMostDrained = 1 << 20;
                              if (!error && self->drained_ < kMostDrained) self->drain();
                            });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{kMostHeaderBytes + 4096};
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  Clients& clients_;
  const Clients::Place place_;
  asio::thread_pool& pool_;
  const HttpServer::Answer& answer_;
  bool answering_ = false, gone_ = false;
  std::size_t held_ = 0;  ///< Bytes of its answer.
  std::size_t drained_ = 0;
  char rest_[4096];
};

bool Clients::make_room() {
  return (all_.size() < kMostClients && bytes_ <= kMostBytesHeld) || let_one_go();
}

bool Clients::let_one_go() {
  for (Client* const client : all_) {
    if (!client->is_slow()) continue;
    client->let_go();
    return true;
  }
  return false;
}

}  // namespace

struct HttpServer::Impl {
  Answer answer;
  Clients clients;
  asio::io_context waiting{1};
  tcp::acceptor acceptor{waiting};
  asio::steady_timer pause{waiting};
  asio::thread_pool pool{kThreads};

  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {  // No descriptor is left, say: some go, and a little later one comes.
        clients.let_one_go();
        pause.expires_after(std::chrono::milliseconds(50));
        pause.async_wait([this](error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      if (clients.make_room()) {
        std::make_shared<Client>(std::move(socket), clients, pool, answer)->listen();
      }
      accept();
    });
  }
};

Result<HttpServer> HttpServer::bind(const std::string& host, int port) {
  auto impl = std::make_unique<Impl>();
  error_code error;
  tcp::resolver resolver(impl->waiting);
  const auto addresses =
      resolver.resolve(host, std::to_string(port), tcp::resolver::numeric_service, error);
  for (const auto& address : addresses) {
    const tcp::endpoint endpoint = address.endpoint();
    tcp::acceptor& acceptor = impl->acceptor;
    if (acceptor.is_open()) acceptor.close(error);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return HttpServer(std::move(impl));
  }
  return fail(6001, fmt::format("cannot listen on '{}' port {}: {}", host, port, error.message()));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

int HttpServer::port() const {
  error_code ignored;
  return impl_->acceptor.local_endpoint(ignored).port();
}

bool HttpServer::on_loopback() const {
  error_code error;
  const asio::ip::address address = impl_->acceptor.local_endpoint(error).address();
  if (error) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

void HttpServer::run(Answer answer) {
  impl_->answer = std::move(answer);
  impl_->accept();
  impl_->waiting.run();
  impl_->pool.stop();  // What is being answered is finished, what waits is not begun.
  impl_->pool.join();
}

void HttpServer::stop() { impl_->waiting.stop(); }

}  // namespace dateline::server
