// SPDX-License-Identifier: Apache-2.0
#include "stream/mhtml.h"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>
#include <string_view>

namespace dateline::stream {

namespace {

constexpr int kBroken = 1015;
constexpr int kDeepest = 50;  ///< Parts in parts; browsers write one level.

struct Unref {
  void operator()(void* object) const {
    if (object != nullptr) g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

GMimePart* first_page(GMimeObject* object, int depth) {
  if (object == nullptr || depth > kDeepest) return nullptr;
  if (GMIME_IS_MULTIPART(object)) {
    auto* parts = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(parts); ++i) {
      if (auto* page = first_page(g_mime_multipart_get_part(parts, i), depth + 1)) return page;
    }
    return nullptr;
  }
  if (!GMIME_IS_PART(object)) return nullptr;
  GMimeContentType* type = g_mime_object_get_content_type(object);
  const bool is_page = g_mime_content_type_is_type(type, "text", "html") != 0 ||
                       g_mime_content_type_is_type(type, "application", "xhtml+xml") != 0;
  return is_page ? GMIME_PART(object) : nullptr;
}

std::string header(GMimeObject* object, const char* name) {
  const char* value = g_mime_object_get_header(object, name);
  return value != nullptr ? value : "";
}

}  // namespace

Result<Input> page_of_mhtml(const std::string& bytes) {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return fail(kBroken, "it is no MHTML file");
  GMimePart* part = first_page(g_mime_message_get_mime_part(message.get()), 0);
  GMimeDataWrapper* content = part != nullptr ? g_mime_part_get_content(part) : nullptr;
  if (content == nullptr) return fail(kBroken, "the MHTML file holds no page");
  const Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const GByteArray* page = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  Input input;
  input.bytes.assign(reinterpret_cast<const char*>(page->data), page->len);
  input.media_type = MediaType::kHtml;
  auto* whole = GMIME_OBJECT(message.get());
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  if (charset != nullptr) input.charset = charset;
  input.uri = header(whole, "Snapshot-Content-Location");
  if (input.uri.empty()) input.uri = header(GMIME_OBJECT(part), "Content-Location");
  if (GDateTime* saved = g_mime_message_get_date(message.get())) {
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> utc(g_date_time_to_utc(saved),
                                                                       &g_date_time_unref);
    const std::unique_ptr<char, decltype(&g_free)> text(
        utc ? g_date_time_format(utc.get(), "%Y-%m-%dT%H:%M:%SZ") : nullptr, &g_free);
    if (text) input.retrieved = text.get();
  }
  return input;
}

}  // namespace dateline::stream
