// SPDX-License-Identifier: Apache-2.0
#include "server/http.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
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

constexpr std::size_t kThreads = 8;      // That answer.
constexpr std::size_t kSlowThreads = 2;  // That make answers which take long.
constexpr std::size_t kMostSlow = 32;    // Such answers that are made or wait to be.
constexpr std::size_t kMostClients = 256;
constexpr std::size_t kMostBytesHeld = std::size_t{256} << 20;  // Of bodies on their way.
constexpr std::uint32_t kMostHeaderBytes = 16 * 1024;
constexpr std::chrono::seconds kToAsk(10), kToSend(30), kToListen(60), kToLeave(2), kPause(1);

class Client;

/// Everybody who is connected, in the order in which they last asked; used by the waiting thread
/// alone.
class Clients {
 public:
  using Place = std::list<Client*>::iterator;

  Place enter(Client& client) { return all_.insert(all_.end(), &client); }
  void leave(Place place) { all_.erase(place); }
  void to_the_end(Place place) { all_.splice(all_.end(), all_, place); }
  void hold(std::size_t bytes) { bytes_ += bytes; }
  void release(std::size_t bytes) { bytes_ -= bytes; }
  /// Lets the longest go where there are too many; false where all are being answered.
  bool make_room();
  bool let_one_go();

  /// Whether one more answer that takes long may wait.
  bool begin_slow() { return slow_ < kMostSlow && ++slow_ > 0; }
  void end_slow() { --slow_; }

 private:
  std::list<Client*> all_;
  std::size_t bytes_ = 0, slow_ = 0;
};

/// What all clients share.
struct House {
  HttpServer::Receive receive;
  HttpServer::Answer answer;
  Clients clients;
};

struct Pools {
  asio::thread_pool quick{kThreads}, slow{kSlowThreads};

  /// What is being answered is finished, what waits is not begun.
  void end() {
    quick.stop();
    slow.stop();
    quick.join();
    slow.join();
  }
};

/// Whether what came is no HTTP; else the client has gone, or was too slow.
bool is_no_http(error_code error) {
  return error.category() == http::make_error_code(http::error::bad_method).category();
}

