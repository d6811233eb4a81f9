// Pages out of an ARC file, what archives of the web were kept in before WARC: a line with address,
// IP address, time, media type and length, then the HTTP response. Memory is bounded by the largest
// record that is taken. A record that is broken is an error that names its byte; reading goes on
// with the next line that begins a record. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/reader.h"
#include "stream/bytes.h"
#include "stream/web_record.h"

namespace dateline::stream {

class Arc {
 public:
  explicit Arc(Bytes bytes, std::size_t limit) : bytes_(std::move(bytes)), limit_(limit) {}

  /// The next page, or the next broken record; nothing at the end.
  std::optional<WebRecord> next();

 private:
  WebRecord item(Result<Input> input, std::vector<std::string> warnings = {});

  Bytes bytes_;
  std::size_t limit_;
  std::uint64_t number_ = 0;
  std::uint64_t told_ = 0;  ///< Bytes that the items so far account for.
  bool unreadable_ = false;
  bool lost_ = false;  ///< Where the next record begins must be looked for.
};

/// Whether a line begins a record: "https://gazette.example/ 192.0.2.1 20060310080000 text/html
/// 812".
bool begins_arc_record(std::string_view line);

}  // namespace dateline::stream
