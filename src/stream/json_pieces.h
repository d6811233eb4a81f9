// The objects of a JSON file one after another, each as it is written: those of an array, or one,
// or several side by side. Only brackets and strings are looked at; what stands in an object is for
// those who read it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stream/bytes.h"

namespace dateline::stream {

class JsonPieces {
 public:
  JsonPieces(Bytes bytes, std::size_t max_bytes)
      : bytes_(std::move(bytes)), max_bytes_(max_bytes) {}

  /// The next object; nothing at the end. After an error there is no more, but where an object was
  /// only too long.
  Result<std::optional<std::string>> next();

 private:
  /// The next byte; nothing at the end.
  Result<std::optional<char>> take();
  tl::unexpected<Error> broken(std::string_view why);

  Bytes bytes_;
  const std::size_t max_bytes_;
  std::string piece_;  ///< Bytes taken from the file.
  std::size_t at_ = 0;
  std::uint64_t read_ = 0;
  bool in_array_ = false, ended_ = false;
};

}  // namespace dateline::stream
