// SPDX-License-Identifier: Apache-2.0
#include "language/vectors.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstring>

#include "language/model_file.h"

namespace dateline::language {

namespace {

constexpr std::string_view kNumpyMagic("\x93NUMPY\x01\x00", 8);

}  // namespace

Result<Vectors> Vectors::load(const std::filesystem::path& pipeline_directory) {
  // The table is a NumPy array file, version 1 (numpy.lib.format).
  const auto path = pipeline_directory / "vocab" / "vectors";
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::string_view data = *bytes;
  std::uint16_t header_size = 0;
  if (!data.starts_with(kNumpyMagic) || data.size() < 10) {
    return fail(2006, fmt::format("{} is not a NumPy array of version 1", path.string()));
  }
  std::memcpy(&header_size, data.data() + 8, 2);
  const std::string_view header = data.substr(10, header_size);
  const std::string_view body = data.substr(std::min(data.size(), std::size_t{10} + header_size));
  Vectors vectors;
  const bool understood = RE2::PartialMatch(header, R"('descr': *'<f4')") &&
                          RE2::PartialMatch(header, R"('fortran_order': *False)") &&
                          RE2::PartialMatch(header, R"('shape': *\((\d{1,9}), *(\d{1,6})\))",
                                            &vectors.rows_, &vectors.width_);
  if (!understood || body.size() != vectors.rows_ * vectors.width_ * sizeof(float)) {
    return fail(2006, fmt::format("{} is not a whole float32 table in row order", path.string()));
  }
  vectors.values_.resize(vectors.rows_ * vectors.width_);
  std::memcpy(vectors.values_.data(), body.data(), body.size());

  const auto keys = MessagePack::load(pipeline_directory / "vocab" / "key2row");
  if (!keys) return tl::unexpected(keys.error());
  if (keys->root().type != msgpack::type::MAP) {
    return fail(2006, fmt::format("{} is not a map of keys to rows", keys->name()));
  }
  vectors.row_of_.reserve(keys->root().via.map.size);
  for (const auto& [key, row] : keys->root().via.map) {
    if (key.type != msgpack::type::POSITIVE_INTEGER ||
        row.type != msgpack::type::POSITIVE_INTEGER || row.via.u64 >= vectors.rows_) {
      return fail(2006, fmt::format("{} points outside the table of vectors", keys->name()));
    }
    vectors.row_of_.emplace_back(key.via.u64, static_cast<std::uint32_t>(row.via.u64));
  }
  std::sort(vectors.row_of_.begin(), vectors.row_of_.end());
  return vectors;
}

const float* Vectors::find(std::uint64_t key) const {
  const auto at = std::lower_bound(row_of_.begin(), row_of_.end(), std::pair(key, 0u));
  if (at == row_of_.end() || at->first != key) return nullptr;
  return values_.data() + at->second * width_;
}

}  // namespace dateline::language
