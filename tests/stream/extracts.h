// What the article room makes of a file that has an extract: read from a file as any report is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dateline/stream.h"
#include "language/cases.h"

namespace dateline::stream {

inline std::vector<Result<Record>> records_in(std::string_view bytes, const std::string& name,
                                              std::size_t max_bytes = 1 << 20) {
  const language::Directory directory;
  directory.write(name, bytes);
  ReaderOptions reading;
  reading.until = Until::kArticle;
  reading.source_map = true;
  reading.max_bytes = max_bytes;
  const auto reader = Reader::open(reading);
  EXPECT_TRUE(reader);
  SourceOptions options;
  options.max_bytes = max_bytes;
  auto source = open_source({(directory.path() / name).string()}, options);
  EXPECT_TRUE(source);
  std::vector<Result<Record>> records;
  RunOptions run;
  run.threads = 1;
  const auto done = read_all(**source, *reader, run, [&](Delivery&& delivery) {
    records.push_back(std::move(delivery.record));
    return true;
  });
  EXPECT_TRUE(done);
  return records;
}

/// "kind: words" of each section, or the code of the rejection.
inline std::vector<std::string> sections_in(std::string_view bytes, const std::string& name,
                                            std::size_t max_bytes = 1 << 20) {
  std::vector<std::string> out;
  for (const auto& record : records_in(bytes, name, max_bytes)) {
    if (!record) {
      out.push_back(fmt::format("DL{}", record.error().code));
      continue;
    }
    for (const Section& section : record->sections) {
      out.push_back(fmt::format("{}: {}", section.kind, section.span.of(record->text)));
    }
  }
  return out;
}

}  // namespace dateline::stream
