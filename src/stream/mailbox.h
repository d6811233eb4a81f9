// The mails of an mbox file, one at a time: each begins with a line "From ", and such lines inside
// a mail have a ">" in front. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/many.h"

namespace dateline::stream {

std::unique_ptr<Many> open_mailbox(Bytes bytes, ReportPlace place, const SourceOptions& options);

}  // namespace dateline::stream
