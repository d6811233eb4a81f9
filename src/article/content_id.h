// The name of a report that came without one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::article {

/// sha256 of the bytes, in lower-case hexadecimal.
std::string content_id(std::string_view bytes);

}  // namespace dateline::article
