// Which language a report is in: only English is read, and another must be said.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/record.h"

namespace dateline::article {

/// Sets the language where the text tells it, else leaves what its page states; warns where it is
/// not English.
void note_language(Record& record);

}  // namespace dateline::article
