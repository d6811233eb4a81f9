// The page in an HTTP response as archives keep them: its header, its chunks and its compression
// (gzip, deflate, br, zstd) taken off, whether or not the recorder has done so before.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/reader.h"

namespace dateline::stream {

struct Page {
  Input input;
  std::vector<std::string> warnings;
};

/// Nothing where it is no page, an error where it cannot be read. `limit`: bytes it may have once
/// it is decompressed. What ends too early is read to where it ends, with a warning.
std::optional<Result<Page>> page_of_response(std::string_view response, std::size_t limit);

/// A field of lines "name: value", without blanks around; the first one of a name counts. `wanted`
/// in lower case.
std::string_view header_field(std::string_view header, std::string_view wanted);

/// Where a header ends and what it heads begins; npos where it does not end.
struct HeaderEnd {
  std::size_t header = std::string_view::npos, body = 0;
};
HeaderEnd header_end(std::string_view text);

/// "utf-8" of "text/html; charset=utf-8".
std::string charset_of(std::string_view type);

/// HTML or PDF, by its media type, or by its bytes where that is not said; nothing for the rest.
std::optional<MediaType> report_type(std::string_view type, std::string_view body);

}  // namespace dateline::stream