class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, House& house, Pools& pools)
      : stream_(std::move(socket)),
        pause_(stream_.get_executor()),
        house_(house),
        pools_(pools),
        place_(house.clients.enter(*this)) {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
  }
  ~Client() {
    house_.clients.leave(place_);
    house_.clients.release(held_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void listen() {
    parser_.emplace();
    parser_->header_limit(kMostHeaderBytes);
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());  // None is read yet.
    stream_.expires_after(kToAsk);
    http::async_read_header(
        stream_, buffer_, *parser_,
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
    if (error && !is_no_http(error)) return;  // There is nobody to answer.
    if (error == http::error::end_of_stream) return part();
    house_.clients.to_the_end(place_);
    take_head(error);
    if (request_.refusal != 0) return answer(false);
    const Reception reception = house_.receive(request_);
    if (parser_->is_done() || reception.most_body == 0) return answer(reception.is_slow);
    const auto length = parser_->content_length();
    if (length && *length > reception.most_body) {
      request_.refusal = 413;
      return answer(false);
    }
    parser_->body_limit(reception.most_body);
    hold(length ? *length : reception.most_body);
    stream_.expires_after(kToSend);
    if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      static constexpr char kGoOn[] = "HTTP/1.1 100 Continue\r\n\r\n";
      return asio::async_write(
          stream_, asio::buffer(kGoOn, sizeof kGoOn - 1),
          [self = shared_from_this(), is_slow = reception.is_slow](error_code gone, std::size_t) {
            if (!gone) self->read_body(is_slow);
          });
    }
    read_body(reception.is_slow);
  }

  void read_body(bool is_slow) {
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this(), is_slow](error_code error, std::size_t) {
                       if (error && !is_no_http(error)) return;
                       if (error) {
                         self->request_.refusal = error == http::error::body_limit ? 413 : 400;
                       } else {
                         self->request_.body = std::move(self->parser_->get().body());
                       }
                       self->answer(is_slow && !error);
                     });
  }

  void take_head(error_code error) {
    request_ = {};
    if (error) {
      request_.refusal = error == http::error::header_limit ? 431 : 400;
      return;
    }
    const auto& header = parser_->get();
    if (header.count(http::field::host) > 1) request_.refusal = 400;
    request_.method = std::string(header.method_string());
    request_.known_method = header.method() != http::verb::unknown;
    request_.target = std::string(header.target());
    for (const auto& [field, value] :
         {std::pair(http::field::host, &request_.host),
          std::pair(http::field::origin, &request_.origin),
          std::pair(http::field::authorization, &request_.authorization),
          std::pair(http::field::accept, &request_.accept),
          std::pair(http::field::accept_encoding, &request_.accept_encoding),
          std::pair(http::field::content_type, &request_.content_type),
          std::pair(http::field::if_none_match, &request_.if_none_match)}) {
      *value = std::string(header[field]);
    }
    request_.last_event_id = std::string(header["Last-Event-ID"]);
  }

  void answer(bool is_slow) {
    is_slow_ = is_slow && house_.clients.begin_slow();
    if (is_slow && !is_slow_) request_.refusal = 503;
    answering_ = true;
    stream_.expires_never();
    // Handed on, not shared: it is the waiting thread that ends a client.
    asio::post(is_slow_ ? pools_.slow : pools_.quick, [self = shared_from_this()]() mutable {
      HttpResponse response = self->house_.answer(self->request_);
      const auto executor = self->stream_.get_executor();
      asio::post(executor, [self = std::move(self), response = std::move(response)]() mutable {
        self->say(std::move(response));
      });
    });
  }

  void say(HttpResponse said) {
    answering_ = false;
    if (is_slow_) house_.clients.end_slow();
    said_ = std::move(said);
    hold(said_.body ? said_.body->size() : 0);
    house_.clients.make_room();
    // What follows an unread body cannot be told from it.
    const auto& asked = parser_->get();
    keeps_ = request_.refusal == 0 && parser_->is_done() && asked.keep_alive();
    response_.emplace();
    response_->result(static_cast<unsigned>(said_.status));
    for (const auto& [name, value] : said_.headers) {
      response_->set(boost::string_view(name.data(), name.size()), value);
    }
    const bool is_whole = asked.method() != http::verb::head;
    if (said_.stream) {
      if (asked.version() < 11) keeps_ = false;
      response_->chunked(asked.version() >= 11);
    } else {
      if (said_.body) response_->body() = {said_.body->data(), said_.body->size()};
      constexpr int kNotModified = 304;  // Of the length of what the client has.
      if (said_.status != kNotModified) response_->prepare_payload();
    }
    response_->keep_alive(keeps_);
    serializer_.emplace(*response_);
    stream_.expires_after(kToListen);
    const bool has_pieces = said_.stream && is_whole;
    const auto then = [self = shared_from_this(), has_pieces](error_code error, std::size_t) {
      if (error) return;
      has_pieces ? self->make_piece() : self->told();
    };
    if (is_whole && !said_.stream) {
      http::async_write(stream_, *serializer_, then);
    } else {
      http::async_write_header(stream_, *serializer_, then);
    }
  }

  void make_piece() {
    answering_ = true;
    stream_.expires_never();
    asio::post(pools_.quick, [self = shared_from_this()]() mutable {
      Piece piece = self->said_.stream();
      const auto executor = self->stream_.get_executor();
      asio::post(executor, [self = std::move(self), piece = std::move(piece)]() mutable {
        self->send(std::move(piece));
      });
    });
  }

  void send(Piece piece) {
    answering_ = false;
    if (gone_ || piece.then == Piece::kBroken) return let_go();
    if (piece.text.empty() && piece.then == Piece::kMore) {
      pause_.expires_after(kPause);
      return pause_.async_wait([self = shared_from_this()](error_code) { self->make_piece(); });
    }
    piece_ = {};
    if (!response_->chunked()) {
      piece_ = std::move(piece.text);
    } else {
      if (!piece.text.empty())
        piece_ = fmt::format("{:x}\r\n{}\r\n", piece.text.size(), piece.text);
      if (piece.then == Piece::kLast) piece_ += "0\r\n\r\n";
    }
    stream_.expires_after(kToListen);
    asio::async_write(
        stream_, asio::buffer(piece_),
        [self = shared_from_this(), then = piece.then](error_code error, std::size_t) {
          if (error) return;
          then == Piece::kLast ? self->told() : self->make_piece();
        });
  }

  /// The answer was taken whole: another request may come.
  void told() {
    if (!keeps_) return part();
    said_ = {};
    hold(0);
    listen();
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
                              constexpr std::size_t kMostDrained = 4 << 20;
                              if (!error && self->drained_ < kMostDrained) self->drain();
                            });
  }

  /// So many bytes are its own, in place of those before.
  void hold(std::size_t bytes) {
    house_.clients.release(held_);
    held_ = bytes;
    house_.clients.hold(held_);
  }

  beast::tcp_stream stream_;
  asio::steady_timer pause_;
  beast::flat_buffer buffer_{kMostHeaderBytes + 4096};
  std::optional<http::request_parser<http::string_body>> parser_;
  HttpRequest request_;
  HttpResponse said_;
  std::optional<http::response<http::span_body<const char>>> response_;
  std::optional<http::response_serializer<http::span_body<const char>>> serializer_;
  std::string piece_;
  House& house_;
  Pools& pools_;
  const Clients::Place place_;
  bool answering_ = false, gone_ = false, keeps_ = false, is_slow_ = false;
  std::size_t held_ = 0;  ///< Bytes of its request's or its answer's body.
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
  House house;
  asio::io_context waiting{1};
  tcp::acceptor acceptor{waiting};
  asio::steady_timer pause{waiting};
  Pools pools;  // Goes first: clients wait in it, and their sockets need the context.

  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {  // No descriptor is left, say: some go, and a little later one comes.
        house.clients.let_one_go();
        pause.expires_after(std::chrono::milliseconds(50));
        pause.async_wait([this](error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      if (house.clients.make_room()) {
        std::make_shared<Client>(std::move(socket), house, pools)->listen();
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

void HttpServer::run(Receive receive, Answer answer) {
  impl_->house.receive = std::move(receive);
  impl_->house.answer = std::move(answer);
  impl_->accept();
  impl_->waiting.run();
  impl_->pools.end();
}

void HttpServer::stop() { impl_->waiting.stop(); }

}  // namespace dateline::server
