// SPDX-License-Identifier: Apache-2.0
#include "stream/bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace dateline::stream {

namespace {

constexpr std::size_t kBufferPiece = 256 * 1024;
constexpr int kPollMilliseconds = 100;  // How soon a stop is noticed while a pipe is silent.

}  // namespace

Bytes::Bytes(int descriptor, bool owned, const std::atomic<bool>* stop)
    : descriptor_(descriptor), owned_(owned), stop_(stop) {}

Result<Bytes> Bytes::open(const std::string& path, const std::atomic<bool>* stop) {
  if (path == "-") return Bytes(STDIN_FILENO, false, stop);
  // Of a pipe with a name, what waits for its writer is poll(), which a stop can end.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) return fail(1004, fmt::format("cannot read it: {}", std::strerror(errno)));
  Bytes bytes(descriptor, true, stop);
  struct stat status{};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    return fail(1004, "cannot read it: Is a directory");
  }
  return bytes;
}

Bytes Bytes::of(Decompressor::Stored stored) {
  Bytes bytes(-1, false, nullptr);
  bytes.source_ = std::move(stored);
  return bytes;
}

Bytes::Bytes(Bytes&& other) noexcept { *this = std::move(other); }

Bytes& Bytes::operator=(Bytes&& other) noexcept {
  std::swap(source_, other.source_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(stop_, other.stop_);
  std::swap(buffer_, other.buffer_);
  std::swap(at_, other.at_);
  std::swap(passed_, other.passed_);
  std::swap(stored_, other.stored_);
  std::swap(begun_, other.begun_);
  std::swap(problem_, other.problem_);
  std::swap(inflater_, other.inflater_);
  return *this;
}

Bytes::~Bytes() {
  if (owned_) ::close(descriptor_);
}

Result<std::size_t> Bytes::read_stored(char* into, std::size_t size) {
  if (source_) {
    auto got = source_(into, size);
    if (got) stored_ += *got;
    return got;
  }
  while (true) {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) return 0;
    pollfd wait{descriptor_, POLLIN, 0};
    const int ready = ::poll(&wait, 1, kPollMilliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t got = ::read(descriptor_, into, size);
    if (got >= 0) {
      stored_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR && errno != EAGAIN) {
      return fail(1004, fmt::format("cannot read it: {}", std::strerror(errno)));
    }
  }
}

Result<bool> Bytes::fill() {
  if (at_ > 0) {
    buffer_.erase(0, at_);
    passed_ += at_;
    at_ = 0;
  }
  if (inflater_ != nullptr && inflater_->take_broken()) {
    return fail(1010, "the compressed data are broken");
  }
  const std::size_t old = buffer_.size();
  buffer_.resize(old + kBufferPiece);
  const auto stored = [this](char* into, std::size_t size) { return read_stored(into, size); };
  auto got = inflater_ ? inflater_->read(buffer_.data() + old, kBufferPiece, stored)
                       : read_stored(buffer_.data() + old, kBufferPiece);
  buffer_.resize(old + (got ? *got : 0));
  if (!got) return tl::unexpected(got.error());
  if (!begun_ && *got > 0) {
    begun_ = true;
    while (buffer_.size() < Decompressor::kMagic) {  // A pipe may give less at first.
      char byte = 0;
      auto more = read_stored(&byte, 1);
      if (!more) return tl::unexpected(more.error());
      if (*more == 0) break;
      buffer_ += byte;
    }
    inflater_ = Decompressor::of(buffer_);
    if (inflater_) return fill();
  }
  return *got > 0;
}

Result<std::string_view> Bytes::look(std::size_t wanted) {
  while (!problem_ && buffer_.size() - at_ < wanted) {
    auto more = fill();
    if (!more) {
      problem_ = more.error();
    } else if (!*more) {
      break;
    }
  }
  if (problem_ && buffer_.size() == at_) {
    Error problem = *std::exchange(problem_, std::nullopt);
    return tl::unexpected(std::move(problem));
  }
  return std::string_view(buffer_).substr(at_);
}

Result<bool> Bytes::skip(std::uint64_t count) {
  while (true) {
    const std::uint64_t here = std::min<std::uint64_t>(count, buffer_.size() - at_);
    at_ += static_cast<std::size_t>(here);
    count -= here;
    if (count == 0) return true;
    if (problem_) {
      Error problem = *std::exchange(problem_, std::nullopt);
      return tl::unexpected(std::move(problem));
    }
    auto more = fill();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return false;
  }
}

bool Bytes::may_hold(std::uint64_t count) const {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  struct stat status{};
  const bool plain = !inflater_ && fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  const std::uint64_t size = plain ? static_cast<std::uint64_t>(status.st_size) : kMost;
  return count <= size && (!plain || position() <= size - count);
}

int Bytes::plain_descriptor() const {
  struct stat status{};
  const bool plain = !inflater_ && !source_ && passed_ + at_ == 0 &&
                     fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  return plain ? descriptor_ : -1;
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
