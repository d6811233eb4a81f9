// Answers in fewer bytes, for those who take them so.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dateline::server {

/// Whether an Accept-Encoding header takes gzip.
bool takes_gzip(std::string_view header);

/// Nothing where it is not worth it: what is short, or packed already.
std::optional<std::string> gzip(std::string_view text, std::string_view content_type);

}  // namespace dateline::server
