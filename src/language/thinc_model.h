// A thinc model file: the layers of one component, with their dimensions, attributes and weights.
//
// The file lists the layers breadth first but not how they are joined: that follows from the
// architecture. Whoever loads one asks for the layers it knows must be there, each weight with the
// shape it must have; the first thing that is otherwise is kept as the error, and what is asked for
// afterwards is empty.
// Format: thinc.model.Model.to_bytes, with arrays as msgpack-numpy writes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "language/model_file.h"

namespace dateline::language {

class ThincModel {
 public:
  static Result<ThincModel> load(const std::filesystem::path& path);

  /// Positions of all layers with this name, in the file's order.
  std::vector<std::size_t> layers(std::string_view name) const;
  /// The only layer with this name.
  std::size_t layer(std::string_view name);
  /// A dimension ("nO", "nI", "nP", "nV", "nF") of a layer; an error unless 1 to 2^24.
  std::size_t dimension(std::size_t layer, std::string_view name);
  std::int64_t integer(std::size_t layer, std::string_view attribute);
  std::string string(std::size_t layer, std::string_view attribute);
  std::vector<std::string> strings(std::size_t layer, std::string_view attribute);
  /// A weight of floats, row-major, of exactly this shape; spaCy keeps float32, ours float16.
  std::vector<float> weights(std::size_t layer, std::string_view name,
                             const std::vector<std::size_t>& shape);

  /// The first thing that was not as asked for.
  const std::optional<Error>& error() const { return error_; }
  void complain(std::string what);

 private:
  const msgpack::object& at(std::string_view part, std::size_t layer) const;
  std::optional<MessagePack> attribute(std::size_t layer, std::string_view name);

  std::optional<MessagePack> file_;
  std::optional<Error> error_;
};

}  // namespace dateline::language
