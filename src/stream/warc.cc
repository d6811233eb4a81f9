// SPDX-License-Identifier: Apache-2.0
#include "stream/warc.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "article/ascii.h"
#include "article/kind.h"

namespace dateline::stream {

namespace {

using article::lower;

constexpr std::size_t kMostHeader = 64 * 1024;
constexpr std::size_t kLook = 64 * 1024;  ///< Bytes that are looked through at a time for a record.
constexpr std::string_view kBegins = "WARC/";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Lines "name: value"; the first one of a name counts. `wanted` in lower case.
std::string_view field(std::string_view header, std::string_view wanted) {
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

/// Where a header ends and what it heads begins; npos where it does not end.
struct HeaderEnd {
  std::size_t header = std::string_view::npos, body = 0;
};
HeaderEnd header_end(std::string_view text) {
  const std::size_t crlf = text.find("\r\n\r\n"), lf = text.find("\n\n");
  if (crlf < lf) return {crlf + 2, crlf + 4};
  if (lf != std::string_view::npos) return {lf + 1, lf + 2};
  return {};
}

/// "utf-8" of "text/html; charset=utf-8".
std::string charset_of(std::string_view type) {
  const std::string folded = lower(type);
  const std::size_t at = folded.find("charset=");
  if (at == std::string::npos) return {};
  const std::string rest = folded.substr(at + 8);
  const std::size_t begin = rest.find_first_not_of("\"' ");
  if (begin == std::string::npos) return {};
  return rest.substr(begin, rest.find_first_of("\"'; ", begin) - begin);
}

bool is_html(std::string_view type, std::string_view body) {
  const std::string folded = lower(type);
  if (folded.empty()) return article::looks_like_html(body);
  return folded.starts_with("text/html") || folded.starts_with("application/xhtml");
}

/// A body sent in chunks, put together. What is no chunk ends it; archives often keep bodies
/// unchunked under a header that says otherwise.
std::string without_chunks(std::string_view body) {
  std::string whole;
  std::string_view rest = body;
  while (!rest.empty()) {
    const std::size_t line = rest.find('\n');
    if (line == std::string_view::npos) break;
    std::size_t size = 0;
    const std::string_view digits = trim(rest.substr(0, line));
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    const bool ended = end == digits.data() + digits.size() || *end == ';';
    if (error != std::errc() || !ended) return whole.empty() ? std::string(body) : whole;
    rest.remove_prefix(line + 1);
    if (size == 0) break;
    whole += rest.substr(0, size);
    rest.remove_prefix(std::min(size, rest.size()));
    rest.remove_prefix(
        std::min(rest.starts_with("\r\n") ? std::size_t{2} : std::size_t{1}, rest.size()));
  }
  return whole;
}

Result<std::string> inflated(std::string_view body, std::size_t limit) {
  std::string whole;
  // 47: gzip or zlib, told by the first bytes; -15: bare deflate, which some servers send.
  for (const int window : {47, -15}) {
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK) break;
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> guard(&stream, &inflateEnd);
    whole.clear();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    int status = Z_OK;
    while (status == Z_OK && whole.size() <= limit) {
      const std::size_t old = whole.size();
      whole.resize(old + 64 * 1024);
      stream.next_out = reinterpret_cast<Bytef*>(whole.data() + old);
      stream.avail_out = 64 * 1024;
      status = inflate(&stream, Z_NO_FLUSH);
      whole.resize(whole.size() - stream.avail_out);
    }
    if (whole.size() > limit) {
      return fail(1001, fmt::format("the page has more than the {} bytes that are read at most "
                                    "(--max-bytes)",
                                    limit));
    }
    if (status == Z_STREAM_END) return whole;
  }
  return fail(1010, "the page's compressed data are broken");
}

}  // namespace

std::optional<Result<Input>> page_of_response(std::string_view response, std::size_t limit) {
  const auto [header_size, body_at] = header_end(response);
  if (!response.starts_with("HTTP/") || header_size == std::string_view::npos) {
    return fail(1011, "it is no HTTP response with a header");
  }
  const std::string_view header = response.substr(0, header_size);
  std::string_view body = response.substr(body_at);
  const std::size_t blank = header.find(' ');
  if (blank == std::string_view::npos || header.substr(blank + 1, 1) != "2") return std::nullopt;
  const std::string_view type = field(header, "content-type");
  const std::string encoding = lower(field(header, "content-encoding"));
  if (!is_html(type, body)) return std::nullopt;
  Input input;
  if (lower(field(header, "transfer-encoding")).find("chunked") != std::string::npos) {
    input.bytes = without_chunks(body);
  } else {
    input.bytes = body;
  }
  const bool zipped = encoding == "gzip" || encoding == "x-gzip" || encoding == "deflate";
  if (zipped && !article::looks_like_html(input.bytes)) {
    auto whole = inflated(input.bytes, limit);
    if (!whole) return tl::unexpected(whole.error());
    input.bytes = std::move(*whole);
  } else if (!zipped && !encoding.empty() && encoding != "identity" &&
             !article::looks_like_html(input.bytes)) {
    return fail(1011, fmt::format("the page is compressed as '{}', which is not read",
                                  encoding.substr(0, 20)));
  }
  input.media_type = MediaType::kHtml;
  input.charset = charset_of(type);
  return input;
}

Warc::Item Warc::item(Result<Input> input) {
  const std::uint64_t at = bytes_.position();
  return {number_, at - std::exchange(told_, at), std::move(input)};
}

Warc::Item Warc::broken(std::string_view what) {
  lost_ = true;
  bytes_.forget_problem();  // It is what broke this record.
  return item(fail(1011, fmt::format("the WARC record at byte {}: {}", begin_, what), begin_));
}

Result<bool> Warc::find_record() {
  bool line_begins = !lost_;
  while (true) {
    const auto text = bytes_.look(kLook);
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return false;
    if (line_begins && text->starts_with(kBegins)) return true;
    // Blank lines part records; anything else is none.
    if (line_begins && !lost_) {
      if (text->front() != '\r' && text->front() != '\n') {
        begin_ = bytes_.position();
        return fail(1011, fmt::format("there is no WARC record at byte {}", begin_), begin_);
      }
      bytes_.skip(1);
      continue;
    }
    const std::size_t found = text->find("\nWARC/");
    if (found != std::string_view::npos) {
      if (auto skipped = bytes_.skip(found + 1); !skipped) return skipped;
      return true;
    }
    const std::size_t kept = text->size() < kLook ? 0 : kBegins.size();
    if (auto skipped = bytes_.skip(text->size() - kept); !skipped) return skipped;
  }
}

std::optional<Warc::Item> Warc::next() {
  while (!unreadable_) {
    const auto found = find_record();
    if (!found) {
      // A compressed file goes on with its next member, which begins with a record.
      lost_ = found.error().code != 1010;
      unreadable_ = found.error().code == 1004;
      ++number_;
      return item(tl::unexpected(found.error()));
    }
    if (!*found) return std::nullopt;
    lost_ = false;
    ++number_;
    begin_ = bytes_.position();
    const auto head = bytes_.look(kMostHeader);
    if (!head) return broken(head.error().message);
    const auto [header_size, body_at] = header_end(head->substr(0, kMostHeader));
    if (header_size == std::string_view::npos) {
      bytes_.skip(1);
      return broken("its header does not end");
    }
    const std::string header(head->substr(0, header_size));
    const std::string_view digits = field(header, "content-length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
      bytes_.skip(1);
      return broken("it does not say how long it is");
    }
    // What is passed over by a wrong length would be lost.
    if (!bytes_.may_hold(length)) {
      bytes_.skip(body_at);
      return broken("it ends before its length");
    }
    const std::string kind = lower(field(header, "warc-type"));
    const bool is_response = kind == "response";
    const bool wanted =
        is_response || (kind == "resource" && is_html(field(header, "content-type"), {}));
    if (!wanted || length > limit_ + kMostHeader) {
      const auto skipped = bytes_.skip(body_at);
      const auto passed = skipped ? bytes_.skip(length) : skipped;
      if (!passed) return broken(passed.error().message);
      if (!*passed) return broken("it ends before its length");
      if (!wanted) continue;
      return item(fail(1001, fmt::format("the WARC record at byte {} has {} bytes; at most {} are "
                                         "read (--max-bytes)",
                                         begin_, length, limit_)));
    }
    const std::size_t size = static_cast<std::size_t>(length);
    const auto whole = bytes_.look(body_at + size + 2);
    if (!whole) return broken(whole.error().message);
    const std::string_view after = whole->substr(std::min(whole->size(), body_at + size));
    const bool complete = whole->size() >= body_at + size;
    if (!complete || !(after.empty() || after.front() == '\r' || after.front() == '\n' ||
                       after.starts_with(kBegins))) {
      bytes_.skip(body_at);
      return broken(complete ? "its length is wrong" : "it ends before its length");
    }
    const std::string_view body = whole->substr(body_at, size);
    std::optional<Result<Input>> page;
    if (is_response) {
      page = page_of_response(body, limit_);
    } else {
      Input input;
      input.bytes = body;
      input.media_type = MediaType::kHtml;
      input.charset = charset_of(field(header, "content-type"));
      page = std::move(input);
    }
    bytes_.skip(body_at + size);
    if (!page) continue;
    if (!*page) {
      Error problem = page->error();
      problem.message = fmt::format("the WARC record at byte {}: {}", begin_, problem.message);
      return item(tl::unexpected(std::move(problem)));
    }
    std::string_view uri = field(header, "warc-target-uri");
    if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
    (*page)->uri = uri;
    (*page)->retrieved = field(header, "warc-date");
    return item(std::move(*page));
  }
  return std::nullopt;
}

}  // namespace dateline::stream
