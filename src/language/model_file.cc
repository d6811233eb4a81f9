// SPDX-License-Identifier: Apache-2.0
#include "language/model_file.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

#include "language/unicode.h"

namespace dateline::language {

namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{2} << 30;

const msgpack::object kNil;

// Strings and binaries stay where they are: the tree refers to the file's bytes.
bool refer(msgpack::type::object_type, std::size_t, void*) { return true; }

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return fail(2002, fmt::format("cannot read {}: {}", path.string(), error.message()));
  if (size > kMaxFileBytes) return fail(2002, fmt::format("{} is too large", path.string()));
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return fail(2002, fmt::format("cannot read {}", path.string()));
  }
  return bytes;
}

Result<MessagePack> MessagePack::load(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse(std::move(*bytes), path.string());
}

Result<MessagePack> MessagePack::parse(std::string bytes, const std::string& name) {
  MessagePack file;
  file.name_ = name;
  file.bytes_ = std::make_unique<std::string>(std::move(bytes));
  try {
    // Lengths beyond the bytes there are cannot be true; the depth is that of no known file.
    const std::size_t most = file.bytes_->size();
    const msgpack::unpack_limit limit(most, most, most, most, most, 64);
    std::size_t used = 0;
    file.tree_ = std::make_unique<msgpack::object_handle>(
        msgpack::unpack(file.bytes_->data(), most, used, refer, nullptr, limit));
    if (used != most) {
      return fail(2003, fmt::format("{} is altered: bytes follow its end", name), used);
    }
  } catch (const std::exception& problem) {
    return fail(2003, fmt::format("{} is truncated or altered ({})", name, problem.what()));
  }
  return file;
}

const msgpack::object& find(const msgpack::object& map, std::string_view key) {
  if (map.type != msgpack::type::MAP) return kNil;
  for (const auto& [name, value] : map.via.map) {
    if (as_bytes(name) == key) return value;
  }
  return kNil;
}

std::optional<std::string_view> as_bytes(const msgpack::object& object) {
  if (object.type == msgpack::type::STR)
    return std::string_view(object.via.str.ptr, object.via.str.size);
  if (object.type == msgpack::type::BIN)
    return std::string_view(object.via.bin.ptr, object.via.bin.size);
  return std::nullopt;
}

std::optional<std::string_view> as_text(const msgpack::object& object) {
  const auto bytes = as_bytes(object);
  return bytes && is_valid_utf8(*bytes) ? bytes : std::nullopt;
}

}  // namespace dateline::language
