// What is known of reports from beside them, joined to them as they come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dateline/stream.h"

namespace dateline::stream {

/// Whether the source gives all that a sheet may speak of.
enum class Given { kAll, kSome };

/// The same reports, with what the options and their sheet say of them. Fails where the sheet
/// cannot be read.
Result<std::unique_ptr<Source>> with_what_is_known(std::unique_ptr<Source> source,
                                                   const SourceOptions& options, Given given);

}  // namespace dateline::stream
