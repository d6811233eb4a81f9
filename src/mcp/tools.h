// What an assistant may ask of a chronicle: the tools of the Model Context Protocol.
//
// Most are requests of the REST API (server/api.h), whose answers they give; two are their own: a
// passage of a report, and a text read without being kept. Each answer is a JSON object that
// carries the words and handles it rests on, and is no longer than kMostBytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>

#include "dateline/chronicle.h"
#include "export/json_line.h"
#include "server/shared_reader.h"

namespace dateline::mcp {

inline constexpr std::size_t kMostBytes = 64u << 10;  ///< Of an answer.
inline constexpr std::size_t kMostToRead = 4u << 10;  ///< Of a text that is given.
inline constexpr std::size_t kMostPassage = 8'000;    ///< Code points of a report.
inline constexpr std::size_t kMostItems = 50;         ///< Of a list.

class Tools {
 public:
  /// Of a chronicle that outlives them.
  explicit Tools(const Chronicle& chronicle) : chronicle_(chronicle) {}

  /// "tools" as the protocol has them: names, descriptions, JSON Schemas of the arguments.
  static void describe(exporting::JsonLine& json);
  static bool has(std::string_view name);

  /// The answer of a tool, a JSON object, or why there is none: the asker's mistake, mostly.
  Result<std::string> call(std::string_view name, const rapidjson::Value& arguments);

 private:
  Result<std::string> passage(const rapidjson::Value& arguments) const;
  Result<std::string> read(const rapidjson::Value& arguments);

  const Chronicle& chronicle_;
  server::SharedReader reader_{nullptr};
};

}  // namespace dateline::mcp
