// Small archives of the web, made as their recorders make them, and what a source gives for them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <brotli/encode.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>

#include "dateline/stream.h"
#include "language/cases.h"

namespace dateline::stream {

inline std::string zipped(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string brotlied(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size()) + 1000;
  std::string out(size, '\0');
  EXPECT_TRUE(BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, bytes.size(),
                                    reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                    reinterpret_cast<std::uint8_t*>(out.data())));
  out.resize(size);
  return out;
}

inline std::string zstded(std::string_view bytes, std::string_view dictionary = "") {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  const std::size_t size =
      ZSTD_compress_usingDict(context, out.data(), out.size(), bytes.data(), bytes.size(),
                              dictionary.data(), dictionary.size(), 3);
  ZSTD_freeCCtx(context);
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

inline std::string record(std::string_view kind, std::string_view body,
                          std::string_view length = "", std::string_view headers = "") {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: https://gazette.example/{}\r\n"
      "WARC-Date: 2026-03-10T08:00:00Z\r\n{}Content-Length: {}\r\n\r\n{}\r\n\r\n",
      kind, kind, headers, length.empty() ? std::to_string(body.size()) : std::string(length),
      body);
}

inline std::string response(std::string_view body, std::string_view headers = "",
                            std::string_view status = "200 OK") {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\n{}\r\n{}", status,
                     headers, body);
}

inline std::string page(int number) {
  return fmt::format("<p>Page {} of the gazette.</p>", number);
}

/// Archives of files.
using Entries = std::vector<std::pair<std::string, std::string>>;

/// `write` chooses the format.
template <typename Write>
std::string packed(const Entries& entries, Write write) {
  archive* out = archive_write_new();
  write(out);
  std::size_t size = 10'000;
  for (const auto& [name, bytes] : entries) size += name.size() * 2 + bytes.size() + 4096;
  std::string file(size, '\0');
  std::size_t used = 0;
  EXPECT_EQ(archive_write_open_memory(out, file.data(), file.size(), &used), ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  for (const auto& [name, bytes] : entries) {
    archive_entry_clear(entry);
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    EXPECT_EQ(archive_write_header(out, entry), ARCHIVE_OK) << archive_error_string(out);
    archive_write_data(out, bytes.data(), bytes.size());
  }
  archive_entry_free(entry);
  archive_write_close(out);
  archive_write_free(out);
  file.resize(used);
  return file;
}

inline std::string zip(const Entries& entries) {
  return packed(entries, [](archive* out) { archive_write_set_format_zip(out); });
}

inline std::string tar(const Entries& entries) {
  return packed(entries, [](archive* out) { archive_write_set_format_pax_restricted(out); });
}

/// What a source gives for a file of these bytes: "3: bytes of the page", "3: DL1011", and a "!" in
/// front where there is a warning. Entries of an archive have their names in front.
inline std::vector<std::string> found_in(std::string_view bytes, const std::string& name,
                                         std::size_t max_bytes = 1 << 20) {
  const language::Directory directory;
  const std::string path = (directory.path() / name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  SourceOptions options;
  options.max_bytes = max_bytes;
  auto source = open_source({path}, options);
  std::vector<std::string> out;
  if (!source) return {source.error().message};
  while (auto found = (*source)->next()) {
    const std::string& file = found->place.file;
    out.push_back(fmt::format(
        "{}{}{}: {}", found->warnings.empty() ? "" : "!",
        file.size() > path.size() ? file.substr(path.size() + 1) + ":" : "", found->place.line,
        found->input ? found->input->bytes : fmt::format("DL{}", found->input.error().code)));
  }
  return out;
}

}  // namespace dateline::stream
