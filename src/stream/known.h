// What is known of reports from beside them, joined to them as they come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dateline/stream.h"

namespace dateline::stream {

/// The same reports, with what the options and their sheet say of them. Fails where the sheet
/// cannot be read.
Result<std::unique_ptr<Source>> with_what_is_known(std::unique_ptr<Source> source,
                                                   const SourceOptions& options);

}  // namespace dateline::stream
