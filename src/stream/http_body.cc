// SPDX-License-Identifier: Apache-2.0
#include "stream/http_body.h"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "article/ascii.h"
#include "article/decoding/kind.h"

namespace dateline::stream {

namespace {

using article::lower;

constexpr std::string_view kPdf = "%PDF-";
constexpr std::size_t kBodyPiece = 64 * 1024;
constexpr std::size_t kMostCodings = 4;  ///< "gzip, br": one over the other; servers use one.

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// A body sent in chunks, put together; nothing where it is not in chunks: recorders often take
/// them apart and keep the header that tells of them. What ends in a chunk is cut.
struct Unchunked {
  std::string body;
  bool cut = true;
};
std::optional<Unchunked> without_chunks(std::string_view rest) {
  constexpr std::size_t kMostSizeLine = 1024;
  Unchunked whole;
  for (bool first = true; !rest.empty(); first = false) {
    const std::size_t line = rest.substr(0, kMostSizeLine).find('\n');
    const std::string_view digits = trim(rest.substr(0, std::min(line, rest.size())));
    std::size_t size = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    const char* last = digits.data() + digits.size();
    const bool is_size =
        error == std::errc() && line != std::string_view::npos &&
        trim({end, last}).substr(0, 1).find_first_not_of(';') == std::string_view::npos;
    if (!is_size) {
      if (first) return std::nullopt;
      return whole;
    }
    rest.remove_prefix(line + 1);
    if (size == 0) {
      whole.cut = false;
      return whole;
    }
    // After the bytes of a chunk stands a line break; a page that begins with a number has none.
    const std::string_view after = rest.substr(std::min(size, rest.size()));
    if (first && !after.empty() && !after.starts_with('\r') && !after.starts_with('\n')) {
      return std::nullopt;
    }
    whole.body += rest.substr(0, size);
    rest = after;
    rest.remove_prefix(
        std::min(rest.starts_with("\r\n") ? std::size_t{2} : std::size_t{1}, rest.size()));
  }
  return whole;
}

/// What a decoder has made and how that ended.
struct Unpacked {
  std::string bytes;
  enum class End { kWhole, kCut, kBroken, kTooLong } end = End::kBroken;
};

/// `step(out, room)` makes more and says how many bytes, and whether it goes on.
template <typename Step>
Unpacked unpack(std::size_t limit, Step step) {
  Unpacked out;
  std::optional<Unpacked::End> end;
  while (!end) {
    const std::size_t old = out.bytes.size();
    out.bytes.resize(old + kBodyPiece);
    std::size_t made = 0;
    end = step(out.bytes.data() + old, made);
    out.bytes.resize(old + made);
    if (out.bytes.size() > limit) end = Unpacked::End::kTooLong;
    if (!end && made == 0) end = Unpacked::End::kCut;
  }
  out.end = *end;
  return out;
}

Unpacked inflated(std::string_view body, std::size_t limit) {
  // 47: gzip or zlib, told by the first bytes; -15: bare deflate, which some servers send.
  for (const int window : {47, -15}) {
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK) break;
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> guard(&stream, &inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    Unpacked out =
        unpack(limit, [&](char* into, std::size_t& made) -> std::optional<Unpacked::End> {
          stream.next_out = reinterpret_cast<Bytef*>(into);
          stream.avail_out = kBodyPiece;
          const int status = inflate(&stream, Z_NO_FLUSH);
          made = kBodyPiece - stream.avail_out;
          if (status == Z_STREAM_END) return Unpacked::End::kWhole;
          if (status == Z_OK || status == Z_BUF_ERROR) return std::nullopt;
          return Unpacked::End::kBroken;
        });
    if (window == 47 && out.bytes.empty() && out.end == Unpacked::End::kBroken) continue;
    return out;
  }
  return {};
}

Unpacked unbrotlied(std::string_view body, std::size_t limit) {
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  if (!state) return {};
  std::size_t left = body.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(body.data());
  return unpack(limit, [&](char* into, std::size_t& made) -> std::optional<Unpacked::End> {
    std::size_t room = kBodyPiece;
    auto* out = reinterpret_cast<std::uint8_t*>(into);
    const auto status =
        BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &out, nullptr);
    made = kBodyPiece - room;
    if (status == BROTLI_DECODER_RESULT_SUCCESS) return Unpacked::End::kWhole;
    if (status == BROTLI_DECODER_RESULT_ERROR) return Unpacked::End::kBroken;
    if (status == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return Unpacked::End::kCut;
    return std::nullopt;
  });
}

Unpacked unzstded(std::string_view body, std::size_t limit) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (!context) return {};
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  return unpack(limit, [&](char* into, std::size_t& made) -> std::optional<Unpacked::End> {
    ZSTD_outBuffer out{into, kBodyPiece, 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &out, &in);
    made = out.pos;
    if (ZSTD_isError(left) != 0) return Unpacked::End::kBroken;
    if (left == 0 && in.pos == in.size) return Unpacked::End::kWhole;
    return std::nullopt;
  });
}

struct Coding {
  std::string_view name;
  Unpacked (*unpack)(std::string_view, std::size_t);  ///< Null: nothing to be done.
};
constexpr Coding kCodings[] = {{"gzip", inflated}, {"x-gzip", inflated}, {"deflate", inflated},
                               {"br", unbrotlied}, {"zstd", unzstded},   {"identity", nullptr},
                               {"none", nullptr},  {"utf-8", nullptr},   {"", nullptr}};

/// Takes off what "Content-Encoding" lists, the last first. A page that lies there as it is was
/// unpacked by its recorder.
Result<bool> take_off(std::string codings, std::string& body, std::size_t limit, bool& cut) {
  for (std::size_t i = 0; !codings.empty() && i < kMostCodings; ++i) {
    if (article::looks_like_html(body) || body.starts_with(kPdf)) return true;
    const std::size_t comma = codings.rfind(',');
    const std::string name(
        trim(std::string_view(codings).substr(comma == std::string::npos ? 0 : comma + 1)));
    codings.resize(comma == std::string::npos ? 0 : comma);
    const auto coding =
        std::ranges::find_if(kCodings, [&](const Coding& known) { return known.name == name; });
    if (coding == std::end(kCodings)) {
      return fail(1011, fmt::format("the page is compressed as '{}', which is not read",
                                    name.substr(0, 20)));
    }
    if (coding->unpack == nullptr) continue;
    Unpacked plain = coding->unpack(body, limit);
    if (plain.end == Unpacked::End::kTooLong) {
      return fail(1001, fmt::format("the page has more than the {} bytes that are read at most "
                                    "(--max-bytes)",
                                    limit));
    }
    if (plain.end != Unpacked::End::kWhole) {
      if (plain.bytes.empty()) return fail(1010, "the page's compressed data are broken");
      cut = true;
    }
    body = std::move(plain.bytes);
  }
  return true;
}

}  // namespace

