// Some files of a directory as a source.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "dateline/stream.h"

namespace dateline::stream {

/// Whether a file is asked for, by its path below the directory as it was given.
using Among = std::function<bool(const std::string& file)>;

/// As open_source() of the directory, for these files alone; there need be none.
Result<std::unique_ptr<Source>> open_among(const std::string& directory,
                                           const SourceOptions& options, Among among);

}  // namespace dateline::stream
