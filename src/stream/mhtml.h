// The page in an MHTML file, as browsers save one with all that belongs to it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/reader.h"

namespace dateline::stream {

/// Its first HTML part, with the page's address and the time it was saved.
Result<Input> page_of_mhtml(const std::string& bytes);

}  // namespace dateline::stream
