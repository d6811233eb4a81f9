// A safetensors file: weights by name, and what the file says of itself.
//
// The format: eight bytes of length, a JSON header, then the numbers of all tensors, little-endian
// and without gaps. Read are float32, float16 and int8. A file comes from outside: a short, altered
// or hostile one is an error that names it and the tensor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::language {

class Safetensors {
 public:
  static Result<Safetensors> load(const std::filesystem::path& path);
  /// `name` stands for the file in messages.
  static Result<Safetensors> parse(std::string bytes, const std::string& name);

  /// A tensor's sizes; empty where there is none of that name.
  std::vector<std::size_t> shape(std::string_view name) const;
  /// Whether there is a tensor whose name begins so.
  bool any(std::string_view prefix) const;
  /// An entry of the header's "__metadata__"; empty where there is none.
  std::string_view metadata(std::string_view key) const;

  // These remember the first thing that is wrong and return what is harmless, so that a reader asks
  // for all it needs and looks at error() once.

  /// Finite floats of a tensor that must have this shape; halves are floats, too.
  std::vector<float> f32(std::string_view name, const std::vector<std::size_t>& shape);
  /// The same of NAME.weight, row by row; where it holds bytes, each row times its NAME.scale.
  std::vector<float> rows(const std::string& name, std::size_t count, std::size_t width);
  /// Bytes of a tensor that must have this shape; they lie in this object's memory.
  std::span<const std::int8_t> i8(std::string_view name, const std::vector<std::size_t>& shape);

  void complain(std::string what);
  const std::optional<Error>& error() const { return error_; }

 private:
  enum class Type { kF32, kI8 };
  struct Tensor {
    Type type = Type::kF32;
    std::vector<std::size_t> shape;
    std::size_t begin = 0, end = 0;  ///< Bytes of bytes_.
  };

  const Tensor* find(std::string_view name, Type type, const std::vector<std::size_t>& shape);

  std::string name_;
  std::string bytes_;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> metadata_;
  std::optional<Error> error_;
};

}  // namespace dateline::language
