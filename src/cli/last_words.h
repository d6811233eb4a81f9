// Which report a process was reading when a fault ended it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/stream.h"

namespace dateline::cli {

/// From now on the end of this process by a fault of its own is told on stderr, with the report
/// that the thread at fault was reading.
void tell_last_words();

/// This thread reads that report now.
void now_reading(const ReportPlace& place);

}  // namespace dateline::cli