std::string_view header_field(std::string_view header, std::string_view wanted) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon != wanted.size()) continue;
    if (lower(line.substr(0, colon)) == wanted) return trim(line.substr(colon + 1));
  }
  return {};
}

HeaderEnd header_end(std::string_view text) {
  const std::size_t crlf = text.find("\r\n\r\n"), lf = text.find("\n\n");
  if (crlf < lf) return {crlf + 2, crlf + 4};
  if (lf != std::string_view::npos) return {lf + 1, lf + 2};
  return {};
}

std::string charset_of(std::string_view type) {
  const std::string folded = lower(type);
  const std::size_t at = folded.find("charset=");
  if (at == std::string::npos) return {};
  const std::string rest = folded.substr(at + 8);
  const std::size_t begin = rest.find_first_not_of("\"' ");
  if (begin == std::string::npos) return {};
  return rest.substr(begin, rest.find_first_of("\"'; ", begin) - begin);
}

std::optional<MediaType> report_type(std::string_view type, std::string_view body) {
  const std::string folded = lower(type);
  const bool is_html =
      folded.empty() ? article::looks_like_html(body)
                     : folded.starts_with("text/html") || folded.starts_with("application/xhtml");
  if (is_html) return MediaType::kHtml;
  const bool is_pdf =
      folded.empty() ? body.starts_with(kPdf) : folded.starts_with("application/pdf");
  return is_pdf ? std::optional(MediaType::kPdf) : std::nullopt;
}

std::optional<Result<Page>> page_of_response(std::string_view response, std::size_t limit) {
  const auto [header_size, body_at] = header_end(response);
  if (!response.starts_with("HTTP/") || header_size == std::string_view::npos) {
    return fail(1011, "it is no HTTP response with a header");
  }
  const std::string_view header = response.substr(0, header_size);
  const std::string_view body = response.substr(body_at);
  const std::size_t blank = header.find(' ');
  if (blank == std::string_view::npos || header.substr(blank + 1, 1) != "2") return std::nullopt;
  const std::string_view type = header_field(header, "content-type");
  const auto media_type = report_type(type, body);
  if (!media_type) return std::nullopt;
  Page page;
  bool cut = false;
  std::optional<Unchunked> chunks;
  if (lower(header_field(header, "transfer-encoding")).find("chunked") != std::string::npos) {
    chunks = without_chunks(body);
  }
  page.input.bytes = chunks ? std::move(chunks->body) : std::string(body);
  if (chunks) cut = chunks->cut;
  const auto plain =
      take_off(lower(header_field(header, "content-encoding")), page.input.bytes, limit, cut);
  if (!plain) return tl::unexpected(plain.error());
  if (cut) page.warnings.emplace_back("the page ends before its end: it was read to where it ends");
  page.input.media_type = *media_type;
  if (*media_type == MediaType::kHtml) page.input.charset = charset_of(type);
  return page;
}

}  // namespace dateline::stream
