// SPDX-License-Identifier: Apache-2.0
#include "language/thinc_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "language/float_bytes.h"

namespace dateline::language {

namespace {

constexpr std::size_t kMaxDimension = std::size_t{1} << 24;

const msgpack::object kNoLayer;

}  // namespace

Result<ThincModel> ThincModel::load(const std::filesystem::path& path) {
  auto file = MessagePack::load(path);
  if (!file) return tl::unexpected(file.error());
  ThincModel model;
  model.file_ = std::move(*file);
  const msgpack::object& nodes = find(model.file_->root(), "nodes");
  for (const std::string_view part : {"nodes", "attrs", "params"}) {
    const msgpack::object& list = find(model.file_->root(), part);
    if (list.type != msgpack::type::ARRAY || list.via.array.size != nodes.via.array.size) {
      return fail(2004, fmt::format("{} is not a thinc model: '{}' is missing or of another length",
                                    path.string(), part));
    }
  }
  return model;
}

void ThincModel::complain(std::string what) {
  if (!error_) error_ = Error{2005, fmt::format("{}: {}", file_->name(), what), std::nullopt};
}

const msgpack::object& ThincModel::at(std::string_view part, std::size_t layer) const {
  const msgpack::object& list = find(file_->root(), part);
  return layer < list.via.array.size ? list.via.array.ptr[layer] : kNoLayer;
}

std::vector<std::size_t> ThincModel::layers(std::string_view name) const {
  std::vector<std::size_t> found;
  const std::size_t count = find(file_->root(), "nodes").via.array.size;
  for (std::size_t i = 0; i < count; ++i) {
    if (as_bytes(find(at("nodes", i), "name")) == name) found.push_back(i);
  }
  return found;
}

std::size_t ThincModel::layer(std::string_view name) {
  const auto found = layers(name);
  if (found.size() == 1) return found.front();
  complain(fmt::format("{} layers '{}' where one is needed", found.size(), name));
  return SIZE_MAX;
}

std::size_t ThincModel::dimension(std::size_t layer, std::string_view name) {
  const msgpack::object& value = find(find(at("nodes", layer), "dims"), name);
  if (value.type == msgpack::type::POSITIVE_INTEGER && value.via.u64 >= 1 &&
      value.via.u64 <= kMaxDimension) {
    return value.via.u64;
  }
  complain(fmt::format("layer {} has no usable dimension {}", layer, name));
  return 1;
}

std::optional<MessagePack> ThincModel::attribute(std::size_t layer, std::string_view name) {
  // Each attribute is MessagePack within MessagePack.
  if (const auto bytes = as_bytes(find(at("attrs", layer), name))) {
    if (auto value = MessagePack::parse(std::string(*bytes), file_->name()))
      return std::move(*value);
  }
  complain(fmt::format("layer {} has no attribute '{}'", layer, name));
  return std::nullopt;
}

std::int64_t ThincModel::integer(std::size_t layer, std::string_view name) {
  const auto value = attribute(layer, name);
  if (value && value->root().type == msgpack::type::POSITIVE_INTEGER &&
      value->root().via.u64 <= INT64_MAX) {
    return static_cast<std::int64_t>(value->root().via.u64);
  }
  complain(fmt::format("attribute '{}' of layer {} is no natural number", name, layer));
  return 0;
}

std::string ThincModel::string(std::size_t layer, std::string_view name) {
  const auto value = attribute(layer, name);
  const auto text = value ? as_bytes(value->root()) : std::nullopt;
  if (text) return std::string(*text);
  complain(fmt::format("attribute '{}' of layer {} is no string", name, layer));
  return {};
}

std::vector<std::string> ThincModel::strings(std::size_t layer, std::string_view name) {
  std::vector<std::string> list;
  const auto value = attribute(layer, name);
  if (!value) return list;
  if (value->root().type == msgpack::type::ARRAY) {
    for (const auto& item : value->root().via.array) {
      list.emplace_back(as_bytes(item).value_or(""));
    }
  }
  if (list.empty()) complain(fmt::format("attribute '{}' of layer {} is no list", name, layer));
  return list;
}

std::vector<float> ThincModel::weights(std::size_t layer, std::string_view name,
                                       const std::vector<std::size_t>& shape) {
  if (error_) return {};
  const msgpack::object& array = find(at("params", layer), name);
  std::vector<std::size_t> found;
  if (const auto& list = find(array, "shape"); list.type == msgpack::type::ARRAY) {
    for (const auto& size : list.via.array) {
      found.push_back(size.type == msgpack::type::POSITIVE_INTEGER ? size.via.u64 : 0);
    }
  }
  const auto type = as_bytes(find(array, "type"));
  if ((type != "<f4" && type != "<f2") || found != shape) {
    complain(fmt::format("weight {} of layer {} is not float32 or float16 of shape [{}]", name,
                         layer, fmt::join(shape, ", ")));
    return {};
  }
  const std::size_t number_size = type == "<f4" ? sizeof(float) : kHalfBytes;
  std::size_t count = 1;
  for (const std::size_t size : shape) count *= size;
  const auto bytes = as_bytes(find(array, "data"));
  if (!bytes || bytes->size() != count * number_size) {
    complain(fmt::format("weight {} of layer {} is cut short", name, layer));
    return {};
  }
  return floats_of(*bytes, number_size);
}

}  // namespace dateline::language
