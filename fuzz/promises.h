// What docs/record.md promises of every record, whatever the report was: checked by the fuzz
// targets and by tests over whole collections.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/record.h"

namespace dateline::fuzz {

/// One line a broken promise: text that is not UTF-8, spans outside the text or through a
/// character, days that no calendar has, bounds out of order, ids given twice, references to
/// nothing, JSON that does not read back as it was.
std::vector<std::string> broken_promises(const Record& record);

/// Throws std::logic_error with the first broken promise, if there is one.
void require_promises(const Record& record);

}  // namespace dateline::fuzz
