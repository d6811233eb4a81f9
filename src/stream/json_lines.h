// One line of JSON Lines to one input: {"id", "text", "date"?, "title"?, "url"?, "outlet"?,
// "licence"?} or {"id", "html", ...}. Other members are passed over, whatever they hold and however
// deep.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "dateline/reader.h"

namespace dateline::stream {

/// An error says what is wrong with the line and, for broken JSON, at which byte (from 0).
Result<Input> parse_json_line(std::string_view line);

}  // namespace dateline::stream
