// A spaCy pipeline's config.cfg: INI sections of JSON values with ${section.key} references.
//
// Only what running a pipeline needs is understood; a value is kept as its JSON text.
// Format: confection (https://github.com/explosion/confection), the config system of thinc.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::language {

class Config {
 public:
  static Result<Config> load(const std::filesystem::path& path);
  static Result<Config> parse(std::string_view text, const std::string& name);

  bool has_section(std::string_view section) const;
  /// A string value, or nothing where it is absent or of another type.
  std::optional<std::string> string(std::string_view section, std::string_view key) const;
  /// A list of strings; empty where it is absent or of another type.
  std::vector<std::string> strings(std::string_view section, std::string_view key) const;
  /// True where the value is the JSON literal `true`; `otherwise` where it is absent.
  bool flag(std::string_view section, std::string_view key, bool otherwise) const;

 private:
  /// The JSON text of a value, references followed.
  std::optional<std::string> raw(std::string_view section, std::string_view key) const;

  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> sections_;
};

}  // namespace dateline::language
