// SPDX-License-Identifier: Apache-2.0
#include "language/safetensors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "language/float_bytes.h"
#include "language/model_file.h"

namespace dateline::language {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMaxDimensions = 8;

std::string_view view(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

}  // namespace

Result<Safetensors> Safetensors::load(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse(std::move(*bytes), path.string());
}

Result<Safetensors> Safetensors::parse(std::string bytes, const std::string& name) {
  const auto altered = [&](std::string_view what) {
    return fail(2003, fmt::format("{} is truncated or altered: {}", name, what));
  };
  std::uint64_t length = 0;
  if (bytes.size() < kLengthBytes) return altered("it has no header");
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > bytes.size() - kLengthBytes) return altered("its header is cut short");

  // Depth does not cost stack here, whatever the header nests.
  rapidjson::Document header;
  header.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      bytes.data() + kLengthBytes, length);
  if (header.HasParseError() || !header.IsObject()) return altered("its header is no JSON object");

  Safetensors file;
  file.name_ = name;
  const std::size_t data = kLengthBytes + length;
  std::vector<Tensor*> halves;
  for (const auto& [key, value] : header.GetObject()) {
    if (view(key) == "__metadata__") {
      if (!value.IsObject()) return altered("__metadata__ is no object");
      for (const auto& [entry, text] : value.GetObject()) {
        if (!text.IsString()) return altered("__metadata__ holds something else than strings");
        file.metadata_.emplace(view(entry), view(text));
      }
      continue;
    }
    const auto wrong = [&](std::string_view what) {
      return altered(fmt::format("tensor '{}' {}", view(key), what));
    };
    if (!value.IsObject()) return wrong("is not described");
    const auto type = value.FindMember("dtype");
    const auto shape = value.FindMember("shape");
    const auto offsets = value.FindMember("data_offsets");
    if (type == value.MemberEnd() || !type->value.IsString()) return wrong("has no type");
    if (shape == value.MemberEnd() || !shape->value.IsArray() ||
        shape->value.Size() > kMaxDimensions) {
      return wrong("has no shape");
    }
    if (offsets == value.MemberEnd() || !offsets->value.IsArray() || offsets->value.Size() != 2 ||
        !offsets->value[0].IsUint64() || !offsets->value[1].IsUint64()) {
      return wrong("has no place");
    }
    Tensor tensor;
    const bool is_half = view(type->value) == "F16";
    const bool is_float = is_half || view(type->value) == "F32";
    if (!is_float && view(type->value) != "I8") {
      return wrong(fmt::format("is of type {}; F32, F16 and I8 are read", view(type->value)));
    }
    tensor.type = is_float ? Type::kF32 : Type::kI8;
    const std::uint64_t begin = offsets->value[0].GetUint64(), end = offsets->value[1].GetUint64();
    if (begin > end || end > bytes.size() - data) return wrong("lies beyond the end of the file");
    std::uint64_t size = is_half ? kHalfBytes : is_float ? sizeof(float) : 1;
    for (const auto& dimension : shape->value.GetArray()) {
      // No dimension is greater than the file, so that their product cannot wrap unseen.
      if (!dimension.IsUint64() || dimension.GetUint64() > bytes.size()) {
        return wrong("has a shape that cannot be");
      }
      tensor.shape.push_back(dimension.GetUint64());
      size *= dimension.GetUint64();
      if (size > bytes.size()) return wrong("has a shape that does not fit its bytes");
    }
    if (size != end - begin) return wrong("has a shape that does not fit its bytes");
    tensor.begin = data + begin;
    tensor.end = data + end;
    const auto [place, is_new] = file.tensors_.emplace(view(key), std::move(tensor));
    if (!is_new) return wrong("is there twice");
    if (is_half) halves.push_back(&place->second);
  }

  std::vector<std::pair<std::size_t, std::string_view>> order;
  for (const auto& [key, tensor] : file.tensors_) order.emplace_back(tensor.begin, key);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const auto place = [&](const auto& entry) {
      return std::pair(entry.first, file.tensors_.find(entry.second)->second.end);
    };
    return place(a) < place(b);
  });
  std::size_t expected = data;
  for (const auto& [begin, key] : order) {
    if (begin != expected) {
      return altered(fmt::format("tensor '{}' overlaps another or follows a gap", key));
    }
    expected = file.tensors_.find(key)->second.end;
  }
  if (expected != bytes.size()) return altered("bytes follow the last tensor");
  // Halves are kept as the floats they stand for, behind the rest.
  for (Tensor* tensor : halves) {
    const auto floats = floats_of(
        std::string_view(bytes).substr(tensor->begin, tensor->end - tensor->begin), kHalfBytes);
    tensor->begin = bytes.size();
    bytes.append(reinterpret_cast<const char*>(floats.data()), floats.size() * sizeof(float));
    tensor->end = bytes.size();
  }
  file.bytes_ = std::move(bytes);
  return file;
}

std::vector<std::size_t> Safetensors::shape(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? std::vector<std::size_t>{} : found->second.shape;
}

bool Safetensors::any(std::string_view prefix) const {
  const auto found = tensors_.lower_bound(prefix);
  return found != tensors_.end() && found->first.starts_with(prefix);
}

std::string_view Safetensors::metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? std::string_view{} : found->second;
}

void Safetensors::complain(std::string what) {
  if (!error_) error_ = Error{2005, fmt::format("{}: {}", name_, what), std::nullopt};
}

const Safetensors::Tensor* Safetensors::find(std::string_view name, Type type,
                                             const std::vector<std::size_t>& shape) {
  if (error_) return nullptr;
  const auto found = tensors_.find(name);
  if (found != tensors_.end() && found->second.type == type && found->second.shape == shape) {
    return &found->second;
  }
  complain(fmt::format("tensor '{}' is {}, not {} of shape [{}]", name,
                       found == tensors_.end() ? "missing" : "another",
                       type == Type::kF32 ? "F32" : "I8", fmt::join(shape, ", ")));
  return nullptr;
}

std::vector<float> Safetensors::f32(std::string_view name, const std::vector<std::size_t>& shape) {
  const Tensor* tensor = find(name, Type::kF32, shape);
  if (tensor == nullptr) return {};
  std::vector<float> values((tensor->end - tensor->begin) / sizeof(float));
  std::copy_n(bytes_.data() + tensor->begin, tensor->end - tensor->begin,
              reinterpret_cast<char*>(values.data()));
  if (!std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); })) {
    complain(fmt::format("tensor '{}' holds numbers that are not finite", name));
    return {};
  }
  return values;
}

std::vector<float> Safetensors::rows(const std::string& name, std::size_t count,
                                     std::size_t width) {
  const std::string weights = name + ".weight";
  const auto found = tensors_.find(weights);
  if (found == tensors_.end() || found->second.type != Type::kI8) {
    return f32(weights, {count, width});
  }
  const auto bytes = i8(weights, {count, width});
  const auto scale = f32(name + ".scale", {count});
  if (error_) return {};
  std::vector<float> values(bytes.begin(), bytes.end());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] *= scale[i / width];
  return values;
}

std::span<const std::int8_t> Safetensors::i8(std::string_view name,
                                             const std::vector<std::size_t>& shape) {
  const Tensor* tensor = find(name, Type::kI8, shape);
  if (tensor == nullptr) return {};
  return {reinterpret_cast<const std::int8_t*>(bytes_.data()) + tensor->begin,
          tensor->end - tensor->begin};
}

}  // namespace dateline::language
