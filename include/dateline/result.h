// Errors are values at the public door: every call that can fail returns a Result.
//
// A code is stable and searchable ("DL1203"); the message says what happened and what to do.
// Nothing in the library prints, exits or lets an exception cross this border.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace dateline {

/// What went wrong. The hundreds of `code` name the room: 10xx input and article, 20xx language,
/// 30xx knowledge, 40xx chronicle, 50xx export, 60xx server, 90xx command line (docs/errors.md).
struct Error {
  int code = 0;
  std::string message;
  /// Byte of the input at which the mistake lies, where there is one.
  std::optional<std::uint64_t> offset;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(int code, std::string message,
                                  std::optional<std::uint64_t> offset = std::nullopt) {
  return tl::unexpected<Error>(Error{code, std::move(message), offset});
}

}  // namespace dateline
