// SPDX-License-Identifier: Apache-2.0
#include "stream/format.h"

#include <algorithm>
#include <string>

#include "article/decoding/kind.h"
#include "stream/arc.h"
#include "stream/feed.h"
#include "stream/mime.h"
#include "stream/office.h"
#include "stream/subtitles.h"

namespace dateline::stream {

namespace {

namespace fs = std::filesystem;

struct Extension {
  std::string_view name;
  SourceFormat format;
};
constexpr Extension kExtensions[] = {
    {".txt", SourceFormat::kText},         {".text", SourceFormat::kText},
    {".html", SourceFormat::kHtml},        {".htm", SourceFormat::kHtml},
    {".xhtml", SourceFormat::kHtml},       {".jsonl", SourceFormat::kJsonLines},
    {".ndjson", SourceFormat::kJsonLines}, {".warc", SourceFormat::kWarc},
    {".arc", SourceFormat::kArc},          {".wacz", SourceFormat::kWacz},
    {".zip", SourceFormat::kArchive},      {".tar", SourceFormat::kArchive},
    {".tgz", SourceFormat::kArchive},      {".mht", SourceFormat::kMhtml},
    {".mhtml", SourceFormat::kMhtml},      {".eml", SourceFormat::kMail},
    {".mbox", SourceFormat::kMailbox},     {".rss", SourceFormat::kFeed},
    {".atom", SourceFormat::kFeed},        {".docx", SourceFormat::kOffice},
    {".odt", SourceFormat::kOffice},       {".pdf", SourceFormat::kPdf},
    {".vtt", SourceFormat::kSubtitles},    {".srt", SourceFormat::kSubtitles}};
/// What only sometimes holds reports, so that in a directory it is not taken for them.
constexpr Extension kNamedExtensions[] = {{".json", SourceFormat::kJson},
                                          {".csv", SourceFormat::kCsv}};
/// Taken off by Bytes, or by the reader of archives.
constexpr std::string_view kCompressed[] = {".gz", ".zst", ".bz2", ".xz"};
constexpr std::size_t kTarMarkAt = 257;

std::string extension_of(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return extension;
}

SourceFormat by_extension(const std::string& extension) {
  for (const auto& [name, format] : kExtensions) {
    if (extension == name) return format;
  }
  return SourceFormat::kAuto;
}

bool is_compressor(std::string_view extension) {
  return std::ranges::find(kCompressed, extension) != std::end(kCompressed);
}

}  // namespace

SourceFormat format_of(const fs::path& path) {
  const std::string extension = extension_of(path);
  if (!is_compressor(extension)) return by_extension(extension);
  const SourceFormat inner = by_extension(extension_of(path.stem()));
  // Only what is read whole as an archive may be under the others.
  const bool any = extension == ".gz" || extension == ".zst" || inner == SourceFormat::kArchive;
  return any ? inner : SourceFormat::kAuto;
}

SourceFormat format_when_named(const fs::path& path) {
  const std::string own = extension_of(path);
  const std::string extension = is_compressor(own) ? extension_of(path.stem()) : own;
  for (const auto& [name, format] : kNamedExtensions) {
    if (extension == name) return format;
  }
  return SourceFormat::kAuto;
}

std::string why_not_read(const fs::path& path) {
  if (format_when_named(path) != SourceFormat::kAuto) {
    return "it may hold reports or not: name it itself if it does";
  }
  const std::string extension = extension_of(path);
  if (extension.empty()) return "its name has no extension: --from says what it holds";
  return extension + " is no extension that is read: --from says what it holds";
}

SourceFormat format_of_bytes(std::string_view bytes) {
  if (bytes.starts_with("WARC/")) return SourceFormat::kWarc;
  if (looks_like_office(bytes)) return SourceFormat::kOffice;
  if (bytes.starts_with("PK\x03\x04") ||
      bytes.substr(std::min(bytes.size(), kTarMarkAt)).starts_with("ustar")) {
    return SourceFormat::kArchive;
  }
  if (bytes.starts_with("%PDF-")) return SourceFormat::kPdf;
  if (looks_like_subtitles(bytes)) return SourceFormat::kSubtitles;
  if (begins_arc_record(bytes.substr(0, bytes.find('\n')))) return SourceFormat::kArc;
  if (const auto mail = mail_in(bytes)) return *mail;
  if (looks_like_feed(bytes)) return SourceFormat::kFeed;
  if (article::looks_like_html(bytes)) return SourceFormat::kHtml;
  return article::looks_like_json(bytes) ? SourceFormat::kJsonLines : SourceFormat::kText;
}

bool is_compressed(const fs::path& path) {
  const std::string extension = extension_of(path);
  return is_compressor(extension) || by_extension(extension) == SourceFormat::kArchive ||
         by_extension(extension) == SourceFormat::kWacz;
}

}  // namespace dateline::stream
