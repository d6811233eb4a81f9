// SPDX-License-Identifier: Apache-2.0
#include "stream/mime.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

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

Result<Page> report_of_mail(const std::string& bytes) {
  const auto message = parsed(bytes);
  if (!message) return fail(kBroken, "it is no mail");
  std::string text;
  GMimePart* page = nullptr;
  std::vector<std::string> left_out;
  const auto leave_out = [&](const char* name) {
    std::string shown = name != nullptr ? name : "without a name";
    record::repair_utf8(shown);
    left_out.push_back(std::move(shown));
  };
  const auto take = [&](GMimeObject* object) {
    if (!GMIME_IS_PART(object)) {
      leave_out(GMIME_IS_MESSAGE_PART(object) ? "another mail" : nullptr);
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
  if (!each_part(g_mime_message_get_mime_part(message.get()), take)) return too_deep();
  Page report;
  Input& input = report.input;
  const bool has_text = text.find_first_not_of(" \t\r\n") != std::string::npos;
  if (!has_text && !page) return fail(kBroken, "the mail holds no text");
  if (has_text) {
    input.bytes = std::move(text);
    input.media_type = MediaType::kText;
  } else {
    input.bytes = content_of(page);
    input.media_type = MediaType::kHtml;
    input.charset = charset_of_part(page);
  }
  if (const char* subject = g_mime_message_get_subject(message.get())) input.title = subject;
  if (const char* id = g_mime_message_get_message_id(message.get())) {
    input.uri = fmt::format("mid:{}", id);
  }
  input.date = iso(g_mime_message_get_date(message.get()), false);
  input.date_from = "mail";
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

}  // namespace dateline::stream
