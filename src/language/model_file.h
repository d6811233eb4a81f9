// The files of a pipeline directory, read whole: bytes, MessagePack trees, JSON is the reader's
// own.
//
// Model files come from outside: a short, altered or hostile one is an error that names the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <msgpack.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::language {

/// All bytes of a file of at most 2 GiB.
Result<std::string> read_file(const std::filesystem::path& path);

/// A MessagePack tree; views inside it point into the bytes, which it keeps.
class MessagePack {
 public:
  static Result<MessagePack> load(const std::filesystem::path& path);
  /// `name` stands for the file in messages.
  static Result<MessagePack> parse(std::string bytes, const std::string& name);

  const msgpack::object& root() const { return tree_->get(); }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::unique_ptr<std::string> bytes_;
  std::unique_ptr<msgpack::object_handle> tree_;
};

/// The value of a string key of a map; nil where the object is no map or has no such key.
const msgpack::object& find(const msgpack::object& map, std::string_view key);

/// The string or binary in an object; nothing where it is neither.
std::optional<std::string_view> as_bytes(const msgpack::object& object);

/// The same, only where it is valid UTF-8.
std::optional<std::string_view> as_text(const msgpack::object& object);

}  // namespace dateline::language
