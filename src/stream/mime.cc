// SPDX-License-Identifier: Apache-2.0
#include "stream/mime.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "record/utf8.h"

namespace dateline::stream {

namespace {

constexpr int kBroken = 1015;
constexpr int kDeepest = 50;  ///< Parts in parts; mail programs write a handful.
constexpr std::size_t kMostNamed = 5;
constexpr std::size_t kMostShown = 200;  ///< Bytes of a name or a header.

struct Unref {
  void operator()(void* object) const {
    if (object != nullptr) g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

Owned<GMimeMessage> parsed(const std::string& bytes) {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

bool is_type(GMimePart* part, const char* type, const char* subtype) {
  GMimeContentType* of_part = g_mime_object_get_content_type(GMIME_OBJECT(part));
  return g_mime_content_type_is_type(of_part, type, subtype) != 0;
}

bool is_page(GMimePart* part) {
  return is_type(part, "text", "html") || is_type(part, "application", "xhtml+xml");
}

/// Calls `take` with each part that holds no others; false where they lie too deep in each other.
template <typename Take>
bool each_part(GMimeObject* object, const Take& take, int depth = 0) {
  if (object == nullptr) return true;
  if (depth > kDeepest) return false;
  if (GMIME_IS_MULTIPART(object)) {
    auto* parts = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(parts); ++i) {
      if (!each_part(g_mime_multipart_get_part(parts, i), take, depth + 1)) return false;
    }
    return true;
  }
  take(object);
  return true;
}

tl::unexpected<Error> too_deep() {
  return fail(kBroken, fmt::format("parts lie in parts more than {} deep", kDeepest));
}

std::string content_of(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

/// Of a text part, in UTF-8.
std::string text_of(GMimePart* part) {
  const std::unique_ptr<char, decltype(&g_free)> text(
      GMIME_IS_TEXT_PART(part) ? g_mime_text_part_get_text(GMIME_TEXT_PART(part)) : nullptr,
      &g_free);
  return text ? std::string(text.get()) : content_of(part);
}

std::string cut_short(std::string text) {
  text.resize(std::min(text.size(), kMostShown));
  record::repair_utf8(text);
  return text;
}

std::string header(GMimeObject* object, const char* name) {
  const char* value = g_mime_object_get_header(object, name);
  return value != nullptr ? value : "";
}

std::string charset_of_part(GMimePart* part) {
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  return charset != nullptr ? charset : "";
}

/// As its writer's clock had it, or in UTC.
std::string iso(GDateTime* time, bool in_utc) {
  if (time == nullptr) return {};
  using Time = std::unique_ptr<GDateTime, decltype(&g_date_time_unref)>;
  const Time utc(in_utc ? g_date_time_to_utc(time) : g_date_time_ref(time), &g_date_time_unref);
  if (!utc) return {};
  const std::unique_ptr<char, decltype(&g_free)> text(
      g_date_time_format(utc.get(), in_utc ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%M:%S%:z"),
      &g_free);
  return text ? text.get() : "";
}

}  // namespace

std::optional<std::string> mail_date(const std::string& written) {
  GDateTime* time = g_mime_utils_header_decode_date(written.c_str());
  if (time == nullptr) return std::nullopt;
  const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> owned(time, &g_date_time_unref);
  return iso(time, false);
}

Result<Page> page_of_mhtml(const std::string& bytes) {
  const auto message = parsed(bytes);
  if (!message) return fail(kBroken, "it is no MHTML file");
  GMimePart* page = nullptr;
  const bool shallow =
      each_part(g_mime_message_get_mime_part(message.get()), [&](GMimeObject* object) {
        if (!page && GMIME_IS_PART(object) && is_page(GMIME_PART(object)))
          page = GMIME_PART(object);
      });
  if (!page) return shallow ? fail(kBroken, "the MHTML file holds no page") : too_deep();
  Page found;
  Input& input = found.input;
  input.bytes = content_of(page);
  input.media_type = MediaType::kHtml;
  input.charset = charset_of_part(page);
  input.uri = header(GMIME_OBJECT(message.get()), "Snapshot-Content-Location");
  if (input.uri.empty()) input.uri = header(GMIME_OBJECT(page), "Content-Location");
  input.retrieved = iso(g_mime_message_get_date(message.get()), true);
  return found;
}

namespace {

/// `depth`: in how many mails it lies.
Result<Page> report_of_message(GMimeMessage* message, int depth) {
  std::string text;
  GMimePart* page = nullptr;
  GMimeMessage* forwarded = nullptr;
  std::vector<std::string> left_out;
  const auto leave_out = [&](const char* name) {
    left_out.push_back(cut_short(name != nullptr ? name : "without a name"));
  };
  const auto take = [&](GMimeObject* object) {
    if (!GMIME_IS_PART(object)) {
      const bool is_mail = GMIME_IS_MESSAGE_PART(object);
      if (is_mail && !forwarded) {
        forwarded = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
      }
      leave_out(is_mail ? "another mail" : nullptr);
      return;
    }
    auto* part = GMIME_PART(object);
    const bool attached = g_mime_part_is_attachment(part) != 0;
    if (!attached && is_type(part, "text", "plain")) {
      const std::string more = text_of(part);
      if (!text.empty() && !more.empty()) text += "\n\n";
      text += more;
    } else if (!attached && !page && is_page(part)) {
      page = part;
    } else if (attached || g_mime_object_get_content_id(object) == nullptr) {
      leave_out(g_mime_part_get_filename(part));
    }
  };
  if (!each_part(g_mime_message_get_mime_part(message), take)) return too_deep();
  Page report;
  Input& input = report.input;
  const bool has_text = text.find_first_not_of(" \t\r\n") != std::string::npos;
  if (!has_text && !page && forwarded && depth < kDeepest) {
    auto inner = report_of_message(forwarded, depth + 1);
    if (inner) inner->warnings.emplace_back("the mail forwards another one, which was read for it");
    return inner;
  }
  if (!has_text && !page) return fail(kBroken, "the mail holds no text");
  if (has_text) {
    input.bytes = std::move(text);
    input.media_type = MediaType::kText;
  } else {
    input.bytes = content_of(page);
    input.media_type = MediaType::kHtml;
    input.charset = charset_of_part(page);
  }
  if (const char* subject = g_mime_message_get_subject(message)) input.title = subject;
  if (const char* id = g_mime_message_get_message_id(message)) {
    input.uri = fmt::format("mid:{}", id);
  }
  input.date = iso(g_mime_message_get_date(message), false);
  input.date_from = "mail";
  if (const std::string written = header(GMIME_OBJECT(message), "Date");
      input.date.empty() && !written.empty()) {
    report.warnings.push_back(
        fmt::format("the mail's date '{}' is none and was not used", cut_short(written)));
  }
  if (!left_out.empty()) {
    const std::size_t named = std::min(left_out.size(), kMostNamed);
    report.warnings.push_back(fmt::format(
        "{} attached to the mail {} left out: {}{}",
        left_out.size() == 1 ? "what is" : fmt::format("{} parts", left_out.size()),
        left_out.size() == 1 ? "was" : "were",
        fmt::join(left_out.begin(), left_out.begin() + static_cast<std::ptrdiff_t>(named), ", "),
        named < left_out.size() ? ", …" : ""));
  }
  return report;
}

}  // namespace

Result<Page> report_of_mail(const std::string& bytes) {
  const auto message = parsed(bytes);
  if (!message) return fail(kBroken, "it is no mail");
  return report_of_message(message.get(), 0);
}

std::optional<SourceFormat> mail_in(std::string_view bytes) {
  bool is_mailbox = false;
  if (bytes.starts_with("From ")) {
    is_mailbox = true;
    bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
  }
  const std::string_view header = bytes.substr(0, header_end(bytes).header);
  const std::size_t colon = header.find(':');
  if (header.size() == bytes.size() || colon == std::string_view::npos ||
      header.substr(0, colon).find_first_of(" \t\r\n<{") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto has = [&](std::string_view name) { return !header_field(header, name).empty(); };
  if (is_mailbox)
    return has("from") || has("date") ? std::optional(SourceFormat::kMailbox) : std::nullopt;
  if (!has("mime-version") && !has("received") && !has("message-id")) return std::nullopt;
  if (has("snapshot-content-location") || header_field(header, "from").starts_with("<Saved by ")) {
    return SourceFormat::kMhtml;
  }
  return has("from") && has("date") ? std::optional(SourceFormat::kMail) : std::nullopt;
}

}  // namespace dateline::stream
