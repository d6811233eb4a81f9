// SPDX-License-Identifier: Apache-2.0
#include "language/config.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "language/model_file.h"

namespace dateline::language {

namespace {

constexpr int kMaxReferences = 8;

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

rapidjson::Document json(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.c_str());
  return document;
}

}  // namespace

Result<Config> Config::load(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse(*bytes, path.string());
}

Result<Config> Config::parse(std::string_view text, const std::string& name) {
  Config config;
  std::map<std::string, std::string, std::less<>>* section = nullptr;
  std::string* value = nullptr;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const bool continues = !row.empty() && (row.front() == ' ' || row.front() == '\t');
    row = trim(row);
    if (row.empty() || row.front() == '#' || row.front() == ';') continue;
    if (continues && value != nullptr) {
      value->append(" ").append(row);
    } else if (row.front() == '[' && row.back() == ']') {
      section = &config.sections_[std::string(row.substr(1, row.size() - 2))];
      value = nullptr;
    } else if (const std::size_t equals = row.find('='); section && equals != row.npos) {
      value = &(*section)[std::string(trim(row.substr(0, equals)))];
      *value = trim(row.substr(equals + 1));
    } else {
      return fail(2017, fmt::format("{}:{}: neither a [section] nor a key = value", name, line));
    }
  }
  return config;
}

bool Config::has_section(std::string_view section) const { return sections_.contains(section); }

std::optional<std::string> Config::raw(std::string_view section, std::string_view key) const {
  std::string where(section), name(key);
  for (int followed = 0; followed < kMaxReferences; ++followed) {
    const auto found = sections_.find(where);
    if (found == sections_.end()) return std::nullopt;
    const auto value = found->second.find(name);
    if (value == found->second.end()) return std::nullopt;
    const std::string& text = value->second;
    if (!text.starts_with("${") || !text.ends_with("}")) return text;
    // ${section:key}, or ${section.key} where the last dot parts the two.
    const std::string reference = text.substr(2, text.size() - 3);
    const std::size_t colon = reference.find(':');
    const std::size_t at = colon != reference.npos ? colon : reference.rfind('.');
    if (at == reference.npos) return std::nullopt;
    where = reference.substr(0, at);
    name = reference.substr(at + 1);
  }
  return std::nullopt;
}

std::optional<std::string> Config::string(std::string_view section, std::string_view key) const {
  const auto text = raw(section, key);
  if (!text) return std::nullopt;
  const auto value = json(*text);
  if (!value.IsString()) return std::nullopt;
  return std::string(value.GetString(), value.GetStringLength());
}

std::vector<std::string> Config::strings(std::string_view section, std::string_view key) const {
  std::vector<std::string> list;
  const auto text = raw(section, key);
  if (!text) return list;
  const auto value = json(*text);
  if (!value.IsArray()) return list;
  for (const auto& item : value.GetArray()) {
    if (item.IsString()) list.emplace_back(item.GetString(), item.GetStringLength());
  }
  return list;
}

bool Config::flag(std::string_view section, std::string_view key, bool otherwise) const {
  const auto text = raw(section, key);
  return text ? *text == "true" : otherwise;
}

}  // namespace dateline::language
