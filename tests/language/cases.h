// Cases in JSON Lines, and the pipeline they were made with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace dateline::language {

inline const std::filesystem::path kSource = DATELINE_SOURCE_DIR;
inline const std::filesystem::path kPipeline = kSource / "models" / "en_core_web_sm";

#define SKIP_WITHOUT_PIPELINE()                                    \
  if (!std::filesystem::exists(kPipeline / "tokenizer")) {         \
    GTEST_SKIP() << "no models/en_core_web_sm: run 'make models'"; \
  }

inline std::vector<rapidjson::Document> read_cases(const std::string& name) {
  std::ifstream file(kSource / "tests" / "language" / name);
  std::vector<rapidjson::Document> cases;
  for (std::string line; std::getline(file, line);) {
    cases.emplace_back().Parse(line.data(), line.size());
    EXPECT_FALSE(cases.back().HasParseError()) << name << ": " << line;
  }
  EXPECT_FALSE(cases.empty()) << name;
  return cases;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

inline std::string text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// A directory of its own, gone with the test.
class Directory {
 public:
  Directory() {
    std::string name = (std::filesystem::temp_directory_path() / "dateline-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::filesystem::path& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace dateline::language
