// Records and pages as the store keeps them: compressed by zlib.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::chronicle {

/// Empty where there is no memory left for it.
std::string compressed(std::string_view text);

/// Fails where the bytes are cut short.
Result<std::string> uncompressed(std::string_view packed);

}  // namespace dateline::chronicle
