// SPDX-License-Identifier: Apache-2.0
#include "stream/bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace dateline::stream {

namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr int kPollMilliseconds = 100;  // How soon a stop is noticed while a pipe is silent.

}  // namespace

Result<Bytes> Bytes::open(const std::string& path, const std::atomic<bool>* stop) {
  if (path == "-") return Bytes(STDIN_FILENO, false, stop);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return fail(1004, fmt::format("cannot read it: {}", std::strerror(errno)));
  Bytes bytes(descriptor, true, stop);
  struct stat status{};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    return fail(1004, "cannot read it: Is a directory");
  }
  return bytes;
}

Bytes::Bytes(Bytes&& other) noexcept { *this = std::move(other); }

Bytes& Bytes::operator=(Bytes&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(stop_, other.stop_);
  std::swap(buffer_, other.buffer_);
  std::swap(at_, other.at_);
  return *this;
}

Bytes::~Bytes() {
  if (owned_) ::close(descriptor_);
}

Result<bool> Bytes::fill() {
  if (at_ > 0) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const std::size_t old = buffer_.size();
  buffer_.resize(old + kPiece);
  ssize_t got = -1;
  while (true) {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) {
      got = 0;
      break;
    }
    pollfd wait{descriptor_, POLLIN, 0};
    const int ready = ::poll(&wait, 1, kPollMilliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    got = ::read(descriptor_, buffer_.data() + old, kPiece);
    if (got >= 0 || (errno != EINTR && errno != EAGAIN)) break;
  }
  const int error = errno;
  buffer_.resize(old + static_cast<std::size_t>(got > 0 ? got : 0));
  if (got < 0) return fail(1004, fmt::format("cannot read it: {}", std::strerror(error)));
  return got > 0;
}

Result<std::string_view> Bytes::peek() {
  if (at_ == buffer_.size()) {
    auto more = fill();
    if (!more) return tl::unexpected(more.error());
  }
  return std::string_view(buffer_).substr(at_);
}

Result<std::string> Bytes::read_rest(std::size_t limit) {
  struct stat status{};
  std::uint64_t size = 0;
  if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    size = static_cast<std::uint64_t>(status.st_size);
  }
  while (size <= limit && buffer_.size() - at_ <= limit) {
    auto more = fill();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return std::exchange(buffer_, {});  // fill() has moved it to the front.
  }
  return fail(1001, size > limit ? fmt::format("the report has {} bytes; at most {} are read "
                                               "(--max-bytes)",
                                               size, limit)
                                 : fmt::format("the report has more than the {} bytes that are "
                                               "read at most (--max-bytes)",
                                               limit));
}

Result<std::optional<Bytes::Line>> Bytes::next_line(std::size_t limit) {
  std::uint64_t dropped = 0;
  for (std::size_t searched = 0;;) {
    const std::size_t end = buffer_.find('\n', at_ + searched);
    if (end != std::string::npos) {
      const std::string_view text = std::string_view(buffer_).substr(at_, end - at_);
      at_ = end + 1;
      const std::uint64_t size = dropped + text.size();
      return Line{size > limit ? std::string_view() : text, size > limit, size};
    }
    searched = buffer_.size() - at_;
    if (dropped + searched > limit) {  // Too long already: count the rest, hold nothing.
      dropped += searched;
      searched = 0;
      at_ = buffer_.size();
    }
    auto more = fill();
    if (!more) return tl::unexpected(more.error());
    if (*more) continue;
    if (dropped + searched == 0) return std::nullopt;
    const std::string_view text = std::string_view(buffer_).substr(at_);
    at_ = buffer_.size();
    const std::uint64_t size = dropped + text.size();
    return Line{size > limit ? std::string_view() : text, size > limit, size};
  }
}

}  // namespace dateline::stream
