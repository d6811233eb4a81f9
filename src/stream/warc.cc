// SPDX-License-Identifier: Apache-2.0
#include "stream/warc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "article/ascii.h"

namespace dateline::stream {

namespace {

using article::lower;

constexpr std::size_t kMostWarcHeader = 64 * 1024;
constexpr std::size_t kLookForRecord =
    64 * 1024;  ///< Bytes that are looked through at a time for a record.
constexpr std::string_view kWarcBegins = "WARC/";
constexpr std::string_view kBeginsLine = "\nWARC/";
constexpr std::size_t kMostKept = 16 * 1024 * 1024;

}  // namespace

WebRecord Warc::item(Result<Input> input) {
  const std::uint64_t at = bytes_.position();
  return {number_, at - std::exchange(told_, at), std::move(input)};
}

WebRecord Warc::broken(std::string_view what) {
  lost_ = true;
  bytes_.forget_problem();  // It is what broke this record.
  return item(fail(1011, fmt::format("the WARC record at byte {}: {}", begin_, what), begin_));
}

Result<bool> Warc::find_record() {
  bool line_begins = !lost_;
  while (true) {
    const auto text = bytes_.look(kLookForRecord);
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return false;
    if (line_begins && text->starts_with(kWarcBegins)) return true;
    // Blank lines part records; anything else is none.
    if (line_begins && !lost_) {
      if (text->front() != '\r' && text->front() != '\n') {
        begin_ = bytes_.position();
        return fail(1011, fmt::format("there is no WARC record at byte {}", begin_), begin_);
      }
      bytes_.skip(1);
      continue;
    }
    const std::size_t found = text->find(kBeginsLine);
    if (found != std::string_view::npos) {
      if (auto skipped = bytes_.skip(found + 1); !skipped) return skipped;
      return true;
    }
    const std::size_t kept = text->size() < kLookForRecord ? 0 : kWarcBegins.size();
    if (auto skipped = bytes_.skip(text->size() - kept); !skipped) return skipped;
  }
}

std::optional<WebRecord> Warc::next() {
  while (!unreadable_) {
    const auto found = find_record();
    if (!found) {
      // A compressed file goes on with its next member, which begins with a record.
      lost_ = found.error().code != 1010;
      unreadable_ = found.error().code != 1010 && found.error().code != 1011;
      ++number_;
      return item(tl::unexpected(found.error()));
    }
    if (!*found) return std::nullopt;
    lost_ = false;
    ++number_;
    begin_ = bytes_.position();
    const auto head = bytes_.look(kMostWarcHeader);
    if (!head) return broken(head.error().message);
    const auto [header_size, body_at] = header_end(head->substr(0, kMostWarcHeader));
    if (header_size == std::string_view::npos) {
      bytes_.skip(1);
      return broken("its header does not end");
    }
    const std::string header(head->substr(0, header_size));
    const std::string_view digits = header_field(header, "content-length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
      bytes_.skip(1);
      return broken("it does not say how long it is");
    }
    const std::string kind = lower(header_field(header, "warc-type"));
    const bool wanted =
        kind == "response" || kind == "revisit" ||
        (kind == "resource" && report_type(header_field(header, "content-type"), {}));
    // What is passed over by a wrong length would be lost.
    const bool may_be_whole = bytes_.may_hold(length);
    if (!may_be_whole && !wanted) {
      bytes_.skip(body_at);
      return broken("it ends before its length");
    }
    if (!wanted || (may_be_whole && length > limit_ + kMostWarcHeader)) {
      const auto skipped = bytes_.skip(body_at);
      const auto passed = skipped ? bytes_.skip(length) : skipped;
      if (!passed) return broken(passed.error().message);
      if (!*passed) return broken("it ends before its length");
      if (!wanted) continue;
      return item(fail(1001, fmt::format("the WARC record at byte {} has {} bytes; at most {} are "
                                         "read (--max-bytes)",
                                         begin_, length, limit_)));
    }
    const std::size_t size =
        static_cast<std::size_t>(std::min<std::uint64_t>(length, limit_ + kMostWarcHeader));
    const auto whole = bytes_.look(body_at + size + 2);
    if (!whole) return broken(whole.error().message);
    const bool cut = whole->size() < body_at + size || size < length;
    std::string_view body = whole->substr(body_at, size);
    // A record that is cut short ends where the next one begins.
    if (cut) body = body.substr(0, body.find(kBeginsLine));
    const std::string_view after = whole->substr(std::min(whole->size(), body_at + size));
    if (!cut && !(after.empty() || after.front() == '\r' || after.front() == '\n' ||
                  after.starts_with(kWarcBegins))) {
      bytes_.skip(body_at);
      return broken("its length is wrong");
    }
    auto made = taken(header, body, cut);
    bytes_.skip(body_at + body.size());
    if (cut) {
      lost_ = true;
      bytes_.forget_problem();
      if (!made) return broken("it ends before its length");
    }
    if (!made) continue;
    made->size = bytes_.position() - std::exchange(told_, bytes_.position());
    return made;
  }
  return std::nullopt;
}

std::optional<WebRecord> Warc::taken(const std::string& header, std::string_view body, bool cut) {
  const std::string kind = lower(header_field(header, "warc-type"));
  const std::string_view digest = header_field(header, "warc-payload-digest");
  Page page;
  if (kind == "revisit") {
    const auto before =
        std::ranges::find_if(kept_, [&](const Kept& kept) { return kept.digest == digest; });
    if (before == kept_.end()) return std::nullopt;
    page.input = before->page;
  } else if (kind == "response") {
    auto found = page_of_response(body, limit_);
    if (!found) return std::nullopt;
    if (!*found) {
      Error problem = found->error();
      problem.message = fmt::format("the WARC record at byte {}: {}", begin_, problem.message);
      return WebRecord{number_, 0, tl::unexpected(std::move(problem))};
    }
    page = std::move(**found);
  } else {
    page.input.bytes = body;
    const std::string_view type = header_field(header, "content-type");
    page.input.media_type = report_type(type, {}).value_or(MediaType::kHtml);
    if (page.input.media_type == MediaType::kHtml) page.input.charset = charset_of(type);
  }
  const std::string_view clipped = header_field(header, "warc-truncated");
  if (cut) {
    page.warnings = {
        fmt::format("the WARC record at byte {} is cut short: its page was read to "
                    "where it ends",
                    begin_)};
  } else if (!clipped.empty()) {
    page.warnings = {
        fmt::format("the page was cut short when it was fetched ({}): it was read to "
                    "where it ends",
                    clipped.substr(0, 20))};
  } else if (!header_field(header, "warc-segment-number").empty()) {
    page.warnings = {"the page lies in several records, of which the first was read"};
  }
  std::string_view uri = header_field(header, "warc-target-uri");
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  page.input.uri = uri;
  page.input.retrieved = header_field(header, "warc-date");
  if (!cut && kind != "revisit" && !digest.empty()) keep(digest, page.input);
  return WebRecord{number_, 0, std::move(page.input), std::move(page.warnings)};
}

void Warc::keep(std::string_view digest, const Input& page) {
  if (page.bytes.size() > kMostKept) return;
  kept_bytes_ += page.bytes.size();
  kept_.push_back({std::string(digest), page});
  while (kept_bytes_ > kMostKept) {
    kept_bytes_ -= kept_.front().page.bytes.size();
    kept_.pop_front();
  }
}

}  // namespace dateline::stream
