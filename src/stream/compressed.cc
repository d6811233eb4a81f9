// SPDX-License-Identifier: Apache-2.0
#include "stream/compressed.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace dateline::stream {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kStoredPiece = 256 * 1024;
constexpr std::string_view kGzip = "\x1F\x8B\x08"sv;
constexpr std::string_view kZstd = "\x28\xB5\x2F\xFD"sv;
constexpr std::string_view kZstdDictionary = "\x5D\x2A\x4D\x18"sv;  ///< A frame to pass over.
constexpr std::size_t kMostDictionary = 16 * 1024 * 1024;

class Gzip : public Decompressor {
 public:
  Gzip() : Decompressor(kGzip), ready_(inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK) {}
  ~Gzip() override { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

 private:
  bool ready() const override { return ready_; }
  void begin_member() override { inflateReset(&stream_); }
  Step step(std::string_view stored, char* into, std::size_t size) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stored.data()));
    stream_.avail_in = static_cast<uInt>(stored.size());
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    Step step{stored.size() - stream_.avail_in, size - stream_.avail_out, Step::State::kInside};
    if (status == Z_STREAM_END) {
      step.state = Step::State::kEnd;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      step.state = Step::State::kBroken;
    }
    return step;
  }

  z_stream stream_{};
  bool ready_;
};

class Zstd : public Decompressor {
 public:
  explicit Zstd(bool with_dictionary)
      : Decompressor(kZstd), context_(ZSTD_createDCtx()), gathers_(with_dictionary) {}
  ~Zstd() override { ZSTD_freeDCtx(context_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

 private:
  bool ready() const override { return context_ != nullptr; }
  void begin_member() override { ZSTD_DCtx_reset(context_, ZSTD_reset_session_only); }
  Step step(std::string_view stored, char* into, std::size_t size) override {
    if (gathers_) return gather(stored);
    ZSTD_inBuffer in{stored.data(), stored.size(), 0};
    ZSTD_outBuffer out{into, size, 0};
    const std::size_t left = ZSTD_decompressStream(context_, &out, &in);
    Step step{in.pos, out.pos, Step::State::kInside};
    if (left == 0) step.state = Step::State::kEnd;
    if (ZSTD_isError(left) != 0) step.state = Step::State::kBroken;
    return step;
  }

  /// The first frame: four bytes of mark, four of its length, the dictionary, often compressed.
  Step gather(std::string_view stored) {
    constexpr std::size_t kHead = 8;
    std::size_t wanted = kHead;
    const bool length_known = frame_.size() >= kHead;
    if (length_known) {
      std::size_t length = 0;
      for (std::size_t i = kHead; i-- > 4;) {
        length = length << 8 | static_cast<unsigned char>(frame_[i]);
      }
      if (length > kMostDictionary) return {0, 0, Step::State::kBroken};
      wanted = kHead + length;
    }
    const std::size_t taken = std::min(wanted - frame_.size(), stored.size());
    frame_.append(stored, 0, taken);
    if (frame_.size() < wanted || !length_known) return {taken, 0, Step::State::kInside};
    gathers_ = false;
    std::string dictionary = frame_.substr(kHead);
    frame_ = {};
    if (std::string_view(dictionary).starts_with(kZstd)) {
      const unsigned long long size =
          ZSTD_getFrameContentSize(dictionary.data(), dictionary.size());
      std::string plain(size <= kMostDictionary ? static_cast<std::size_t>(size) : 0, '\0');
      const std::size_t made =
          ZSTD_decompress(plain.data(), plain.size(), dictionary.data(), dictionary.size());
      if (ZSTD_isError(made) != 0) return {taken, 0, Step::State::kBroken};
      dictionary = std::move(plain);
    }
    const std::size_t loaded =
        ZSTD_DCtx_loadDictionary(context_, dictionary.data(), dictionary.size());
    return {taken, 0, ZSTD_isError(loaded) != 0 ? Step::State::kBroken : Step::State::kEnd};
  }

  ZSTD_DCtx* context_;
  bool gathers_;  ///< The dictionary's frame is being read.
  std::string frame_;
};

}  // namespace

std::unique_ptr<Decompressor> Decompressor::of(std::string& first) {
  const std::string_view begin = first;
  std::unique_ptr<Decompressor> made;
  if (begin.starts_with(kGzip)) made = std::make_unique<Gzip>();
  const bool dictionary = begin.starts_with(kZstdDictionary);
  if (dictionary || begin.starts_with(kZstd)) made = std::make_unique<Zstd>(dictionary);
  if (made) made->stored_ = std::exchange(first, {});
  return made;
}

Result<std::size_t> Decompressor::read(char* into, std::size_t size, const Stored& stored) {
  if (!ready()) return fail(1009, "there is no memory to decompress it");
  while (true) {
    if (at_ == stored_.size()) {
      stored_.resize(kStoredPiece);
      at_ = member_ = 0;
      auto got = stored(stored_.data(), stored_.size());
      stored_.resize(got ? *got : 0);
      if (!got) return tl::unexpected(got.error());
      if (*got == 0) {
        if (!inside_ || std::exchange(ended_, true)) return 0;
        return fail(1010, "the compressed data end in the middle");
      }
    }
    if (seeking_ && !find_member()) continue;
    if (!inside_ && stored_[at_] == '\0') {  // Padding between members.
      ++at_;
      continue;
    }
    if (!std::exchange(inside_, true)) member_ = at_;
    const Step done = step(std::string_view(stored_).substr(at_), into, size);
    at_ += done.taken;
    if (done.state != Step::State::kInside) {
      begin_member();
      inside_ = false;
    }
    if (done.state == Step::State::kBroken) {
      seeking_ = true;
      at_ = std::min(member_ + 1, stored_.size());  // Its data may have been the next members.
      if (done.made == 0) return fail(1010, "the compressed data are broken");
      broken_ = true;
    }
    if (done.made > 0) return done.made;
  }
}

bool Decompressor::find_member() {
  const std::size_t found = stored_.find(magic_, at_);
  if (found == std::string::npos) {
    at_ = stored_.size();
    return false;
  }
  at_ = found;
  seeking_ = false;
  return true;
}

}  // namespace dateline::stream
