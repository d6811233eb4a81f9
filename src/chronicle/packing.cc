// SPDX-License-Identifier: Apache-2.0
#include "chronicle/packing.h"

#include <zlib.h>

#include <cstddef>

namespace dateline::chronicle {

std::string compressed(std::string_view text) {
  uLongf size = compressBound(text.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                reinterpret_cast<const Bytef*>(text.data()), text.size(), 6) != Z_OK) {
    return {};
  }
  out.resize(size);
  return out;
}

Result<std::string> uncompressed(std::string_view packed) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30;
  std::string bytes;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return fail(4008, "a record could not be unpacked");
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  while (status == Z_OK && bytes.size() < kMostBytes) {
    char piece[64 * 1024];
    stream.next_out = reinterpret_cast<Bytef*>(piece);
    stream.avail_out = sizeof piece;
    status = inflate(&stream, Z_NO_FLUSH);
    bytes.append(piece, sizeof piece - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END) return fail(4007, "the store is damaged: a record is cut short");
  return bytes;
}

}  // namespace dateline::chronicle
