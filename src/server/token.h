// The secret by which a server knows who may write, and from elsewhere read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::server {

/// 32 random bytes in hexadecimal.
Result<std::string> new_token();

/// The one that stands in a file. Fails where it is shorter than kLeastTokenBytes.
inline constexpr std::size_t kLeastTokenBytes = 16;
Result<std::string> token_in(const std::string& file);

/// Whether an Authorization header has it: "Bearer ...". Takes as long whatever was given.
bool is_authorized(std::string_view header, std::string_view token);

}  // namespace dateline::server
