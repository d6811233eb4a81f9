// Pages out of a WARC file (ISO 28500), record by record: memory is bounded by the largest record
// that is taken, whatever the file's size.
//
// Taken are HTML responses with status 2xx, and resources that are HTML; requests, other media and
// other statuses are passed over. A revisit stands for a page that was found before: it is given
// again, at its own address and time, where that page is among the last few megabytes of pages. A
// record that is cut short is read to where it ends, with a warning; one that is broken is an error
// that names its byte. Reading goes on with the next line that begins a record.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/reader.h"
#include "stream/bytes.h"
#include "stream/http_body.h"
#include "stream/web_record.h"

namespace dateline::stream {

class Warc {
 public:
  explicit Warc(Bytes bytes, std::size_t limit) : bytes_(std::move(bytes)), limit_(limit) {}

  /// The next page, or the next broken record; nothing at the end.
  std::optional<WebRecord> next();

 private:
  WebRecord item(Result<Input> input);
  WebRecord broken(std::string_view what);
  /// What a record with this header and body gives; nothing where that is no page.
  std::optional<WebRecord> taken(const std::string& header, std::string_view body, bool cut);
  void keep(std::string_view digest, const Input& page);
  /// Goes to the next line that begins a record; false at the end.
  Result<bool> find_record();

  Bytes bytes_;
  std::size_t limit_;
  std::uint64_t number_ = 0;
  std::uint64_t begin_ = 0;  ///< Of the record being read.
  std::uint64_t told_ = 0;   ///< Bytes that the items so far account for.
  struct Kept {
    std::string digest;
    Input page;
  };
  std::deque<Kept> kept_;  ///< The last pages, for records that revisit them.
  std::size_t kept_bytes_ = 0;
  bool unreadable_ = false;
  bool lost_ = false;  ///< Where the next record begins must be looked for.
};

}  // namespace dateline::stream
