// Pages to read in tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "dateline/reader.h"

namespace dateline {

inline const std::filesystem::path kSource = DATELINE_SOURCE_DIR;

inline constexpr std::string_view kStory =
    "<p>Five dockers were hurt in Lagos on Friday when a crane fell, the port's union said in a "
    "statement.</p><p>The work went on without them for most of the day, and the owners of the "
    "terminal said that they knew of no complaint.</p><p>The union called on its members to meet "
    "on Sunday, when the talks about their pay are to be taken up again.</p>";

inline Reader page_reader() {
  ReaderOptions options;
  options.until = Until::kArticle;
  options.source_map = true;
  return std::move(Reader::open(options).value());
}

inline Result<Record> read_page(std::string bytes, std::string retrieved = "",
                                std::string uri = "") {
  static const Reader reader = page_reader();
  Input input;
  input.bytes = std::move(bytes);
  input.media_type = MediaType::kHtml;
  input.retrieved = std::move(retrieved);
  input.uri = std::move(uri);
  return reader.read(input);
}

/// The text of all sections that are the article's own.
inline std::string article_of(const Record& record) {
  std::string text;
  for (const Section& section : record.sections) {
    if (section.kind == "boilerplate" || section.kind == "title") continue;
    text += std::string(section.span.of(record.text)) + "\n";
  }
  return text;
}

}  // namespace dateline
