// SPDX-License-Identifier: Apache-2.0
#include "server/shared_reader.h"

#include <chrono>
#include <utility>

#include "dateline/stream.h"

namespace dateline::server {

Result<const Reader*> SharedReader::reader() {
  const std::lock_guard lock(mutex_);
  if (!reader_) {
    auto opened = Reader::open({});
    if (!opened) return tl::unexpected(std::move(opened.error()));
    reader_ = std::move(*opened);
  }
  return &*reader_;
}

Result<Record> SharedReader::read(Input input, MediaType type) {
  constexpr std::chrono::seconds kMost(20);
  const auto shared = reader();
  if (!shared) return tl::unexpected(shared.error());
  return read_one(std::move(input),
                  type == MediaType::kHtml ? SourceFormat::kHtml : SourceFormat::kText, **shared,
                  Halt(stop_, kMost));
}

}  // namespace dateline::server
